// What users and tools would complain about: publint, are-the-types-wrong, the list of files, paths
// of this machine.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { before, test } from "node:test";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packed } from "../../scripts/lib/pack.mjs";
import { crateVersion, ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { project, tool } from "./lib/project.mjs";

const LOADERS = ["browser", "browser-inline", "edge-light", "inline", "node", "slim", "workerd"];
/** Entries that work without the wasm: each for `import` and for `require`, with declarations for both. */
const HELPERS = ["messaging-window", "split-text", "testing/index", "webhook/index"];
const FILES = [
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "THIRD-PARTY.txt",
  "bindings_bg.wasm",
  "package.json",
  "schema.json",
  "validate/package.json",
  "validate/validate_bg.wasm",
  "wasm.d.ts",
  ...["", "validate/"].flatMap((folder) => [
    `${folder}node.cjs`,
    `${folder}wasm-inline.js`,
    ...LOADERS.map((name) => `${folder}${name}.js`),
  ]),
  ...HELPERS.flatMap((name) => [`${name}.js`, `${name}.cjs`]),
  ...[...HELPERS, "index", "payload", "validate"].flatMap((name) => [
    `${name}.d.ts`,
    `${name}.d.cts`,
  ]),
].sort();

/** All files of the package, by their paths in it. */
const filesOf = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join("/"),
    )
    .sort();

let home;
let manifest;
before(async () => {
  home = join(await project(), "node_modules", "messenger-send");
  manifest = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
});

test("publint has nothing to say", async () => {
  const { messages } = await publint({ pkgDir: home, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, manifest)),
    [],
  );
});

// The modules themselves, and the entries for those who bring them, are for bundlers.
test("are-the-types-wrong finds nothing wrong, as ESM and as CommonJS", async () => {
  const { code, output } = await run(
    tool("attw"),
    [
      await packed(),
      "--profile",
      "node16",
      "--exclude-entrypoints",
      "slim",
      "wasm",
      "validate/slim",
      "validate/wasm",
      "schema.json",
      "--no-color",
      "--no-emoji",
    ],
    { quiet: true, timeoutMs: 60_000 },
  );
  assert.equal(code, 0, output);
});

test("it contains the expected files, and no other", () => {
  assert.deepEqual(filesOf(home), FILES);
});

test("its version is the crate's, and it depends on nothing", () => {
  assert.equal(manifest.version, crateVersion());
  assert.deepEqual(
    [manifest.dependencies, manifest.peerDependencies, manifest.scripts],
    [undefined, undefined, undefined],
  );
});

test("the schema is a JSON Schema", () => {
  const schema = JSON.parse(readFileSync(join(home, "schema.json"), "utf8"));
  assert.match(schema.$schema, /^https?:\/\/json-schema\.org\//);
});

test("no file names a path of the machine that built it", () => {
  for (const file of filesOf(home)) {
    const bytes = readFileSync(join(home, file), "latin1");
    for (const path of [ROOT, process.env.HOME, process.env.CARGO_HOME].filter(
      (one) => one && one.length > 2,
    )) {
      assert.ok(!bytes.includes(path), `${file} holds ${path}`);
    }
  }
});
