// Chromium, a server for a folder of files, and pages that report a result with `tellTest(result)`.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { launchOptions } from "../../../scripts/lib/chromium.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/**
 * Serves a folder. `answer(path)` may change what is served: `{ status }`, `{ type }`, `{ silent: true }` for no answer at all,
 * `{ after: promise }` for one that waits.
 * @returns {Promise<{ url: string, paths: string[], close: () => Promise<void> }>}
 */
export async function serve(folder, answer = () => ({})) {
  const paths = [];
  const server = createServer(async (request, response) => {
    const path = normalize(
      decodeURIComponent(new URL(request.url, "http://page.invalid").pathname),
    );
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    paths.push(path);
    const found = statSync(file, { throwIfNoEntry: false });
    const {
      status = found?.isFile() ? 200 : 404,
      type = TYPES[extname(file)] ?? "application/octet-stream",
      silent = false,
      after,
    } = answer(path);
    if (silent) {
      return;
    }
    await after;
    response.writeHead(status, { "Content-Type": type, "Cache-Control": "no-store" });
    if (status === 200) {
      createReadStream(file).pipe(response);
    } else {
      response.end("<h1>No such file</h1>");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, paths, close };
}

/** One Chromium for the tests of a file. */
export async function openBrowser() {
  const browser = await chromium.launch(launchOptions());
  return {
    /** Opens the address and waits until the page tells its result; what went wrong on the page is part of a failure's message. */
    async result(url, timeoutMs = 30_000) {
      const context = await browser.newContext();
      const troubles = [];
      try {
        const page = await context.newPage();
        page.on("pageerror", (error) => troubles.push(String(error.stack ?? error)));
        page.on(
          "console",
          (message) => message.type() === "error" && troubles.push(message.text()),
        );
        page.on("requestfailed", (request) =>
          troubles.push(`${request.url()}: ${request.failure()?.errorText}`),
        );
        const told = new Promise((resolve) =>
          page
            .exposeFunction("tellTest", resolve)
            .then(() => page.goto(url))
            .catch((error) => troubles.push(String(error))),
        );
        const result = await Promise.race([told, late(timeoutMs)]);
        if (result === undefined) {
          throw new Error(`the page told no result in ${timeoutMs} ms:\n${troubles.join("\n")}`);
        }
        return result;
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}

function late(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
