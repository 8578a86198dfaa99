// The built site, under a path of its own: every link leads somewhere, every rule and code has its anchor, and it works in Chromium.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/lib/chromium.mjs";
import { buildSite, checkSite } from "../../scripts/lib/docs.mjs";
import { checkLinks } from "../../scripts/lib/links.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { serve } from "../../scripts/lib/serve.mjs";

const BASE = "/some/place/";
const PHONE = { width: 390, height: 800 };
const PAGES = [
  "",
  "guides/first-message.html",
  "guides/checking-a-form.html",
  "guides/frameworks.html",
  "guides/migration.html",
  "rules/",
  "errors/",
  "api/",
  "api/messenger-send/functions/send.html",
];

let folder;
let server;
let browser;
before(async () => {
  process.env.DOCS_BASE = "some/place";
  folder = mkdtempSync(join(tmpdir(), "messenger-send-docs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await buildSite({ outDir: folder, quiet: true });
  server = await serve({ roots: { [BASE]: folder } });
  browser = await chromium.launch(launchOptions());
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const html = (path) => readFileSync(join(folder, path), "utf8");

async function open(path, { viewport } = {}) {
  const page = await browser.newPage({ viewport });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("response", (response) => {
    if (response.status() >= 400) {
      errors.push(`${response.status()} ${response.url()}`);
    }
  });
  await page.goto(server.url + BASE + path);
  return { page, errors };
}

test("every link leads somewhere, with its anchor", () => {
  assert.match(checkSite(folder), /^\d{3,} pages, \d{5,} internal links/);
});

test("a link that leads nowhere would be found", () => {
  const planted = mkdtempSync(join(tmpdir(), "links-"));
  const files = {
    "index.html": `<h1 id="top">x</h1><a href="#top">a</a><a href='sub/'>b</a><a href=sub/index.html#there>c</a>
      <a href="/base/sub/#a%20b">d</a><a href="https://example.com/x?y#z">e</a><script>const html = '<a href="no">';</script>
      <a href="gone.html">f</a><a href="#bottom">g</a><a href="/elsewhere/">h</a><a href="http://example.com/">i</a>
      <a href="sub/#there-not">j</a><img src="gone.png"><a href="https://localhost/">k</a>`,
    "sub/index.html": '<p id="there">x</p><p id="a b">y</p>',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(planted, path)), { recursive: true });
    writeFileSync(join(planted, path), text);
  }
  const { broken } = checkLinks(planted, { base: "/base/" });
  rmSync(planted, { recursive: true });
  assert.deepEqual(
    broken.map((line) => line.split(" ")[1]),
    [
      "gone.html",
      "#bottom",
      "/elsewhere/",
      "http://example.com/",
      "sub/#there-not",
      "gone.png",
      "https://localhost/",
    ],
  );
});

test("every rule has its anchor, what it says, its source, and most have a message that breaks them", async () => {
  const { rules } = await import(pathToFileURL(at("pkg", "node.js")));
  const page = html("rules/index.html");
  const sections = new Map(
    page
      .split(/<h3 id="/)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('"')), section]),
  );
  assert.deepEqual(
    [...sections.keys()].sort(),
    rules()
      .map(({ code }) => code)
      .sort(),
  );
  for (const { code, severity, docs } of rules()) {
    const section = sections.get(code);
    assert.match(section, new RegExp(`<span class="${severity}">`), code);
    assert.ok(section.includes(`href="${docs}"`), code);
  }
  const examples = page.match(/<details class="example">/g).length;
  assert.ok(examples > rules().length * 0.95, `${examples}`);
});

test("every error code has its anchor", () => {
  const rows = readFileSync(at("docs", "errors.md"), "utf8").matchAll(
    /^\| (-?\d[\d to]*) \| (\d*) \|/gm,
  );
  const anchors = [...rows].map(([, code, subcode]) =>
    [code.replaceAll(" ", "-"), subcode].filter(Boolean).join("-"),
  );
  const page = html("errors/index.html");
  assert.ok(anchors.length > 80);
  assert.deepEqual(
    anchors.filter((anchor) => !page.includes(`id="${anchor}"`)),
    [],
  );
});

test("every entry of the package is listed, and what it exports has a page", async () => {
  const { exports } = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
  const list = html("api/index.html");
  for (const path of Object.keys(exports).filter((one) => one !== "./package.json")) {
    assert.ok(list.includes(`<code>messenger-send${path.slice(1)}</code>`), path);
  }
  const pages = readdirSync(join(folder, "api"), { recursive: true }).map((path) =>
    basename(path, ".html"),
  );
  for (const entry of ["node.js", "testing/index.js", "webhook/index.js"]) {
    const names = Object.keys(await import(pathToFileURL(at("pkg", entry))));
    assert.deepEqual(
      names.filter((name) => !pages.includes(name)),
      [],
      entry,
    );
  }
});

for (const path of PAGES) {
  test(`/${path} works, and fits on a phone`, async () => {
    const { page, errors } = await open(path, { viewport: PHONE });
    await page.locator(".VPContent h1").first().waitFor();
    const [content, screen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      innerWidth,
    ]);
    assert.ok(content <= screen, `${content} pixels`);
    assert.deepEqual(errors, []);
    await page.close();
  });
}

test("a link to a rule shows it, the filter finds rules, and a link shows what the filter hides", async () => {
  const { page, errors } = await open("rules/#text.too_long");
  const rule = page.locator('[id="text.too_long"]');
  await page.waitForFunction(() => scrollY > 0);
  assert.ok(await rule.evaluate((one) => one.getBoundingClientRect().top < innerHeight));
  await page.getByText(/^\d+ rules$/).waitFor();
  await page.getByLabel("Words").fill("quick_reply title");
  await page.getByLabel("Severity").selectOption("warning");
  await rule.waitFor({ state: "hidden" });
  await page.locator('[id="quick_reply.title.maybe_too_long"]').waitFor();
  await page.evaluate(() => {
    location.hash = "";
    location.hash = "#text.too_long";
  });
  await rule.waitFor();
  assert.deepEqual(errors, []);
  await page.close();
});

test("the search finds a rule by its code, and an error by its number", async () => {
  const { page } = await open("");
  for (const [words, found] of [
    ["text.too_long", /rules\/(index\.html)?#text\.too_long$/],
    ["2018278", /errors\/(index\.html)?#10-2018278$/],
  ]) {
    await page.locator("body").press("Control+k");
    await page.locator(".VPLocalSearchBox input").fill(words);
    const first = page.locator(".VPLocalSearchBox .result").first();
    await page.waitForFunction(
      (word) => document.querySelector(".VPLocalSearchBox .result")?.textContent.includes(word),
      words,
    );
    assert.match(await first.getAttribute("href"), found);
    await page.keyboard.press("Escape");
  }
  await page.close();
});

test("an example opens in the playground, which says the same of it", async () => {
  const { page } = await open("rules/");
  const example = page.locator('[id="quick_reply.title.too_long"] ~ details').first();
  await example.locator("summary").click();
  const [, message] = /: (.*)$/.exec(await example.locator("p").first().textContent());
  await example.getByRole("link").click();
  await page.waitForURL(/\/play\/#/);
  await page.getByText(message).first().waitFor();
  await page.close();
});
