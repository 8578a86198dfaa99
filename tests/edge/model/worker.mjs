// Plays every nth history in a thread of its own, and tells what it saw, or the first that fails.
import { parentPort, workerData } from "node:worker_threads";
import * as sender from "../../../examples/cloudflare-worker/src/sender/page-sender.ts";
import { playHistory } from "./history.mjs";

const { first, step, end } = workerData;
const seen = { histories: 0, messages: 0, arrivals: 0, evictions: 0, statuses: {} };
let failed;
for (let seed = first; seed < end && failed === undefined; seed += step) {
  const { problems, statuses, ...counts } = await playHistory(seed, sender);
  if (problems.length > 0) {
    failed = { seed, problems };
  }
  seen.histories += 1;
  for (const [name, count] of Object.entries(counts)) {
    seen[name] += count;
  }
  for (const status of statuses) {
    seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
  }
}
parentPort.postMessage({ ...seen, failed });
