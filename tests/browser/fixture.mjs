// What the page's tests share: the page on a free port, the local Graph, one Chromium, and a watch over everything that
// must not happen on any page (console errors, blocked content, requests to strangers).
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/lib/chromium.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { startGraph } from "../local-graph/server.mjs";

export const TOKEN = "EAABtesttoken";
const folder = (path) => fileURLToPath(new URL(path, import.meta.url));

// As strict as a production server would be; every origin but the page's own and the Graph's is out.
const policy = (graph) =>
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self' ${graph}; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

export async function startSite() {
  const graph = await startGraph({ token: TOKEN });
  const options = {
    roots: { "/": folder("../../www/"), "/pkg/": folder("../../pkg/") },
    headers: { "Content-Security-Policy": policy(graph.url) },
    port: 0,
  };
  const site = await serve({ ...options, config: { graph: graph.url, token: TOKEN } });
  const siteAlone = await serve(options);
  const browser = await chromium.launch(launchOptions());

  return {
    graph,
    // Opens the page, hands it to `use`, and then looks whether anything happened that never may.
    // `tolerate` is a part of the address of the one resource that may fail to load, since the test is about that.
    async visit({ width = 1280, height = 860, colorScheme = "light", withGraph = true, tolerate, prepare } = {}, use) {
      const address = withGraph ? site.url : siteAlone.url;
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      const wrong = [];
      const logged = [];
      const own = [new URL(address).origin, new URL(graph.url).origin];
      context.on("request", (request) => {
        if (!own.includes(new URL(request.url()).origin)) wrong.push(`request to ${request.url()}`);
      });
      const page = await context.newPage();
      page.on("console", (message) => {
        logged.push(message.text());
        const tolerated = tolerate !== undefined && message.location().url.includes(tolerate);
        if (!tolerated && ["error", "warning"].includes(message.type())) wrong.push(`console ${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => wrong.push(`uncaught ${error}`));
      page.on("dialog", (dialog) => {
        wrong.push(`dialog ${dialog.message()}`);
        return dialog.dismiss();
      });
      // Heard from the first byte on: some violations are no console errors.
      await page.exposeFunction("__violated", (what) => wrong.push(`policy: ${what}`));
      await page.addInitScript(() => {
        document.addEventListener("securitypolicyviolation", (event) => {
          globalThis.__violated(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
        });
      });
      try {
        await prepare?.(page);
        await page.goto(new URL("/", address).href);
        await use(controls(page), page);
        assert.deepEqual(wrong, [], "nothing forbidden happened on the page");
        const seen = [await page.content(), ...(await page.locator("input, textarea").evaluateAll((all) => all.map((one) => one.value))), ...logged];
        assert.ok(!seen.some((text) => text.includes(TOKEN)), "the token is neither shown nor logged");
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

// The page's parts, found as people and screen readers find them: by label and role.
function controls(page) {
  const group = (n) => page.getByRole("group", { name: `Quick reply ${n}`, exact: true });
  return {
    status: page.locator("#check .status"),
    text: page.getByLabel("Text", { exact: true }),
    recipient: page.getByRole("textbox", { name: "Recipient" }),
    addressedBy: page.getByLabel("Addressed by"),
    messagingType: page.getByLabel("Messaging type"),
    tag: page.getByLabel("Tag", { exact: true }),
    replies: page.getByRole("group", { name: "Quick replies", exact: true }),
    add: page.getByRole("button", { name: "Add a quick reply" }),
    send: page.getByRole("button", { name: /^Send/ }),
    outcome: page.locator("#send .outcome"),
    preview: page.getByRole("region", { name: "Preview of the message" }),
    announced: page.locator("#announce"),
    platform: (name) => page.getByRole("radio", { name }),
    title: (n) => group(n).getByLabel("Title"),
    payload: (n) => group(n).getByLabel("Payload"),
    kind: (n) => group(n).getByLabel("Kind"),
    button: (name, n) => page.getByRole("button", { name: `${name} quick reply ${n}`, exact: true }),
    summary: (severity) => page.locator(`#check .summary-group.${severity}`),
    // The request as it is shown.
    request: async () => JSON.parse(await page.locator("#request").textContent()),
    // The issues that stand at a control, found by what the control says describes it.
    issuesAt: (control) =>
      control.evaluate((element) =>
        (element.getAttribute("aria-describedby") ?? "")
          .split(" ")
          .filter(Boolean)
          .map((id) => document.getElementById(id))
          .filter((one) => one?.matches("ul") && one.checkVisibility())
          .flatMap((list) => [...list.querySelectorAll(".issue-code")].map((code) => code.textContent)),
      ),
  };
}
