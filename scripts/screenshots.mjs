// Takes the screenshots of the demo page in the README: `node scripts/screenshots.mjs [folder]`.
// It needs the built package, and Chromium.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startGraph } from "../tests/local-graph/server.mjs";
import { launchOptions } from "./lib/chromium.mjs";
import { serveDemo } from "./lib/demo.mjs";
import { at } from "./lib/root.mjs";
import { main, say } from "./lib/run.mjs";

const TOKEN = "EAABlocalgraphtoken";
const SIZES = { desktop: { width: 1280, height: 720 }, phone: { width: 390, height: 780 } };
const example = async (page, id) => {
  await page.getByRole("button", { name: "Examples", exact: true }).click();
  await page.locator(`[data-example="${id}"]`).click();
};
// Each shows a different part of the page; two show a mistake.
const SHOTS = [
  {
    name: "desktop-light",
    size: "desktop",
    look: "light",
    async prepare(page) {
      await example(page, "carousel");
      await page.getByLabel("Subtitle", { exact: true }).first().focus();
    },
  },
  {
    name: "desktop-dark",
    size: "desktop",
    look: "dark",
    async prepare(page) {
      await example(page, "receipt");
      await page.getByLabel("Currency", { exact: true }).first().fill("");
      await page.getByRole("button", { name: /^Line / }).click();
      await page.locator(".cm-lintRange-error").waitFor();
    },
  },
  {
    name: "gallery",
    size: "desktop",
    look: "light",
    prepare: (page) => page.getByRole("button", { name: "Examples", exact: true }).click(),
  },
  {
    name: "phone-light",
    size: "phone",
    look: "light",
    prepare: (page) => example(page, "coupon"),
  },
  {
    name: "phone-dark",
    size: "phone",
    look: "dark",
    async prepare(page) {
      const title = page.getByLabel("Title", { exact: true }).first();
      await title.fill("Small, but not too small");
      await title.evaluate((input) => input.closest(".row").scrollIntoView({ block: "start" }));
    },
  },
];

await main(async () => {
  const folder = process.argv[2] ?? at("docs", "images");
  mkdirSync(folder, { recursive: true });
  const graph = await startGraph({ token: TOKEN });
  const site = await serveDemo({ graph: graph.url, token: TOKEN });
  const browser = await chromium.launch(launchOptions());
  try {
    for (const { name, size, look, prepare } of SHOTS) {
      const context = await browser.newContext({
        viewport: SIZES[size],
        colorScheme: look,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await page.goto(`${site.url}/`);
      await page.locator("#check .status.valid").waitFor();
      await prepare(page);
      await page.screenshot({ path: join(folder, `${name}.png`) });
      await context.close();
      say(`${name}.png`);
    }
  } finally {
    await browser.close();
    await Promise.all([site.close(), graph.close()]);
  }
});
