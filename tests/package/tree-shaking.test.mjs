// A bundle contains only what is imported.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import webpack from "webpack";
import { project } from "./lib/project.mjs";

/** Strings in the JavaScript of only `sendAll`, and of `send`, that no minifier changes. */
const OF_SEND_ALL = ["asyncIterator", "sendAll takes an iterable"];
const OF_SEND = "itself failed while sending";
/** The JavaScript of `sendAll` on top of that of `send`, minified, after gzip. */
const MOST_BYTES = 3700;

async function bundled(folder, name) {
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: {
      outDir: name,
      rollupOptions: {
        input: `${name}.js`,
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "bundle.mjs" },
      },
    },
  });
  return readFileSync(join(folder, name, "bundle.mjs"), "utf8");
}

test("a bundle contains sendAll only if it is used", async (t) => {
  const folder = await project({
    "check.js": 'export { init, validate } from "messenger-send/slim";',
    "one.js": 'export { init, send } from "messenger-send/slim";',
    "many.js": 'export { init, send, sendAll } from "messenger-send/slim";',
  });
  const [check, one, many] = [
    await bundled(folder, "check"),
    await bundled(folder, "one"),
    await bundled(folder, "many"),
  ];
  for (const text of OF_SEND_ALL) {
    assert.deepEqual(
      [check, one, many].map((bundle) => bundle.includes(text)),
      [false, false, true],
      text,
    );
  }
  assert.deepEqual(
    [check, one].map((bundle) => bundle.includes(OF_SEND)),
    [false, true],
  );
  const sizeOf = (text) => gzipSync(text, { level: 9 }).length;
  t.diagnostic(
    `after gzip: validate ${sizeOf(check)}, send ${sizeOf(one)}, send and sendAll ${sizeOf(many)}`,
  );
  assert.ok(sizeOf(many) - sizeOf(one) <= MOST_BYTES, `${sizeOf(many) - sizeOf(one)} bytes`);
});

test("messenger-send/validate has no sending, whatever is used of it", async () => {
  const folder = await project({
    "small.js": 'export * from "messenger-send/validate/slim";',
    "all.js": 'export * from "messenger-send/slim";',
  });
  const [small, all] = [await bundled(folder, "small"), await bundled(folder, "all")];
  for (const text of [...OF_SEND_ALL, OF_SEND, "accessToken", "FormData", "redirect"]) {
    assert.deepEqual(
      [small, all].map((bundle) => bundle.includes(text)),
      [false, true],
      text,
    );
  }
});

/** What a page imports alone, and how many bytes it may take, minified; 200 where it is nothing but types. */
const HELPERS = {
  splitText: 9000,
  messagingWindow: 5500,
  isSendError: 1500,
  isValidationError: 1500,
};

/**
 * Vite copies a file before it knows whether the code that names it is used, so the wasm is next
 * to the page, but nothing loads it.
 */
const COPIES_TOO_MUCH = ["vite"];

for (const [entry, names] of [
  ["messenger-send", ["splitText", "messagingWindow", "isSendError"]],
  ["messenger-send/validate", ["splitText", "messagingWindow", "isValidationError"]],
]) {
  test(`of the helpers of ${entry} alone, Vite and webpack leave nothing else, and webpack no wasm`, {
    timeout: 120_000,
  }, async () => {
    const page = (name) => `import { ${name} } from "${entry}";\nglobalThis.used = ${name};\n`;
    const folder = await project({
      ...Object.fromEntries(names.map((name) => [`${name}.js`, page(name)])),
      "types.js": `import {} from "${entry}";\nglobalThis.used = 1;\n`,
    });
    const makers = { vite: withVite, webpack: withWebpack };
    for (const [maker, make] of Object.entries(makers)) {
      for (const name of [...names, "types"]) {
        const files = await make(folder, name);
        const scripts = files.filter(([path]) => path.endsWith("js"));
        assert.equal(
          files.some(([path]) => path.endsWith(".wasm")),
          COPIES_TOO_MUCH.includes(maker),
          `${maker}, ${name}`,
        );
        const bytes = scripts.reduce((sum, [, text]) => sum + text.length, 0);
        assert.ok(bytes <= (HELPERS[name] ?? 200), `${maker}, ${name}: ${bytes} bytes`);
        assert.doesNotMatch(
          scripts.map(([, text]) => text).join(""),
          /__wbindgen|_bg\./,
          `${maker}, ${name}`,
        );
      }
    }
  });
}

test("the entries of the helpers bring no wasm", { timeout: 120_000 }, async () => {
  const folder = await project({
    "splitText.js":
      'import { splitText } from "messenger-send/split-text";\nglobalThis.used = splitText;\n',
    "messagingWindow.js":
      'import { messagingWindow } from "messenger-send/messaging-window";\nglobalThis.used = messagingWindow;\n',
  });
  for (const make of [withVite, withWebpack]) {
    for (const name of ["splitText", "messagingWindow"]) {
      const files = await make(folder, name);
      assert.deepEqual(
        files.filter(([path]) => path.endsWith(".wasm")),
        [],
      );
      assert.ok(files.reduce((sum, [, text]) => sum + text.length, 0) <= HELPERS[name]);
    }
  }
});

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [
      entry.name,
      readFileSync(join(entry.parentPath ?? entry.path, entry.name), "latin1"),
    ]);
}

async function withVite(folder, name) {
  const outDir = join(folder, "vite", name);
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    build: { outDir, modulePreload: false, rollupOptions: { input: `${name}.js` } },
  });
  return filesIn(outDir);
}

async function withWebpack(folder, name) {
  const path = join(folder, "webpack", name);
  const stats = await new Promise((resolve, reject) => {
    webpack(
      { context: folder, mode: "production", entry: `./${name}.js`, output: { path } },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
  });
  assert.deepEqual(stats.toJson({ errors: true }).errors, []);
  return filesIn(path);
}
