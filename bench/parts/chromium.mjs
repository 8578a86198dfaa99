// Checking in a page: the same contenders in Chromium.
import { fileURLToPath } from "node:url";
import { openBrowser, serve } from "../../tests/package/lib/web.mjs";
import { bundlePage } from "../lib/bundle.mjs";
import { digits } from "../lib/markdown.mjs";
import { objectTable, textAims, textTable } from "./validation-tables.mjs";

const TOO_LONG_MS = 180_000;

export const title = "Validation in Chromium";

export async function measure({ packageFile }) {
  const page = await bundlePage(fileURLToPath(new URL("../pages/", import.meta.url)), {
    "messenger-send": packageFile("browser.js"),
  });
  const site = await serve(page);
  const browser = await openBrowser();
  try {
    const { initMs, rows, failed } = await browser.result(site.url, TOO_LONG_MS);
    if (failed !== undefined) {
      throw new Error(`the page failed: ${failed}`);
    }
    const started = `\`init()\`, which fetches the module from a server on the same machine and compiles it while it arrives, took ${digits(initMs)} ms.`;
    return {
      text: [textTable(rows), objectTable(rows), started].join("\n\n"),
      aims: textAims(rows, "Chromium"),
    };
  } finally {
    await browser.close();
    await site.close();
  }
}
