// What the npm page's readers and other people's tools would complain about: publint, are-the-types-wrong, the list of files, paths of this machine.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packed } from "../../scripts/lib/pack.mjs";
import { crateVersion, ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { project, tool } from "./lib/project.mjs";

const FILES = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "api.js",
  "bindings_bg.wasm",
  "browser.js",
  "deno.js",
  "index.d.ts",
  "messaging-window.d.ts",
  "node.js",
  "package.json",
  "payload.d.ts",
  "schema.json",
  "slim.js",
  "split-text.d.ts",
  "wasm.d.ts",
  "workerd.js",
];

let home;
let manifest;
before(async () => {
  home = join(await project(), "node_modules", "messenger-send");
  manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
});

test("publint has nothing to say", async () => {
  const { messages } = await publint({ pkgDir: home, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, manifest)), []);
});

test("are-the-types-wrong finds nothing wrong for ESM", async () => {
  const { code, output } = await run(tool("attw"), [await packed(), "--profile", "esm-only", "--no-color", "--no-emoji"], { quiet: true, timeoutMs: 60_000 });
  assert.equal(code, 0, output);
});

test("it holds the files that it should, and no other", () => {
  assert.deepEqual(readdirSync(home, { recursive: true }).sort(), FILES);
});

test("its version is the crate's, and it depends on nothing", () => {
  assert.equal(manifest.version, crateVersion());
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies, manifest.scripts], [undefined, undefined, undefined]);
});

test("the schema is a JSON Schema", () => {
  const schema = JSON.parse(readFileSync(join(home, "schema.json"), "utf8"));
  assert.match(schema.$schema, /^https?:\/\/json-schema\.org\//);
});

test("no file names a path of the machine that built it", () => {
  for (const file of readdirSync(home)) {
    const bytes = readFileSync(join(home, file), "latin1");
    for (const path of [ROOT, process.env.HOME, process.env.CARGO_HOME].filter((one) => one && one.length > 2)) {
      assert.ok(!bytes.includes(path), `${file} holds ${path}`);
    }
  }
});
