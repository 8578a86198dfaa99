// Ready to be hosted: static files under any path, links, and a page that says what is wrong where it cannot work.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { freshPage } from "../../scripts/lib/page.mjs";
import { crateVersion } from "../../scripts/lib/root.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
let host;
const open = [];
before(async () => {
  site = await startSite();
  // A host that knows nothing of the page: no headers, no config, some path below its root.
  host = await serve({ roots: { "/some/where/": await freshPage() } });
  open.push(host);
});
after(() => Promise.all([site?.close(), ...open.map((one) => one.close())]));

async function hosted(headers) {
  const one = await serve({ roots: { "/": await freshPage() }, headers });
  open.push(one);
  return one.url;
}

describe("the built page", () => {
  it("works under any path, with the policy that it brings itself", () =>
    site.visit(
      { address: host.url, path: "/some/where/", tolerate: "/config.json" },
      async (page, browserPage) => {
        await page.ready();
        await page.tab("JSON").click();
        await page.editor.click();
        await page.tab("Form").click();
        await page.text.fill("x".repeat(2001));
        await expectEventually(() => page.status.textContent(), "1 error");
        assert.match(await browserPage.locator("#target").textContent(), /without a Graph/);
      },
    ));

  it("names nothing from outside its folder, and no folder of the machine that built it", async () => {
    const folder = await freshPage();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    for (const entry of files) {
      const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8");
      assert.ok(!text.includes(process.cwd()), entry.name);
      if (entry.name.endsWith(".html")) {
        for (const [, address] of text.matchAll(/(?:src|href)="([^"#][^"]*)"/g))
          assert.match(address, /^\.\//, address);
      }
    }
  });

  it("leads to the documentation and the reference, says its version, and lists the rules", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const links = browserPage.getByRole("navigation", { name: "About" });
      assert.equal(
        await links.getByRole("link", { name: "Documentation" }).getAttribute("href"),
        "https://www.npmjs.com/package/messenger-send",
      );
      assert.match(
        await links.textContent(),
        new RegExp(`v${crateVersion().replaceAll(".", "\\.")}`),
      );
      await links.getByRole("button", { name: "Rules" }).click();
      const dialog = browserPage.getByRole("dialog", { name: "Rules" });
      await dialog.getByRole("searchbox").fill("text.too_long");
      await expectEventually(() => dialog.locator(".rule").allTextContents(), /text\.too_long/);
      assert.match(
        await dialog.getByRole("link").first().getAttribute("href"),
        /^https:\/\/developers\.facebook\.com/,
      );
    }));
});

describe("a page that cannot work says why", () => {
  it("where its script does not load", () => {
    const prepare = (page) => page.route("**/assets/index-*.js", (route) => route.abort());
    return site.visit({ prepare, tolerate: "/assets/index-" }, async (_page, browserPage) => {
      await expectEventually(
        () => browserPage.locator("#boot").textContent(),
        /did not load: .*index-/,
      );
    });
  });

  it("where its script breaks", () => {
    const prepare = (page) =>
      page.route("**/assets/index-*.js", (route) =>
        route.fulfill({
          contentType: "text/javascript",
          body: "throw new TypeError('no such thing')",
        }),
      );
    return site.visit({ prepare, tolerates: /no such thing/ }, async (_page, browserPage) => {
      await expectEventually(
        () => browserPage.locator("#boot").textContent(),
        /could not start: .*no such thing/,
      );
    });
  });

  it("where the host's policy forbids WebAssembly", async () => {
    const address = await hosted({
      "Content-Security-Policy":
        "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'",
    });
    await site.visit({ address, tolerates: /WebAssembly|wasm|config\.json|404/ }, async (page) => {
      await expectEventually(
        () => page.status.textContent(),
        /forbids WebAssembly.*wasm-unsafe-eval/,
      );
      await page.text.fill("Typed all the same");
      assert.equal((await page.request()).message.text, "Typed all the same");
    });
  });

  it("where the module is missing", () => {
    const prepare = (page) =>
      page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" }));
    return site.visit({ prepare, tolerates: /404|wasm/i }, async (page) => {
      await expectEventually(
        () => page.status.textContent(),
        /did not load, so nothing is checked/,
      );
      assert.ok(await page.button("Try again").isVisible());
    });
  });
});
