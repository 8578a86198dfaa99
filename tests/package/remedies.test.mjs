// If the module cannot be loaded, the error says what was requested, what came back, and what to
// do.
import assert from "node:assert/strict";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { html } from "./lib/page.mjs";
import { installed, project, runIn, write } from "./lib/project.mjs";
import { openBrowser, serve } from "./lib/web.mjs";

const PAGE = html('<script type="module" src="/page.js"></script>');
const PROGRAM =
  'import { init } from "/node_modules/messenger-send/browser.js"; init().then(() => tellTest("started"), (error) => tellTest(error.message));';
const LIMIT = { timeout: 60_000 };

let folder;
let browser;
before(async () => {
  folder = await project({ "index.html": PAGE, "page.js": PROGRAM });
  browser = await openBrowser();
});
after(() => browser?.close());

/** The error on a page whose server answers the request for the module like this. */
async function toldOf(answer, page = "index.html") {
  const site = await serve(folder, (path) => (path.endsWith(".wasm") ? answer : {}));
  try {
    return await browser.result(`${site.url}${page}`);
  } finally {
    await site.close();
  }
}

test("the module is missing", LIMIT, async () => {
  const text = await toldOf({ status: 404 });
  assert.match(
    text,
    /^messenger-send could not load its module: http:\S+\/bindings_bg\.wasm answered 404\. Copy bindings_bg\.wasm there, or import/,
  );
  assert.match(text, /"messenger-send\/inline"/);
});

test("the module of messenger-send/validate is not there", LIMIT, async () => {
  write(folder, {
    "validate.html": html('<script type="module" src="/validate.js"></script>'),
    "validate.js": PROGRAM.replace("browser.js", "validate/browser.js"),
  });
  assert.match(
    await toldOf({ status: 404 }, "validate.html"),
    /^messenger-send could not load its module: http:\S+\/validate\/validate_bg\.wasm answered 404\. Copy validate_bg\.wasm there, or import "messenger-send\/validate\/inline"/,
  );
});

test(
  "a page comes in its place, as from a server of a single-page application",
  LIMIT,
  async () => {
    cpSync(join(folder, "index.html"), join(folder, "spa", "index.html"));
    mkdirSync(join(folder, "spa", "bindings"), { recursive: true });
    cpSync(
      join(folder, "node_modules", "messenger-send", "browser.js"),
      join(folder, "spa", "browser.js"),
    );
    write(folder, {
      "spa/bindings_bg.wasm": PAGE,
      "spa/page.js": PROGRAM.replace("/node_modules/messenger-send", "."),
    });
    write(folder, { "spa/index.html": html('<script type="module" src="page.js"></script>') });
    const text = await toldOf({ type: "text/html; charset=utf-8" }, "spa/index.html");
    assert.match(
      text,
      /bindings_bg\.wasm answered with text\/html; charset=utf-8\. Copy bindings_bg\.wasm there/,
    );
  },
);

test("the MIME type of unknown files is harmless", LIMIT, async () => {
  assert.equal(await toldOf({ type: "application/octet-stream" }), "started");
});

test("a Content-Security-Policy forbids WebAssembly, or the fetch", LIMIT, async () => {
  const policy = (rules) =>
    html(
      `<meta http-equiv="Content-Security-Policy" content="${rules}"><script type="module" src="/page.js"></script>`,
    );
  write(folder, {
    "no-wasm.html": policy("default-src 'self'"),
    "no-fetch.html": policy("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'"),
  });
  assert.match(
    await toldOf({}, "no-wasm.html"),
    /^messenger-send could not load its module: .*'wasm-unsafe-eval' to script-src/s,
  );
  assert.match(
    await toldOf({}, "no-fetch.html"),
    /^messenger-send could not load its module: fetching http:\S+ failed \(.*connect-src/,
  );
});

async function failsWith(files, pattern, command = "main.mjs") {
  write(folder, files);
  const { code, output } = await runIn(folder, process.execPath, [command]);
  assert.notEqual(code, 0);
  assert.match(output, pattern);
}

test("Node, where a bundler has left the module behind", LIMIT, async () => {
  mkdirSync(join(folder, "moved"), { recursive: true });
  cpSync(
    join(folder, "node_modules", "messenger-send", "node.cjs"),
    join(folder, "moved", "node.cjs"),
  );
  const pattern =
    /Error: messenger-send could not load its module: ENOENT.*bindings_bg\.wasm.*external.*"messenger-send\/inline"/;
  await failsWith({ "main.cjs": 'require("./moved/node.cjs");' }, pattern, "main.cjs");
});

test("a bundler has changed import.meta.url", LIMIT, async () => {
  const entry = pathToFileURL(join(folder, "node_modules", "messenger-send", "browser.js")).href;
  const changed = `
    import { readFileSync } from "node:fs";
    const code = readFileSync(new URL("${entry}"), "utf8").replace("import.meta.url", "undefined");
    await (await import("data:text/javascript," + encodeURIComponent(code))).init();
  `;
  await failsWith(
    { "main.mjs": changed },
    /Error: messenger-send could not load its module: Invalid URL\..*serverExternalPackages/,
  );
});

test("an environment without WebAssembly", LIMIT, async () => {
  await failsWith(
    { "main.mjs": 'delete globalThis.WebAssembly; await import("messenger-send");' },
    /messenger-send needs WebAssembly, which this environment does not have/,
  );
});

test("Vite's development server", LIMIT, async () => {
  const { init } = await installed("slim").then(([, slim]) => slim);
  const original = globalThis.fetch;
  globalThis.fetch = async () =>
    new Response("<!doctype html>", { headers: { "Content-Type": "text/html" } });
  try {
    await assert.rejects(
      init("http://localhost:5173/node_modules/.vite/deps/bindings_bg.wasm"),
      /optimizeDeps: \{ exclude: \["messenger-send"\] \}/,
    );
  } finally {
    globalThis.fetch = original;
  }
});

test("what was given to slim is an answer without the module", LIMIT, async () => {
  const [, { init }, { init: initValidate }] = await installed("slim", "validate/slim");
  await assert.rejects(init(new Response("no", { status: 404 })), /answered 404/);
  await assert.rejects(init(new Response("<!doctype html>")), /answered with text\/plain/);
  await assert.rejects(init(), /^TypeError: messenger-send\/slim .* of messenger-send\/wasm$/);
  await assert.rejects(
    initValidate(),
    /^TypeError: messenger-send\/validate\/slim .* of messenger-send\/validate\/wasm$/,
  );
});
