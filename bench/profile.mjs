#!/usr/bin/env node
// Where the time goes inside the module, function by function: `node bench/profile.mjs [--size "4 KB"] [--call bytes|string|object|build|send] [--issues] [--seconds 3]`.
// `send` talks to a `fetch` that answers at once. It runs a build with names (the published module has none) under V8's sampling profiler. Run `npm run build` first.
// What was inlined counts as the function that it went into.
import { rmSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { main, Stop } from "../scripts/lib/run.mjs";
import { useLocalTools } from "../scripts/lib/setup.mjs";
import { readableName } from "./lib/attribution.mjs";
import { namedPackage } from "./lib/named.mjs";
import { draft, sample } from "./payloads.mjs";

const WARM_UP_MS = 500;
const SAMPLE_EVERY_US = 100;
const SHOWN = 25;

await main(async () => {
  const { values } = parseArgs({
    options: {
      size: { type: "string", default: "4 KB" },
      call: { type: "string", default: "bytes" },
      issues: { type: "boolean", default: false },
      seconds: { type: "string", default: "3" },
    },
  });
  useLocalTools();
  const folder = await namedPackage();
  try {
    const api = await import(pathToFileURL(join(folder, "node.js")).href);
    const call = callOf(api, values);
    await repeat(call, WARM_UP_MS);
    const { profile, calls, ms } = await profiled(call, Number(values.seconds) * 1000);
    print(
      profile,
      `${values.call}, ${values.size}, ${values.issues ? "with issues" : "legal"}: ${((ms / calls) * 1000).toFixed(2)} us a call under the profiler`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function callOf(api, { size, call, issues }) {
  const { bytes, text, value } = sample(size, !issues);
  const short = call === "build" ? draft(size) : undefined;
  const options = {
    accessToken: "EAABprofile",
    fetch: async () => new Response('{"recipient_id":"1","message_id":"m_1"}'),
  };
  const calls = {
    bytes: () => api.validateJson(bytes),
    string: () => api.validateJson(text),
    object: () => api.validate(value),
    build: () => api.buildMessage(short),
    send: () => api.send(value, options),
  };
  if (calls[call] === undefined) {
    throw new Stop(`There is no call "${call}"; there are ${Object.keys(calls).join(", ")}.`);
  }
  return calls[call];
}

/** Calls until the time is over; the clock is asked only now and then. */
async function repeat(call, ms) {
  const began = performance.now();
  let calls = 0;
  while (performance.now() - began < ms) {
    for (let n = 0; n < 100; n += 1) {
      const result = call();
      // Only what is a promise is waited for: waiting would show in the profile of the others.
      if (result instanceof Promise) {
        await result;
      }
    }
    calls += 100;
  }
  return { calls, ms: performance.now() - began };
}

async function profiled(call, ms) {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: SAMPLE_EVERY_US });
  await session.post("Profiler.start");
  const done = await repeat(call, ms);
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  return { profile, ...done };
}

function print({ nodes, samples, timeDeltas }, title) {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const self = new Map();
  for (const [index, id] of samples.entries()) {
    self.set(names.get(id), (self.get(names.get(id)) ?? 0) + timeDeltas[index]);
  }
  const all = [...self.values()].reduce((sum, one) => sum + one, 0);
  console.log(title);
  for (const [name, time] of [...self].sort(([, a], [, b]) => b - a).slice(0, SHOWN)) {
    console.log(`${((100 * time) / all).toFixed(1).padStart(6)} %  ${name}`);
  }
}

function nameOf({ functionName, url, lineNumber }) {
  if (url.startsWith("wasm:")) {
    return readableName(functionName);
  }
  return `${functionName || "(anonymous)"}  [${url === "" ? "V8" : `${basename(url)}:${lineNumber + 1}`}]`;
}
