// Cloudflare Workers' runtime: the checks, timed from outside, and how long a Worker takes to its first answer.
import { copyFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { serveWorker } from "../../tests/package/lib/workerd.mjs";
import { checksOfObject, checksOfText } from "../contenders.mjs";
import { bundleFile, workshop } from "../lib/bundle.mjs";
import { median, ratio, rotated, timesOf } from "../lib/interleave.mjs";
import { digits, table, times } from "../lib/markdown.mjs";
import { samples } from "../payloads.mjs";
import { objectTable, textTable } from "./validation-tables.mjs";

const WASM = "bindings_bg.wasm";
/** Long beside a request's own time. */
const TURN_MS = 20;
const WARM_UP_MS = 60;
const ROUNDS = 5;
const STARTS = 15;

export const title = "Validation in workerd";

export async function measure({ packageFile, graph }) {
  const rows = await checks(packageFile, graph);
  const starts = await firstAnswers(packageFile, graph);
  return {
    text: [
      "Timed from outside, since a Worker's clock stands still while it computes. ajv and typebox make code from text, which Workers forbid.",
      textTable(rows),
      objectTable(rows),
      "From the start of the process to the first answer of a Worker, in turns:",
      starts,
    ].join("\n\n"),
    aims: [],
  };
}

/** The rows of `measureValidation`, of requests to a Worker. */
async function checks(packageFile, graph) {
  const entry = fileURLToPath(new URL("../pages/worker.js", import.meta.url));
  const bundle = await bundleFile(entry, { alias: { "messenger-send": packageFile("workerd.js") }, conditions: ["workerd", "worker", "browser"] });
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
      const names = { text: Object.keys(checksOfText({}, { zod: {}, valibot: {} }, sample)), object: Object.keys(checksOfObject({}, { zod: {}, valibot: {} }, sample)) };
      const row = { size: sample.size, legal: sample.legal, bytes: sample.bytes.length };
      for (const [kind, all] of Object.entries(names)) {
        row[kind] = await inTurns(all, (name, calls) => ask({ kind, sample: index, name, calls }));
      }
      rows.push(row);
    }
    return rows;
  } finally {
    await worker.stop();
  }
}

/** As `interleave`, of functions that are somewhere else: `run(name, calls)` says how many milliseconds they took. */
async function inTurns(names, run) {
  const empty = [];
  const all = [];
  for (const name of names) {
    let calls = 16;
    let ms = await run(name, calls);
    for (let spent = ms; spent < WARM_UP_MS || ms < TURN_MS / 4; spent += ms) {
      calls *= ms < TURN_MS / 2 ? 2 : 1;
      ms = await run(name, calls);
    }
    all.push({ name, calls: Math.max(1, Math.round((calls * TURN_MS) / ms)), turns: [] });
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    empty.push(await run(names[0], 0));
    for (const one of rotated(all, round)) {
      one.turns.push((await run(one.name, one.calls)) / one.calls);
    }
  }
  const idle = median(empty);
  return Object.fromEntries(all.map(({ name, calls, turns }) => [name, timesOf(turns.map((ms) => (ms - idle / calls) * 1000))]));
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
    const bundle = await bundleFile(written(text), { alias: { "messenger-send": packageFile("workerd.js") }, conditions: ["workerd", "worker", "browser"], minify: true });
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
    Object.entries(found).map(([name, time]) => [name, digits(time.median), digits(time.best), times(ratio(time, found["no package"]))]),
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
  return serveWorker(folder, modules, {}, graph.url);
}
