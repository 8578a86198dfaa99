// Checking in a page: the same contenders in Chromium.
import { fileURLToPath } from "node:url";
import { openBrowser, serve } from "../../tests/package/lib/web.mjs";
import { bundlePage } from "../lib/bundle.mjs";
import { objectTable, textAims, textTable } from "./validation-tables.mjs";

const TOO_LONG_MS = 180_000;

export const title = "Validation in Chromium";

export async function measure({ packageFile }) {
  const page = await bundlePage(fileURLToPath(new URL("../pages/", import.meta.url)), { "messenger-send": packageFile("browser.js") });
  const site = await serve(page);
  const browser = await openBrowser();
  try {
    const { rows, failed } = await browser.result(site.url, TOO_LONG_MS);
    if (failed !== undefined) {
      throw new Error(`the page failed: ${failed}`);
    }
    return { text: [textTable(rows), objectTable(rows)].join("\n\n"), aims: textAims(rows, "Chromium") };
  } finally {
    await browser.close();
    await site.close();
  }
}
