// The samples that run in a page, in Chromium: bundled by Vite beside the packed package, as a user does it.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/lib/chromium.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { viteBuild } from "../../scripts/lib/vite.mjs";
import { sampleProject } from "./lib/samples.mjs";

const REACT = `
import { createRoot } from "react-dom/client";
import { createElement } from "react";
import { Composer } from "./react-hook-form.tsx";
const onSend = (draft) => { document.title = JSON.stringify(draft); };
createRoot(document.getElementById("root")).render(createElement(Composer, { onSend }));
`;

let browser;
let server;
before(async () => {
  const folder = await sampleProject();
  writeFileSync(join(folder, "react.js"), REACT);
  writeFileSync(
    join(folder, "react-hook-form.html"),
    '<div id="root"></div><script type="module" src="./react.js"></script>',
  );
  await viteBuild({
    configFile: false,
    root: folder,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic" } },
    build: {
      rolldownOptions: {
        input: ["plain-form.html", "react-hook-form.html"].map((name) => join(folder, name)),
      },
    },
  });
  server = await serve({ roots: { "/": join(folder, "dist") } });
  browser = await chromium.launch(launchOptions());
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function open(path) {
  const page = await browser.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${server.url}/${path}`);
  return { page, errors };
}

test("the plain form says what is wrong, at its field, and lets a right draft go", async () => {
  const { page, errors } = await open("plain-form.html");
  const text = page.getByLabel("Text");
  const isValid = () => text.evaluate((field) => field.validity.valid);
  await page.getByLabel("Page-scoped id").fill("7001002003004005");
  await text.fill("x".repeat(2001));
  await page.getByText("2000").waitFor();
  assert.equal(await isValid(), false);
  await text.fill("hello, world");
  await page.locator("output:empty").waitFor({ state: "attached" });
  assert.equal(await isValid(), true);
  assert.deepEqual(errors, []);
});

test("React Hook Form shows the issue at its field, and gives the draft that is right", async () => {
  const { page, errors } = await open("react-hook-form.html");
  await page.getByLabel("Page-scoped id").fill("7001002003004005");
  await page.getByLabel("Text").fill("x".repeat(2001));
  await page.getByRole("alert").getByText("2000").waitFor();
  await page.getByLabel("Text").fill("hello, world");
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.getByRole("button").click();
  await page.waitForFunction(() => document.title !== "");
  assert.deepEqual(JSON.parse(await page.title()), {
    to: "7001002003004005",
    text: "hello, world",
  });
  assert.deepEqual(errors, []);
});
