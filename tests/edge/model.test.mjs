// The sender of a Page in 10,000 histories, each drawn from a seed: `EDGE_SEED=n node --test tests/edge/model.test.mjs` replays one.
// It runs the very code that the Durable Object runs, on a virtual clock and a SQLite database in memory.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as sender from "../../examples/cloudflare-worker/src/sender/page-sender.ts";
import { playHistory } from "./model/history.mjs";

const HISTORIES = 10_000;
const only = process.env.EDGE_SEED;
const seeds =
  only === undefined ? Array.from({ length: HISTORIES }, (_, seed) => seed) : [Number(only)];

test(`${seeds.length} histories: each message ends in one true state, none twice, none lost, in order, below the rate`, async () => {
  const seen = { messages: 0, arrivals: 0, evictions: 0 };
  const statuses = {};
  for (const seed of seeds) {
    const told = await playHistory(seed, sender);
    assert.deepEqual(told.problems, [], `EDGE_SEED=${seed} replays it`);
    Object.keys(seen).forEach((name) => {
      seen[name] += told[name];
    });
    told.statuses.forEach((status) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
    });
  }
  console.log(JSON.stringify({ histories: seeds.length, ...seen, statuses }));
  if (only === undefined) {
    // A world in which nothing happens would prove nothing.
    assert.deepEqual(Object.keys(statuses).sort(), [
      "dead",
      "delivered",
      "probably_not_delivered",
      "refused",
      "sent",
      "unknown",
    ]);
    assert.ok(seen.evictions > HISTORIES / 10);
  }
});
