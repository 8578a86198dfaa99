// `messenger-send/validate` in Chromium: without a bundler, with Vite and with webpack; and what a page that preloads asks for, and when.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build, createServer } from "vite";
import webpack from "webpack";
import { assertChecked } from "./lib/outcome.mjs";
import { checkingProgram, html } from "./lib/page.mjs";
import { project, write } from "./lib/project.mjs";
import { openBrowser, serve } from "./lib/web.mjs";

const LIMIT = { timeout: 120_000 };
const HOME = "/node_modules/messenger-send/validate";
const WASM = `${HOME}/validate_bg.wasm`;
const MODULE_PRELOAD = `<link rel="modulepreload" href="${HOME}/browser.js">`;
const PRELOAD = `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="${WASM}">`;
const importMap = `<script type="importmap">${JSON.stringify({ imports: { "messenger-send/validate": `${HOME}/browser.js` } })}</script>`;
const inline = (program) => `<script type="module">${program}</script>`;
const hand = `api.init(${JSON.stringify(WASM)})`;
const isWasm = (path) => path.endsWith(".wasm");

/** Vite and webpack make files of these; the pages without a bundler use the installed package. */
const MAIN = checkingProgram("messenger-send/validate");

let folder;
let browser;
before(async () => {
  folder = await project({
    "path.html": html(inline(checkingProgram(`${HOME}/browser.js`))),
    "map.html": html(importMap + inline(MAIN)),
    "slim.html": html(
      inline(checkingProgram(`${HOME}/slim.js`, { init: hand, before: `await ${hand};` })),
    ),
    "preload.html": html(
      importMap + MODULE_PRELOAD + PRELOAD + inline(checkingProgram("messenger-send/validate")),
    ),
    "index.html": html(`${PRELOAD}<script type="module" src="/main.js"></script>`),
    "main.js": MAIN,
    "src/index.js": checkingProgram("messenger-send/validate", { exercise: "../exercise.js" }),
  });
  browser = await openBrowser();
});
after(() => browser?.close());

async function assertPageChecks(url) {
  const result = await browser.result(url);
  assert.equal(result.failed, undefined);
  assert.match(result.tooEarly, /^messenger-send\/validate has not started/);
  assert.ok(!result.names.includes("send"));
  assertChecked(result.checked);
}

async function assertFilesCheck(root, page = "") {
  const site = await serve(root);
  try {
    await assertPageChecks(`${site.url}${page}`);
    return site.paths;
  } finally {
    await site.close();
  }
}

for (const page of ["path.html", "map.html", "slim.html"]) {
  test(page, LIMIT, async () => {
    const paths = await assertFilesCheck(folder, page);
    assert.deepEqual(paths.filter(isWasm), [WASM], "the wasm is fetched once");
  });
}

test(
  "a page that preloads gets the wasm once, in the same round as the JavaScript",
  LIMIT,
  async () => {
    // Neither file is answered before both were asked for: the page would wait for ever if one needed the other.
    const wanted = [`${HOME}/browser.js`, WASM];
    const asked = new Set();
    let bothAsked;
    const both = new Promise((resolve) => {
      bothAsked = resolve;
    });
    const site = await serve(folder, (path) => {
      if (wanted.includes(path)) {
        asked.add(path);
        if (asked.size === wanted.length) {
          bothAsked();
        }
        return { after: both };
      }
      return {};
    });
    try {
      await assertPageChecks(`${site.url}preload.html`);
      assert.deepEqual(site.paths.filter((path) => wanted.includes(path)).sort(), wanted);
    } finally {
      await site.close();
    }
  },
);

test("Vite, its build: the page preloads the file that the bundle fetches", LIMIT, async () => {
  await build({ root: folder, configFile: false, logLevel: "error" });
  const dist = join(folder, "dist");
  const made = readdirSync(dist, { recursive: true }).filter(isWasm);
  assert.equal(made.length, 1, "the wasm is in the build, once");
  assert.ok(readFileSync(join(dist, "index.html"), "utf8").includes(`href="/${made[0]}"`));
  const paths = await assertFilesCheck(dist);
  assert.deepEqual(paths.filter(isWasm), [`/${made[0]}`], "the wasm is fetched once");
});

test("Vite, its development server", LIMIT, async () => {
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: "error",
    server: { port: 0, host: "127.0.0.1" },
  });
  try {
    await server.listen();
    await assertPageChecks(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
});

for (const mode of ["production", "development"]) {
  test(`webpack, ${mode}`, LIMIT, async () => {
    const out = join(folder, mode);
    const stats = await new Promise((resolve, reject) => {
      webpack({ context: folder, mode, output: { path: out } }, (error, done) =>
        error ? reject(error) : resolve(done),
      );
    });
    assert.deepEqual(stats.toJson({ errors: true }).errors, []);
    assert.equal(readdirSync(out).filter(isWasm).length, 1, "the wasm is in the build, once");
    write(out, { "index.html": html('<script src="main.js"></script>') });
    await assertFilesCheck(out);
  });
}
