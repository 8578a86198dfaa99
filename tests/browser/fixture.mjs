// What the page's tests share: the page on a free port, the local Graph, one Chromium, and a watch over everything that
// must not happen on any page (console errors, blocked content, requests to strangers).
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/lib/chromium.mjs";
import { policy, serveDemo } from "../../scripts/lib/demo.mjs";
import { freshPage } from "../../scripts/lib/page.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { controls } from "./controls.mjs";

export const TOKEN = "EAABtesttoken";

export async function startSite() {
  const graph = await startGraph({ token: TOKEN });
  const site = await serveDemo({ graph: graph.url, token: TOKEN });
  const siteAlone = await serve({
    roots: { "/": await freshPage() },
    headers: { "Content-Security-Policy": policy(graph.url) },
  });
  const browser = await chromium.launch(launchOptions());

  return {
    graph,
    url: site.url,
    // Opens the page, hands it to `use`, and then looks whether anything happened that never may.
    // `tolerate` is a part of the address of the one resource that may fail to load, since the test is about that,
    // `tolerates` of messages and violations likewise; `own` are other hosts
    // that the page may ask, for the same reason.
    async visit(
      {
        width = 1280,
        height = 860,
        colorScheme = "light",
        withGraph = true,
        address = withGraph ? site.url : siteAlone.url,
        fragment = "",
        tolerate,
        tolerates,
        path = "/",
        own: others = [],
        permissions = ["clipboard-read", "clipboard-write"],
        prepare,
      } = {},
      use,
    ) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        reducedMotion: "reduce",
        permissions,
      });
      const wrong = [];
      const logged = [];
      const own = [new URL(address).origin, new URL(graph.url).origin, ...others];
      context.on("request", (request) => {
        const { origin, protocol } = new URL(request.url());
        if (!own.includes(origin) && protocol !== "blob:")
          wrong.push(`request to ${request.url()}`);
      });
      const page = await context.newPage();
      page.on("console", (message) => {
        logged.push(message.text());
        const tolerated =
          (tolerate !== undefined && message.location().url.includes(tolerate)) ||
          tolerates?.test(`${message.text()} ${message.location().url}`);
        if (!tolerated && ["error", "warning"].includes(message.type()))
          wrong.push(`console ${message.type()}: ${message.text()}`);
      });
      page.on(
        "pageerror",
        (error) => tolerates?.test(error.message) || wrong.push(`uncaught ${error.stack}`),
      );
      page.on("dialog", (dialog) => {
        wrong.push(`dialog ${dialog.message()}`);
        return dialog.dismiss();
      });
      // Heard from the first byte on: some violations are no console errors.
      await page.exposeFunction(
        "__violated",
        (what) => tolerates?.test(what) || wrong.push(`policy: ${what}`),
      );
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          globalThis.__violated(
            `${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
          );
        });
      });
      try {
        await prepare?.(page);
        await page.goto(new URL(`${path}${fragment}`, address).href);
        await use(controls(page), page);
        assert.deepEqual(wrong, [], "nothing forbidden happened on the page");
        const seen = [
          await page.content(),
          ...(await page
            .locator("input, textarea")
            .evaluateAll((all) => all.map((one) => one.value))),
          ...logged,
        ];
        assert.ok(
          !seen.some((text) => text.includes(TOKEN)),
          "the token is neither shown nor logged",
        );
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await Promise.all([site.close(), siteAlone.close(), graph.close()]);
    },
  };
}
