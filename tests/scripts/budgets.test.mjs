// What counts into the size that a page loads.
import assert from "node:assert/strict";
import { it } from "node:test";
import { loadedFiles, measure } from "../../scripts/lib/budgets.mjs";
import { folderWith } from "./folder.mjs";

const FILES = {
  "browser.js": 'import init from "./bindings.js";\nexport { validate } from "./api.js";\nexport const url = new URL("./bindings_bg.wasm", import.meta.url);',
  "api.js": 'import { SendError } from "./errors.js";\nimport {\n  many\n} from "./bindings.js";',
  "errors.js": "export {};",
  "bindings.js": 'const late = () => import("./late.js");',
  "late.js": "export {};",
  "node.js": "not loaded by a page",
  "bindings_bg.wasm": "\0asm",
};

it("follows the imports of the browser's entry, each file once", (context) => {
  const folder = folderWith(context, FILES);
  assert.deepEqual(loadedFiles(folder).sort(), ["api.js", "bindings.js", "bindings_bg.wasm", "browser.js", "errors.js", "late.js"]);
});

it("adds the gzipped sizes and compares them with the budget", (context) => {
  const folder = folderWith(context, FILES);
  const { rows, total, within } = measure(folder);
  assert.equal(total, rows.reduce((all, { gzip }) => all + gzip, 0));
  assert.ok(total > 100 && within);
  assert.equal(measure(folder, total).within, true);
  assert.equal(measure(folder, total - 1).within, false);
});

it("fails where a file is missing", (context) => {
  const { "api.js": _, ...files } = FILES;
  assert.throws(() => measure(folderWith(context, files)), /api\.js/);
});
