// The runtime of Cloudflare Workers: validation and `send`, timed from outside, and the time to a
// Worker's first response.
import { copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveWorker } from "../../tests/package/lib/workerd.mjs";
import { checksOfObject, checksOfText } from "../contenders.mjs";
import { bundleFile, workshop } from "../lib/bundle.mjs";
import { ratio, rotated, timesOf } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { samples } from "../payloads.mjs";
import { objectTable, textAims, textTable } from "./validation-tables.mjs";

const WASM = "bindings_bg.wasm";
/** Long compared to the time of a request. */
const TURN_MS = 20;
const WARM_UP_MS = 60;
const ROUNDS = 5;
/** A send waits for others, so more turns of it are taken. */
const SEND_ROUNDS = 25;
const SIZES = ["100 B", "4 KB"];
const REQUESTS = 20;
const STARTS = 15;

export const title = "Validation and sending in workerd";

export async function measure({ packageFile, graph }) {
  const { rows, sends } = await inWorker(packageFile, graph);
  const starts = await firstAnswers(packageFile, graph);
  return {
    text: [
      "Timed from outside, since a Worker's clock does not advance while it computes. ajv and typebox generate code at run time, which Workers forbid.",
      textTable(rows),
      objectTable(rows),
      table(
        ["us a message, one after the other", "send", "of fetch, same body"],
        sends.map(({ size, times: { ours, bare } }) => [
          size,
          digits(ours.median),
          `**${times(ratio(ours, bare))}**`,
        ]),
      ),
      "The time from the start of the process to the first response of a Worker, measured in turns:",
      starts,
    ].join("\n\n"),
    aims: [
      ...textAims(rows, "workerd"),
      ...sends.map(({ size, times: { ours, bare } }) => ({
        what: `\`send\`, ${size}, of bare \`fetch\` with the same body, in workerd`,
        most: 1.25,
        is: ratio(ours, bare),
      })),
    ],
  };
}

/** The rows of `measureValidation`, of requests to a Worker, and its sends to the local Graph. */
async function inWorker(packageFile, graph) {
  const entry = fileURLToPath(new URL("../pages/worker.js", import.meta.url));
  const bundle = await bundleFile(entry, {
    alias: { "messenger-send": packageFile("workerd.js") },
    conditions: ["workerd", "worker", "browser"],
  });
  const worker = await serveBundle(bundle, packageFile, graph);
  const ask = async (asked) => {
    const began = performance.now();
    const response = await fetch(`${worker.url}?${new URLSearchParams(asked)}`);
    const answer = await response.text();
    if (!response.ok) {
      throw new Error(`the Worker failed: ${answer}`);
    }
    return performance.now() - began;
  };
  try {
    const rows = [];
    for (const [index, sample] of samples().entries()) {
      const names = {
        text: Object.keys(checksOfText({}, { zod: {}, valibot: {} }, sample)),
        object: Object.keys(checksOfObject({}, { zod: {}, valibot: {} }, sample)),
      };
      const row = { size: sample.size, legal: sample.legal, bytes: sample.bytes.length };
      for (const [kind, all] of Object.entries(names)) {
        row[kind] = await inTurns(all, (name, calls) => ask({ kind, sample: index, name, calls }));
      }
      rows.push(row);
    }
    const sends = [];
    for (const size of SIZES) {
      const run = (name, calls) => ask({ kind: "send", sample: size, name, calls });
      sends.push({ size, times: await inTurns(["ours", "bare"], run, SEND_ROUNDS) });
    }
    return { rows, sends };
  } finally {
    await worker.stop();
  }
}

/** As `interleave`, of functions that are somewhere else: `run(name, calls)` says how many milliseconds they took. */
async function inTurns(names, run, rounds = ROUNDS) {
  const idle = await quickest(() => run(names[0], 0));
  const all = [];
  for (const name of names) {
    all.push({ name, calls: await callsOf((calls) => run(name, calls), idle), turns: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, calls, turns } of rotated(all, round)) {
      turns.push((((await run(name, calls)) - idle) / calls) * 1000);
    }
  }
  return Object.fromEntries(all.map(({ name, turns }) => [name, timesOf(turns)]));
}

/** What a request costs in which nothing is computed. */
async function quickest(request) {
  const found = [];
  for (let n = 0; n < REQUESTS; n += 1) {
    found.push(await request());
  }
  return Math.min(...found);
}

/** Calls until the code is compiled, and says how many calls fill a turn. */
async function callsOf(run, idle) {
  let calls = 16;
  for (let spent = 0; ; ) {
    // The better of two: a request that was held up looks like many calls.
    const ms = Math.min(await run(calls), await run(calls)) - idle;
    spent += ms;
    if (ms >= TURN_MS / 2 && spent >= WARM_UP_MS) {
      return Math.max(1, Math.round((calls * TURN_MS) / ms));
    }
    calls *= ms < TURN_MS ? 2 : 1;
  }
}

async function firstAnswers(packageFile, graph) {
  const workers = {
    "no package": "export default { fetch: () => new Response('ok') };",
    "messenger-send, one check": `
      import { validateJson } from "messenger-send";
      export default { fetch: () => new Response(String(validateJson('{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"x"}}').valid)) };`,
  };
  const all = [];
  for (const [name, text] of Object.entries(workers)) {
    const bundle = await bundleFile(written(text), {
      alias: { "messenger-send": packageFile("workerd.js") },
      conditions: ["workerd", "worker", "browser"],
      minify: true,
    });
    all.push({ name, bundle, turns: [] });
  }
  for (let round = -1; round < STARTS; round += 1) {
    for (const { bundle, turns } of rotated(all, Math.abs(round))) {
      const began = performance.now();
      const worker = await serveBundle(bundle, packageFile, graph);
      await (await fetch(worker.url)).text();
      // The first one reads the disk.
      if (round >= 0) {
        turns.push(performance.now() - began);
      }
      await worker.stop();
    }
  }
  const found = Object.fromEntries(all.map(({ name, turns }) => [name, timesOf(turns)]));
  return table(
    ["Worker", "ms, median", "ms, best", "of the Worker without"],
    Object.entries(found).map(([name, time]) => [
      name,
      digits(time.median),
      digits(time.best),
      times(ratio(time, found["no package"])),
    ]),
  );
}

/** A file with a text in it, where a bundler can find it. */
function written(text) {
  const file = join(workshop(), "worker.mjs");
  writeFileSync(file, text);
  return file;
}

async function serveBundle(bundle, packageFile, graph) {
  const folder = dirname(bundle);
  copyFileSync(packageFile(WASM), join(folder, WASM));
  const modules = [
    ["worker.mjs", "esModule", "bundle.mjs"],
    [WASM, "wasm", WASM],
  ];
  return serveWorker(folder, modules, { GRAPH_URL: graph.url, TOKEN: graph.token }, graph.url);
}
