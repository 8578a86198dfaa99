// What is not imported is not in the bundle.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { project } from "./lib/project.mjs";

/** Texts of `sendAll` alone, and of `send`, that no minifier changes. */
const OF_SEND_ALL = ["perSecond must be", "The source of the messages", "relative_url"];
const OF_SEND = "itself failed while sending";
/** The JavaScript of `sendAll` on top of that of `send`, minified, after gzip. */
const MOST_BYTES = 4300;

async function bundled(folder, name) {
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: { outDir: name, rollupOptions: { input: `${name}.js`, preserveEntrySignatures: "strict", output: { entryFileNames: "bundle.mjs" } } },
  });
  return readFileSync(join(folder, name, "bundle.mjs"), "utf8");
}

test("a bundle has sendAll only where it is used", async (t) => {
  const folder = await project({
    "check.js": 'export { init, validate } from "messenger-send/slim";',
    "one.js": 'export { init, send } from "messenger-send/slim";',
    "many.js": 'export { init, send, sendAll } from "messenger-send/slim";',
  });
  const [check, one, many] = [await bundled(folder, "check"), await bundled(folder, "one"), await bundled(folder, "many")];
  for (const text of OF_SEND_ALL) {
    assert.deepEqual([check, one, many].map((bundle) => bundle.includes(text)), [false, false, true], text);
  }
  assert.deepEqual([check, one].map((bundle) => bundle.includes(OF_SEND)), [false, true]);
  const sizeOf = (text) => gzipSync(text, { level: 9 }).length;
  t.diagnostic(`after gzip: validate ${sizeOf(check)}, send ${sizeOf(one)}, send and sendAll ${sizeOf(many)}`);
  assert.ok(sizeOf(many) - sizeOf(one) <= MOST_BYTES, `${sizeOf(many) - sizeOf(one)} bytes`);
});
