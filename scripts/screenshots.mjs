// Takes the pictures of the demo page that the README shows, from the page itself: `node scripts/screenshots.mjs [folder]`.
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
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 780 } };
// Each shows another part of the page, and one of them something wrong.
const SHOTS = [
  { name: "desktop-light", size: "desktop", look: "light", prepare: (page) => page.locator('[data-example="carousel"]').click() },
  {
    name: "desktop-dark",
    size: "desktop",
    look: "dark",
    async prepare(page) {
      await page.locator('[data-example="receipt"]').click();
      await page.getByLabel("Currency", { exact: true }).first().fill("");
      await page.getByRole("tab", { name: "JSON" }).click();
    },
  },
  {
    name: "phone-light",
    size: "phone",
    look: "light",
    async prepare(page) {
      await page.getByLabel("Title", { exact: true }).first().fill("Small, but not too small");
      await page.getByLabel("Text", { exact: true }).evaluate((text) => text.scrollIntoView({ block: "start" }));
    },
  },
  {
    name: "phone-dark",
    size: "phone",
    look: "dark",
    async prepare(page) {
      await page.locator('[data-example="image-grid"]').click();
      await page.locator(".phone").evaluate((phone) => phone.scrollIntoView({ block: "center" }));
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
      const context = await browser.newContext({ viewport: SIZES[size], colorScheme: look, reducedMotion: "reduce" });
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
