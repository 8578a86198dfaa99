// The module's memory stays what it was, however many messages are checked, and the gate can fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { intercepted } from "../../bench/lib/instance.mjs";
import { judgeFigure, MEMORY } from "../../scripts/lib/budgets.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { memory } from "./figures.mjs";

const PAGE_BYTES = 64 * 1024;
const { api, exports } = await intercepted(() => import(pathToFileURL(at("pkg", "node.js")).href));
const fresh = exports.memory.buffer.byteLength;

test("the memory after many checks, and after an outlier of 1 MB", () => {
  for (const [name, is] of Object.entries(memory(api, exports.memory))) {
    const { within, note } = judgeFigure({
      name: `memory after ${name}, of that before`,
      is,
      ...MEMORY,
    });
    console.log(note);
    assert.ok(within, note);
  }
});

test("the gate closes before a package that loses a page of memory now and then", () => {
  const own = new WebAssembly.Memory({ initial: 4 });
  let calls = 0;
  const leak = () => {
    calls += 1;
    if (calls % 2500 === 0) {
      own.grow(1);
    }
  };
  const leaking = { validate: leak, validateJson: leak };
  const figures = memory(leaking, own, { checks: 5000, afterOutlier: 5000 });
  assert.ok(own.buffer.byteLength > 4 * PAGE_BYTES);
  for (const [name, is] of Object.entries(figures)) {
    assert.equal(judgeFigure({ name, is, ...MEMORY }).within, false, name);
  }
});

test("the figure is that of the instance that the package runs on: a large message made it grow", () => {
  api.validateJson(JSON.stringify({ message: { text: "x".repeat(1_000_000) } }));
  assert.ok(exports.memory.buffer.byteLength > fresh);
});
