// What a process of another version of Node runs: `node sending.mjs PACKAGE GRAPH TOKEN`. Prints the
// ratios of `send` and the package's own time as JSON.
import { interleaveAsync, ratio } from "../lib/interleave.mjs";
import { ownTimes } from "../lib/own-time.mjs";
import { sample } from "../payloads.mjs";
import { senders } from "../senders.mjs";

const [file, url, token] = process.argv.slice(2);
const api = await import(file);
const rows = [];
for (const size of ["100 B", "4 KB"]) {
  const both = await senders(api, { url, token }, sample(size).value);
  const times = await interleaveAsync(both, { rounds: 800, warmUps: 100 });
  rows.push({ size, us: times.ours.median, ratio: ratio(times.ours, times.bare) });
}
console.log(JSON.stringify({ rows, own: await ownTimes(api) }));
