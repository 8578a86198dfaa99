// The module takes no more steps than its budgets allow: counted, so that a change for the worse is seen on a busy machine too.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { countingPackage } from "../../bench/lib/steps.mjs";
import { draft, sample, TEN_MISTAKES_SIZES, tenMistakes } from "../../bench/payloads.mjs";
import { judgeFigure, STEPS } from "../../scripts/lib/budgets.mjs";
import { folderWith } from "../scripts/folder.mjs";

let api;
let steps;
before(async (context) => {
  ({ api, steps } = await countingPackage(folderWith(context, {})));
});

/** What a call of a budget does. */
function callOf({ call, size }) {
  const { bytes } = sample(size);
  const short = draft(size);
  const invalid = TEN_MISTAKES_SIZES.includes(size) ? tenMistakes(size) : undefined;
  return {
    "validateJson(bytes)": () => api.validateJson(bytes),
    "validateJson(ten mistakes)": () => api.validateJson(invalid.bytes),
    buildMessage: () => api.buildMessage(short),
  }[call];
}

for (const budget of STEPS) {
  const name = `steps of ${budget.call}, ${budget.size}`;
  test(name, () => {
    const call = callOf(budget);
    // The first call may set something up.
    call();
    const is = steps(call);
    assert.ok(is > 0, "the module counts");
    assert.equal(steps(call), is, "the same call takes the same steps");
    const { within, note } = judgeFigure({ name, is, ...budget });
    console.log(note);
    assert.ok(within, note);
    assert.equal(
      judgeFigure({ name, is: steps(() => [call(), call()]), ...budget }).within,
      false,
      "the gate closes before a package that does it twice; if it does not, the ceiling can be lowered",
    );
  });
}

test("the copy that counts answers as the package does", () => {
  const legal = sample("4 KB");
  const illegal = sample("4 KB", false);
  assert.deepEqual(api.validateJson(legal.bytes), { valid: true, issues: [] });
  assert.deepEqual(
    api
      .validateJson(illegal.bytes)
      .issues.map(({ path }) => path)
      .sort(),
    illegal.mistakes.sort(),
  );
});
