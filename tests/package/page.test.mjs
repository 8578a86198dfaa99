// The packed package on a page without a bundler, in Chromium: by path, by import map, as `slim`,
// and with a server that serves the wasm wrongly.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { html, pageProgram } from "./lib/page.mjs";
import { project } from "./lib/project.mjs";
import { assertPageWorks } from "./lib/visit.mjs";
import { openBrowser, serve } from "./lib/web.mjs";

const HOME = "/node_modules/messenger-send";
const inline = (program) => `<script type="module">${program}</script>`;
const importMap = `<script type="importmap">${JSON.stringify({ imports: { "messenger-send": `${HOME}/browser.js` } })}</script>`;
const hand = { init: `api.init(${JSON.stringify(`${HOME}/bindings_bg.wasm`)})` };

/** Tries to start twice, and to send; the server fails the first two times. */
const RETRIES = `
  import * as api from "${HOME}/browser.js";
  const outcome = (promise) => promise.then(() => "ready", (error) => [error.name, error.kind, error.delivery, error.attempts].join(" "));
  const options = { accessToken: "EAABtesttoken", baseUrl: location.origin };
  const sent = await outcome(api.send({ recipient: { id: "1" }, message: { text: "x" } }, options));
  const [first, together] = await Promise.all([outcome(api.init()), outcome(api.init())]);
  const second = await outcome(api.init());
  tellTest({ sent, first, together, second, valid: api.validate({ recipient: { id: "1" }, message: { sticker: 1 } }).valid });
`;

/** The wasm never arrives: an abort must not wait for it. */
const ABORTED = `
  import * as api from "${HOME}/browser.js";
  const abort = new AbortController();
  let listeners = 0;
  for (const [name, step] of [["addEventListener", 1], ["removeEventListener", -1]]) {
    const own = abort.signal[name].bind(abort.signal);
    abort.signal[name] = (...given) => { listeners += step; return own(...given); };
  }
  const options = { accessToken: "EAABtesttoken", baseUrl: location.origin, signal: abort.signal };
  const request = { recipient: { id: "1" }, message: { text: "x" } };
  const sending = api.send(request, options);
  abort.abort("enough");
  const during = await sending.catch(({ name, kind, delivery, attempts, cause }) => ({ name, kind, delivery, attempts, cause }));
  const before = await api.send(request, options).catch(({ name, kind, delivery, attempts, cause }) => ({ name, kind, delivery, attempts, cause }));
  tellTest({ during, before, listeners });
`;

let folder;
let browser;
before(async () => {
  folder = await project({
    "path.html": html(inline(pageProgram(`${HOME}/browser.js`))),
    "map.html": html(importMap + inline(pageProgram("messenger-send"))),
    "slim.html": html(
      inline(
        pageProgram(`${HOME}/slim.js`, hand)
          .replace("const schema =", `await ${hand.init}; const schema =`)
          .replace("schema instanceof Promise", "true"),
      ),
    ),
    "retries.html": html(inline(RETRIES)),
    "aborted.html": html(inline(ABORTED)),
    "idle.html": html(inline(`import "${HOME}/browser.js"; tellTest("imported");`)),
  });
  browser = await openBrowser();
});
after(() => browser?.close());

for (const page of ["path.html", "map.html", "slim.html"]) {
  test(page, async () => {
    const site = await serve(folder);
    try {
      await assertPageWorks(browser, `${site.url}${page}`);
      assert.equal(
        site.paths.filter((path) => path.endsWith(".wasm")).length,
        1,
        "the wasm is fetched once",
      );
    } finally {
      await site.close();
    }
  });
}

test("an import alone fetches no wasm", async () => {
  const site = await serve(folder);
  try {
    assert.equal(await browser.result(`${site.url}idle.html`), "imported");
    assert.deepEqual(
      site.paths.filter((path) => path.endsWith(".wasm")),
      [],
    );
  } finally {
    await site.close();
  }
});

for (const type of ["application/octet-stream", "text/html"]) {
  test(`the wasm is served as ${type}`, async () => {
    const site = await serve(folder, (path) => (path.endsWith(".wasm") ? { type } : {}));
    try {
      await assertPageWorks(browser, `${site.url}path.html`);
    } finally {
      await site.close();
    }
  });
}

test("after a failure the next call tries again", async () => {
  let asked = 0;
  const site = await serve(folder, (path) => {
    if (path.endsWith(".wasm")) asked += 1;
    return path.endsWith(".wasm") && asked <= 2 ? { status: 404 } : {};
  });
  try {
    const result = await browser.result(`${site.url}retries.html`);
    assert.equal(result.sent, "SendError configuration not_sent 0");
    assert.match(result.first, /^Error/);
    assert.equal(result.together, result.first, "both share one attempt");
    assert.equal(result.second, "ready");
    assert.equal(asked, 3);
    assert.ok(!site.paths.some((path) => path.endsWith("/messages")), "nothing was sent");
  } finally {
    await site.close();
  }
});

test("an abort does not wait for a wasm that never comes", async () => {
  const site = await serve(folder, (path) => (path.endsWith(".wasm") ? { silent: true } : {}));
  try {
    const result = await browser.result(`${site.url}aborted.html`, 10_000);
    const aborted = {
      name: "SendError",
      kind: "aborted",
      delivery: "not_sent",
      attempts: 0,
      cause: "enough",
    };
    assert.deepEqual(result, { during: aborted, before: aborted, listeners: 0 });
  } finally {
    await site.close();
  }
});
