// The random faults: the same for the same seed, in the requested share, and each a valid step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFaults } from "./faults.mjs";
import { readStep } from "./steps.mjs";
import { startGraphThread } from "./thread.mjs";

const ONE = { params: {} };
const stepsOf = (options, count) =>
  Array.from({ length: count }, randomFaults(options).bind(null, ONE));

test("the same seed gives the same faults, another one others", () => {
  assert.deepEqual(stepsOf({ seed: 7, share: 0.5 }, 100), stepsOf({ seed: 7, share: 0.5 }, 100));
  assert.notDeepEqual(stepsOf({ seed: 7, share: 0.5 }, 100), stepsOf({ seed: 8, share: 0.5 }, 100));
});

test("the share is kept, every fault comes, and the stand-in takes it", () => {
  const steps = stepsOf({ share: 0.25 }, 4000);
  steps.forEach(readStep);
  const faults = steps.filter(({ step }) => step !== "ok");
  assert.ok(faults.length > 850 && faults.length < 1150, `${faults.length} of 4000`);
  const names = new Set(faults.map(({ step }) => step));
  assert.deepEqual([...names].sort(), [
    "acceptThenReset",
    "array",
    "empty",
    "error",
    "halfJson",
    "html",
    "okWithError",
    "resetBefore",
    "resetInside",
    "stall",
  ]);
});

test("an item of a batch has its own fault, or no answer", () => {
  const faults = randomFaults({ share: 0.5 });
  const batches = Array.from({ length: 100 }, () =>
    faults({ params: { batch: Array(20).fill({}) } }),
  ).map(readStep);
  const items = batches.filter(({ step }) => step === "batch").flatMap(({ items }) => items);
  assert.ok(items.includes(null) && items.some((item) => item?.step === "silence"));
  assert.ok(
    batches.some(({ step }) => step === "resetBefore"),
    "and at times it fails as a whole",
  );
});

test("in a thread of its own it answers, enforces the rate, and tells what it saw", {
  timeout: 20_000,
}, async () => {
  const graph = await startGraphThread({ token: "EAABtesttoken", perSecond: 2, latencyMs: 50 });
  try {
    const post = async (id) => {
      const body = new URLSearchParams({
        recipient: JSON.stringify({ id }),
        message: '{"text":"x"}',
        access_token: "EAABtesttoken",
      });
      return (await fetch(`${graph.url}/v25.0/me/messages`, { method: "POST", body })).json();
    };
    const start = performance.now();
    assert.equal((await post("1")).recipient_id, "1");
    assert.ok(performance.now() - start >= 45);
    const answers = await Promise.all(["2", "3"].map(post));
    assert.deepEqual(answers.map(({ error }) => error?.code).sort(), [613, undefined]);
    const { accepted, refused, requests } = await graph.told();
    assert.deepEqual([accepted.length, refused.length, requests], [2, 1, 3]);
  } finally {
    await graph.close();
  }
});
