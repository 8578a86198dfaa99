// Random faults, the same for the same seed: for tests that compare what arrived with what was
// reported.
import * as step from "./steps.mjs";

/** Each is a step, and how often it comes among the faults. Those of one answer can befall an item of a batch as well. */
const OF_ANSWERS = [
  [6, () => step.error({ code: 2 })],
  [4, () => step.error({ code: 1200, is_transient: true })],
  [3, () => step.error({ code: 551, subcode: 1545041 })],
  [3, () => step.error({ code: 100, subcode: 2018001 })],
  [2, () => step.okWithError({ code: 10, subcode: 2018278 })],
  [3, () => step.empty(200, { accept: true })],
  [3, () => step.html(502, { accept: true })],
  [3, () => step.halfJson()],
  [2, () => step.array({ accept: true })],
];
const OF_CONNECTIONS = [
  [3, () => step.resetBefore()],
  [3, () => step.acceptThenReset()],
  [2, () => step.resetInside()],
  [1, () => step.stall()],
];

/**
 * A script's standing function.
 * @param {{ seed?: number, share?: number }} [options] `share` of the messages meet a fault, from 0 to 1
 */
export function randomFaults({ seed = 1, share = 0.1 } = {}) {
  const random = generator(seed);
  const faulty = () => random() < share;
  return ({ params: { batch } }) => {
    if (!Array.isArray(batch)) {
      return faulty() ? pick(random, [...OF_ANSWERS, ...OF_CONNECTIONS]) : step.ok();
    }
    return faulty()
      ? pick(random, OF_CONNECTIONS)
      : step.batch(...batch.map(() => (faulty() ? itemFault(random) : step.ok())));
  };
}

function itemFault(random) {
  const chance = random();
  if (chance < 0.1) {
    return null;
  }
  // Carried out, but without a response.
  return chance < 0.2 ? step.silence() : pick(random, OF_ANSWERS);
}

function pick(random, weighted) {
  let left = random() * weighted.reduce((sum, [weight]) => sum + weight, 0);
  const [, make] = weighted.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  return make();
}

/**
 * A reproducible random generator, from 0 to 1:
 * https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32
 */
export function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
