// The built package keeps the budgets of time, and the gate can fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { judgeFigure, SPEED } from "../../scripts/lib/budgets.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { speed } from "./figures.mjs";

const api = await import(pathToFileURL(at("pkg", "node.js")).href);
const FEW = { tries: 2, turns: { rounds: 10, turnMs: 1, warmUpMs: 20 } };

for (const budget of SPEED) {
  const name = `${budget.call} of ${budget.size}, as a multiple of JSON.parse`;
  test(name, () => {
    const { within, note } = judgeFigure({ name, is: speed(api, budget), ...budget });
    console.log(note);
    assert.ok(within, note);
  });

  test(`${budget.call} of ${budget.size}: the gate closes before a package that is some times slower`, () => {
    // The work that a change for the worse would add, whatever the machine: the call as often as it takes to be over the ceiling for certain.
    const often = Math.ceil((2 * budget.ceiling) / speed(api, { ...budget, ceiling: 0 }, FEW)) + 1;
    const { within } = judgeFigure({
      name,
      is: speed(repeated(api, often), budget, FEW),
      ...budget,
    });
    assert.equal(within, false);
  });
}

/** The package, each of whose calls is made several times. */
function repeated(calls, often) {
  const slow =
    (call) =>
    (...given) => {
      for (let left = often - 1; left > 0; left -= 1) {
        call(...given);
      }
      return call(...given);
    };
  return {
    validateJson: slow(calls.validateJson),
    validate: slow(calls.validate),
    buildMessage: slow(calls.buildMessage),
  };
}
