// What counts towards the size that a page loads.
import assert from "node:assert/strict";
import { it } from "node:test";
import {
  BUDGET,
  CEILING,
  COLD_START,
  JS_BUDGET,
  JS_CEILING,
  judgeFigure,
  loadedFiles,
  MEMORY,
  mainBundle,
  measure,
  measureValidate,
  SENDING,
  SPEED,
  VALIDATE,
} from "../../scripts/lib/budgets.mjs";
import { folderWith } from "./folder.mjs";

const FILES = {
  "browser.js":
    'import init from "./bindings.js";\nexport { validate } from "./api.js";\nexport const url = new URL("./bindings_bg.wasm", import.meta.url);',
  "api.js": 'import { SendError } from "./errors.js";\nimport {\n  many\n} from "./bindings.js";',
  "errors.js": "export {};",
  "bindings.js": 'const late = () => import("./late.js");',
  "late.js": "export {};",
  "node.js": "not loaded by a page",
  "bindings_bg.wasm": "\0asm",
};

it("follows the imports of the browser's entry, each file once", (context) => {
  const folder = folderWith(context, FILES);
  assert.deepEqual(loadedFiles(folder).sort(), [
    "api.js",
    "bindings.js",
    "bindings_bg.wasm",
    "browser.js",
    "errors.js",
    "late.js",
  ]);
});

it("adds the gzipped sizes", (context) => {
  const { rows, total } = measure(folderWith(context, FILES));
  assert.equal(
    total,
    rows.reduce((all, { gzip }) => all + gzip, 0),
  );
  assert.ok(total > 100);
});

it("a file that grows makes the total grow by what it grows", (context) => {
  const before = measure(folderWith(context, FILES));
  const after = measure(
    folderWith(context, {
      ...FILES,
      "errors.js": `export const words = ${JSON.stringify("abcdefghijklmnop")};`,
    }),
  );
  const sizeOf = ({ rows }) => rows.find(({ name }) => name === "errors.js").gzip;
  assert.equal(after.total - before.total, sizeOf(after) - sizeOf(before));
  assert.ok(after.total > before.total);
});

it("fails where a file is missing", (context) => {
  const { "api.js": _, ...files } = FILES;
  assert.throws(() => measure(folderWith(context, files)), /api\.js/);
});

const PAGE = {
  "browser.js":
    'export const init = () => import("./late.js");\nexport const send = () => "sent";\nexport const unused = () => "nobody imports this";',
  "late.js": 'export const late = "a page does not wait for this";',
};

it("the main bundle holds what the page uses, and neither the rest nor what is imported later", async (context) => {
  const folder = folderWith(context, PAGE);
  const small = await mainBundle(folder, ["send"]);
  const both = await mainBundle(folder, ["init", "send"]);
  const all = await mainBundle(folder, ["init", "send", "unused"]);
  assert.ok(small.gzip > 0 && small.raw < both.raw && both.raw < all.raw);
  const longer = folderWith(context, {
    ...PAGE,
    "late.js": `${PAGE["late.js"]}\nexport const more = ${JSON.stringify("x".repeat(1000))};`,
  });
  assert.ok(
    Math.abs((await mainBundle(longer, ["init", "send"])).raw - both.raw) < 50,
    "what is imported later does not count",
  );
});

it("what is loaded of messenger-send/validate is all that it offers but its helpers, and its own module", async (context) => {
  const names = [
    ...["init", "buildMessage", "validate", "validateJson", "sendRequestSchema"],
    ...["requestSchema", "draftSchema", "rules", "ValidationError", "isValidationError"],
  ];
  const code = names.map((name) => `export const ${name} = () => "says ${name}";\n`).join("");
  const files = (more) => ({
    "validate/browser.js": `${code}export const splitText = () => "${more}";`,
    "validate/validate_bg.wasm": "\0asm",
  });
  const found = await measureValidate(folderWith(context, files("")));
  assert.equal(found.total, found.module.gzip + found.all.gzip);
  assert.equal(found.module.raw, 4);
  assert.ok(found.main.raw > 0 && found.main.raw < found.all.raw);
  const longer = await measureValidate(folderWith(context, files("x".repeat(1000))));
  assert.ok(Math.abs(longer.all.raw - found.all.raw) < 50, "the helpers do not count");
});

it("a figure at its ceiling is within it, one above is not", () => {
  const figure = { name: "size", ceiling: 100, budget: 50, unit: "bytes" };
  assert.deepEqual(judgeFigure({ ...figure, is: 50 }), {
    name: "size",
    within: true,
    note: "size: 50 bytes; at most 100 bytes, budget 50 bytes: reached",
  });
  assert.equal(judgeFigure({ ...figure, is: 100 }).within, true);
  assert.match(judgeFigure({ ...figure, is: 100 }).note, /not reached yet$/);
  assert.equal(judgeFigure({ ...figure, is: 101 }).within, false);
  assert.match(judgeFigure({ ...figure, is: 101 }).note, /TOO MUCH$/);
  assert.equal(judgeFigure({ name: "steps", is: 7, ceiling: 8 }).note, "steps: 7; at most 8");
});

it("a figure that is no number is not within its ceiling", () => {
  for (const is of [Number.NaN, undefined, Infinity]) {
    assert.equal(
      judgeFigure({ name: "speed", is: Number(is), ceiling: 1, budget: 1 }).within,
      false,
    );
  }
});

it("no ceiling is below its budget", () => {
  for (const { budget, ceiling } of [
    { budget: BUDGET, ceiling: CEILING },
    { budget: JS_BUDGET, ceiling: JS_CEILING },
    COLD_START,
    MEMORY,
    SENDING,
    VALIDATE.total,
    VALIDATE.main,
    ...SPEED,
  ]) {
    assert.ok(budget > 0 && ceiling >= budget);
  }
});
