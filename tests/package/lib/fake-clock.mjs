// A fake clock that replaces the runtime's: hours pass in a moment, and nothing is late on a busy
// machine.

/**
 * Replaces `performance.now`, `setTimeout` and `clearTimeout` for one test.
 * @param {import("node:test").TestContext} t
 * @returns {{ now: () => number, left: () => number, sleep: (ms: number) => Promise<void>, run: (work: Promise) => Promise }}
 *   `run` lets time pass until the work is done, `left` is how many timers are
 */
export function fakeClock(t) {
  // As the clock of Workers counts: from 1970.
  const start = Date.UTC(2026, 10, 25);
  let now = start;
  let last = 0;
  const timers = new Map();
  const setTimer = (act, ms = 0) => {
    last += 1;
    timers.set(last, { at: now + Math.max(1, ms), act });
    return last;
  };
  t.mock.method(performance, "now", () => now);
  t.mock.method(globalThis, "setTimeout", setTimer);
  t.mock.method(globalThis, "clearTimeout", (timer) => timers.delete(timer));

  return {
    now: () => now - start,
    left: () => timers.size,
    sleep: (ms) => new Promise((resolve) => setTimer(resolve, ms)),
    async run(work) {
      let isDone = false;
      const outcome = work.finally(() => (isDone = true));
      // Its end is awaited below.
      outcome.catch(() => {});
      for (;;) {
        await quiet();
        if (isDone) {
          return outcome;
        }
        const next = [...timers].reduce(
          (first, timer) => (timer[1].at < first[1].at ? timer : first),
          [0, { at: Infinity }],
        );
        if (next[1].at === Infinity) {
          throw new Error("nothing is left to happen, and the work is not done");
        }
        timers.delete(next[0]);
        now = next[1].at;
        next[1].act();
      }
    },
  };
}

/** Until promises, and what the runtime does on their behalf, have come to rest. */
async function quiet() {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
