// Compares functions on a busy machine: all in turns over many rounds, so that a slow moment
// affects all of them; ratios are computed within a round. Uses nothing of Node, since it runs in
// browsers as well.

/** One turn of a function: long enough for a coarse clock. */
const TURN_MS = 3;
const WARM_UP_MS = 150;

let sink;

/**
 * @typedef {{ median: number, best: number, rounds: number[] }} Times microseconds a call
 * @param {Record<string, () => unknown>} functions by name
 * @param {{ rounds?: number, turnMs?: number, warmUpMs?: number }} [options]
 * @returns {Record<string, Times>}
 */
export function interleave(
  functions,
  { rounds = 30, turnMs = TURN_MS, warmUpMs = WARM_UP_MS } = {},
) {
  const all = Object.entries(functions).map(([name, call]) => ({
    name,
    call,
    turns: [],
    calls: callsOf(call, turnMs, warmUpMs),
  }));
  for (let round = 0; round < rounds; round += 1) {
    // Each round starts with another one, since the first may have a colder cache.
    for (const one of rotated(all, round)) {
      one.turns.push(turn(one.call, one.calls));
    }
  }
  return Object.fromEntries(all.map(({ name, turns }) => [name, timesOf(turns)]));
}

/**
 * The same for functions that return promises: one call per turn, since they wait for something
 * outside.
 */
export async function interleaveAsync(functions, { rounds = 200, warmUps = 30 } = {}) {
  const all = Object.entries(functions).map(([name, call]) => ({ name, call, turns: [] }));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { call, turns } of rotated(all, Math.abs(round))) {
      const began = performance.now();
      sink = await call();
      const ms = performance.now() - began;
      if (round >= 0) {
        turns.push(ms * 1000);
      }
    }
  }
  return Object.fromEntries(all.map(({ name, turns }) => [name, timesOf(turns)]));
}

/** The time of the first relative to the second: the median of the rounds. */
export function ratio(times, others) {
  return median(times.rounds.map((time, round) => time / others.rounds[round]));
}

/** Below it is half of the numbers, above it the other half. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Times of turns as they are reported. */
export function timesOf(rounds) {
  return { median: median(rounds), best: Math.min(...rounds), rounds };
}

export function rotated(list, by) {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

/** Runs a function until it is compiled, and returns how often it can be called in a turn. */
function callsOf(call, turnMs, warmUpMs) {
  const began = performance.now();
  let calls = 0;
  let spent = 0;
  while (spent < warmUpMs) {
    sink = call();
    calls += 1;
    spent = performance.now() - began;
  }
  // Measured anew: the first of those calls were not compiled yet.
  const fast = turn(call, Math.max(1, Math.round(calls / 2))) / 1000;
  return Math.max(1, Math.round(turnMs / fast));
}

/** Microseconds a call. */
function turn(call, calls) {
  const began = performance.now();
  for (let left = calls; left > 0; left -= 1) {
    sink = call();
  }
  return ((performance.now() - began) * 1000) / calls;
}

/** The last result, so that no compiler can eliminate the computation. */
export const last = () => sink;
