// The invariants after a run of faults.js: no message is lost, none is reported wrongly, none
// arrives twice.
import assert from "node:assert/strict";
import * as step from "../../local-graph/steps.mjs";
import { FAULTS } from "./faults.js";

const STEPS = {
  "refused for good": step.error({ code: 100 }),
  "refused for now": step.error({ code: 613 }),
  "an error in a 200": step.okWithError({ code: 2 }),
  empty: step.empty(200),
  html: step.html(502),
};

/** A script for the local Graph: each request meets one of the faults; half of the answers that are none accept the message all the same. */
export function randomFaults(random) {
  const all = FAULTS.flatMap(([name, weight]) => Array(weight).fill(name));
  return () => {
    const name = all[Math.floor(random() * all.length)];
    const accept = ["empty", "html", "array"].includes(name) ? { accept: random() < 0.5 } : {};
    return { step: name, ...STEPS[name], ...accept };
  };
}

export function assertNothingLost(outcomes, graph, count) {
  assert.equal(outcomes.length, count, "nothing is pending");
  assert.equal(
    new Set(outcomes.map(({ number }) => number)).size,
    count,
    "each message has one outcome",
  );
  const accepted = new Map();
  for (const { recipient_id, message_id } of graph.accepted) {
    assert.ok(!accepted.has(recipient_id), `message ${recipient_id} is there twice`);
    accepted.set(recipient_id, message_id);
  }
  const tally = { receipts: 0, unknown: 0, rejected: 0, not_sent: 0 };
  for (const { number, message_id, name, delivery } of outcomes) {
    const there = accepted.get(String(number));
    if (name === undefined) {
      assert.equal(message_id, there, "a receipt names the message that is there");
      tally.receipts += 1;
    } else {
      assert.equal(name, "SendError");
      assert.ok(
        delivery === "unknown" || there === undefined,
        `message ${number} is there, but is called ${delivery}`,
      );
      tally[delivery] += 1;
    }
  }
  const doubtful = outcomes.filter(
    ({ number, delivery }) => delivery === "unknown" && accepted.has(String(number)),
  ).length;
  assert.equal(
    accepted.size,
    tally.receipts + doubtful,
    "what was accepted is receipts and unknowns",
  );
  assert.ok(
    Object.values({ ...tally, not_sent: 1 }).every((many) => many > 0),
    `every outcome comes up: ${JSON.stringify(tally)}`,
  );
}
