// The page of the Worker as the Worker serves it: the files of public/ with the headers of public/_headers, and answers to `GET /pages` that
// a test scripts. It is visited with a watch over everything that must not happen on any page.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/lib/chromium.mjs";
import { at } from "../../scripts/lib/root.mjs";

export const KEY = "edge-key-4f1d2c9b8a";
const PUBLIC = at("examples", "cloudflare-worker", "public");
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A problem document, RFC 9457. */
export const problem = (status, title, detail, headers = {}) => ({
  status,
  headers: { "Content-Type": "application/problem+json", ...headers },
  body: JSON.stringify({ type: "about:blank", title, status, detail }),
});

export const json = (body, status = 200) => ({
  status,
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
});

/** An answer that never comes. */
export const SILENCE = Symbol("silence");

/** The headers that Workers' static assets put on every file: the block of `/*` in _headers. */
export function assetHeaders() {
  const [rule, ...lines] = readFileSync(`${PUBLIC}/_headers`, "utf8").trimEnd().split("\n");
  assert.equal(rule, "/*");
  return Object.fromEntries(lines.map((line) => line.trim().split(/:\s+/, 2)));
}

export async function startSite() {
  // What `/pages` answers, and what it was asked.
  const worker = { answer: json({ pages: [] }), asked: [], now: undefined };
  const pages = (request, response) => {
    worker.asked.push(request.headers);
    const given =
      request.headers.authorization === `Bearer ${KEY}`
        ? worker.answer
        : problem(401, "Unknown key", "Sign in with a key of this Worker.");
    if (given === SILENCE) {
      return;
    }
    response.sendDate = false;
    if (worker.now !== undefined) {
      response.setHeader("Date", new Date(worker.now).toUTCString());
    }
    response.writeHead(given.status, given.headers);
    response.end(given.body);
  };
  const assets = new Set(readdirSync(PUBLIC).filter((name) => name !== "_headers"));
  const headers = assetHeaders();
  const server = createServer((request, response) => {
    const name = request.url === "/" ? "index.html" : request.url.slice(1);
    if (name === "pages") {
      pages(request, response);
    } else if (assets.has(name)) {
      response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(name)] });
      response.end(readFileSync(join(PUBLIC, name)));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  const browser = await chromium.launch(launchOptions());

  return {
    url,
    worker,
    reset() {
      Object.assign(worker, { answer: json({ pages: [] }), asked: [], now: undefined });
    },
    /**
     * @param {object} options
     * @param {number} [options.time] the page's clock stands at it, and moves by `page.clock` only
     * @param {RegExp} [options.tolerates] what of the console a test is about
     */
    async visit(
      {
        width = 1440,
        height = 900,
        colorScheme = "light",
        reducedMotion = "reduce",
        timezoneId = "UTC",
        time,
        signedIn = true,
        hash = "",
        tolerates,
      },
      use,
    ) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion,
        timezoneId,
      });
      const wrong = [];
      const logged = [];
      context.on("request", (request) => {
        if (new URL(request.url()).origin !== url) wrong.push(`request to ${request.url()}`);
        if (request.url().includes(KEY)) wrong.push("the key is in an address");
      });
      const page = await context.newPage();
      page.on("console", (message) => {
        logged.push(message.text());
        if (["error", "warning"].includes(message.type()) && !tolerates?.test(message.text()))
          wrong.push(`console ${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => wrong.push(`uncaught ${error.stack}`));
      page.on("dialog", (dialog) => {
        wrong.push(`dialog ${dialog.message()}`);
        return dialog.dismiss();
      });
      await page.exposeFunction("__violated", (what) => wrong.push(`policy: ${what}`));
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          globalThis.__violated(`${event.effectiveDirective} ${event.blockedURI}`);
        });
      });
      try {
        if (time !== undefined) {
          await page.clock.install({ time: time - 60_000 });
          await page.clock.pauseAt(time);
        }
        await page.goto(`${url}/${hash}`);
        if (signedIn) {
          await page.getByLabel("Key", { exact: true }).fill(KEY);
          await page.getByRole("button", { name: "Show the queue" }).click();
        }
        await use(page);
        assert.deepEqual(wrong, [], "nothing forbidden happened on the page");
        const seen = [await page.content(), await page.title(), page.url(), ...logged];
        assert.ok(!seen.some((text) => text.includes(KEY)), "the key is neither shown nor logged");
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
