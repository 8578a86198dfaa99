// Measuring in turns.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  interleave,
  interleaveAsync,
  last,
  median,
  ratio,
  timesOf,
} from "../../bench/lib/interleave.mjs";
import { draft, sample, samples, variants } from "../../bench/payloads.mjs";

/** Work of a length that does not depend on the compiler. */
const work = (ms) => () => {
  const began = performance.now();
  while (performance.now() - began < ms);
  return ms;
};

test("work of ten times the length takes ten times as long, and the clock is asked in turns", () => {
  const found = interleave(
    { little: work(0.05), much: work(0.5) },
    { rounds: 9, turnMs: 2, warmUpMs: 20 },
  );
  // The best turns: on a busy machine the others may be held up.
  const times = found.much.best / found.little.best;
  assert.ok(times > 7 && times < 13, `a ratio of ${times}`);
  assert.ok(found.little.best >= 50 && found.little.best < 75, `${found.little.best} microseconds`);
  assert.equal(found.little.rounds.length, 9);
  assert.ok(found.little.best <= found.little.median);
  assert.ok(
    [0.05, 0.5].includes(last()),
    "what was computed is kept, so nothing can leave the computing out",
  );
});

test("promises are waited for", async () => {
  const wait = (ms) => () => new Promise((resolve) => setTimeout(resolve, ms));
  const found = await interleaveAsync(
    { short: wait(1), long: wait(20) },
    { rounds: 3, warmUps: 1 },
  );
  assert.ok(found.long.best > 15_000);
  assert.ok(ratio(found.short, found.long) < 1);
});

test("a ratio is taken within each round, so that a slow moment of both does not count", () => {
  assert.equal(ratio(timesOf([10, 1000, 20]), timesOf([5, 500, 10])), 2);
});

test("the median of an odd and of an even number of numbers", () => {
  assert.equal(median([9, 1, 5]), 5);
  assert.equal(median([10, 1, 2, 3]), 2.5);
});

test("there is a legal sample and one with mistakes of each size, and a draft that says the same", () => {
  const all = samples();
  assert.deepEqual(
    [...new Set(all.map(({ size }) => size))],
    ["100 B", "1 KB", "4 KB", "40 KB", "40 KB of long texts"],
  );
  for (const { size, legal, text, value, mistakes } of all) {
    assert.equal(text, JSON.stringify(value));
    assert.equal(mistakes.length === 0, legal);
    const { to, template, text: words } = draft(size);
    assert.equal(to, value.recipient.id);
    assert.ok(template !== undefined || words !== undefined);
  }
  assert.notEqual(
    sample("4 KB").value,
    sample("4 KB").value,
    "each has an object of its own, which can be changed",
  );
});

test("the variants of a message mean the same, or the same in another script", () => {
  const { value } = sample("4 KB");
  const parsed = Object.fromEntries(variants().map(({ name, text }) => [name, JSON.parse(text)]));
  for (const name of [
    "as it is",
    "indented by two",
    "with escaped slashes, as PHP writes it",
    "members in reverse order",
  ]) {
    assert.deepEqual(parsed[name], value, name);
  }
  assert.deepEqual(parsed["in other scripts, escaped"], parsed["in other scripts"]);
  assert.notDeepEqual(parsed["in other scripts"], value);
});
