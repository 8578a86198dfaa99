// Waits until a value is what it should be: a page answers in its own time.
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";

const PATIENCE_MS = 20_000;
const BETWEEN_MS = 25;

// `expected` is a regular expression for a text or a list of texts, a question that the value answers with yes, or any value to be deeply equal to.
export async function expectEventually(read, expected) {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    try {
      if (expected instanceof RegExp) assert.match(String(value), expected);
      else if (typeof expected === "function") assert.ok(expected(value), JSON.stringify(value));
      else assert.deepEqual(value, expected);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await wait(BETWEEN_MS);
  }
}
