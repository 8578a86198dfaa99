// The sender of a Page in 10,000 histories, each drawn from a seed: `EDGE_SEED=n node --test tests/edge/model.test.mjs` replays one.
// It runs the very code that the Durable Object runs, on a virtual clock and a SQLite database in memory.
import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

const HISTORIES = 10_000;
const THREADS = Math.min(4, availableParallelism());
const only = process.env.EDGE_SEED === undefined ? undefined : Number(process.env.EDGE_SEED);

test("each message ends in one true state, none twice, none lost, in order, below the rate", async () => {
  const parts =
    only === undefined
      ? await Promise.all(
          Array.from({ length: THREADS }, (_, first) =>
            play({ first, step: THREADS, end: HISTORIES }),
          ),
        )
      : [await play({ first: only, step: 1, end: only + 1 })];
  const statuses = {};
  let histories = 0;
  let evictions = 0;
  for (const part of parts) {
    const { seed, problems = [] } = part.failed ?? {};
    assert.deepEqual(problems, [], `EDGE_SEED=${seed} replays it`);
    histories += part.histories;
    evictions += part.evictions;
    for (const [status, count] of Object.entries(part.statuses)) {
      statuses[status] = (statuses[status] ?? 0) + count;
    }
  }
  console.log(JSON.stringify({ histories, evictions, statuses }));
  if (only === undefined) {
    assert.equal(histories, HISTORIES);
    // A world in which nothing happens would prove nothing.
    assert.ok(evictions > HISTORIES / 10);
    assert.deepEqual(Object.keys(statuses).sort(), [
      "dead",
      "delivered",
      "probably_not_delivered",
      "refused",
      "sent",
      "unknown",
    ]);
  }
});

function play(workerData) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("model/worker.mjs", import.meta.url), { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
