// The packed package with Vite 8, in Chromium: its build, and its development server, with no configuration.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, createServer } from "vite";
import { html, pageProgram } from "./lib/page.mjs";
import { project } from "./lib/project.mjs";
import { assertPageWorks } from "./lib/visit.mjs";
import { openBrowser, serve } from "./lib/web.mjs";

let folder;
let browser;
before(async () => {
  folder = await project({
    "index.html": html('<script type="module" src="/main.js"></script>'),
    "main.js": pageProgram("messenger-send"),
  });
  browser = await openBrowser();
});
after(() => browser?.close());

test("build", async () => {
  await build({ root: folder, configFile: false, logLevel: "error" });
  const wasm = readdirSync(join(folder, "dist"), { recursive: true }).filter((file) =>
    file.endsWith(".wasm"),
  );
  assert.equal(wasm.length, 1, "the wasm is in the build, once");
  const site = await serve(join(folder, "dist"));
  try {
    await assertPageWorks(browser, site.url);
  } finally {
    await site.close();
  }
});

test("development server", async () => {
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
  });
  try {
    await server.listen();
    await assertPageWorks(browser, server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
});
