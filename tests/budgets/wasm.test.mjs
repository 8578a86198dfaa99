// The reader of modules that docs/benchmarks.md gets its tables from.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { functions, sections } from "../../bench/lib/wasm.mjs";
import { at } from "../../scripts/lib/root.mjs";

const text = (name) => [name.length, ...Buffer.from(name)];
const section = (kind, ...content) => [kind, content.length, ...content];
const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** One imported function, one memory that is imported too, and two functions of its own, of which the second has a name. */
const SMALL = Uint8Array.from([
  ...HEAD,
  ...section(1, 1, 0x60, 0, 0),
  ...section(
    2,
    2,
    ...text("env"),
    ...text("log"),
    0,
    0,
    ...text("env"),
    ...text("memory"),
    2,
    1,
    1,
    2,
  ),
  ...section(3, 2, 0, 0),
  ...section(10, 2, 2, 0, 0x0b, 4, 0, 0x01, 0x01, 0x0b),
  ...section(0, ...text("name"), 1, 8, 1, 2, ...text("named")),
]);

test("it is a module, so that what is read from it is worth something", () => {
  assert.ok(WebAssembly.validate(SMALL));
});

test("the sections in their order, with their names and sizes", () => {
  assert.deepEqual(
    sections(SMALL).map(({ kind, name, size }) => [kind, name, size]),
    [
      ["type", undefined, 6],
      ["import", undefined, 28],
      ["function", undefined, 5],
      ["code", undefined, 11],
      ["custom", "name", 17],
    ],
  );
});

test("the functions of its own, with the names that count imports too", () => {
  assert.deepEqual(
    functions(SMALL).map(({ name, size }) => [name, size]),
    [
      ["", 3],
      ["named", 5],
    ],
  );
});

test("the sections of the published module are all of it, and its code is that of its functions", () => {
  const bytes = readFileSync(at("pkg", "bindings_bg.wasm"));
  const all = sections(bytes);
  assert.equal(
    all.reduce((sum, { size }) => sum + size, HEAD.length),
    bytes.length,
  );
  const code = all.find(({ kind }) => kind === "code").content.length;
  const bodies = functions(bytes);
  const counted = bodies.reduce((sum, { size }) => sum + size, 0);
  assert.ok(bodies.length > 100);
  // What is left is the number of functions.
  assert.ok(code - counted > 0 && code - counted <= 5);
});

test("what is no module, or only the beginning of one, is refused", () => {
  assert.throws(() => sections(Uint8Array.from([1, 2, 3])), /no WebAssembly module/);
  assert.throws(() => sections(SMALL.subarray(0, SMALL.length - 1)), /ends too early/);
});
