// Takes the figures that the budgets are about. What they may be stands in scripts/lib/budgets.mjs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { interleave, interleaveAsync } from "../../bench/lib/interleave.mjs";
import { growth } from "../../bench/lib/memory.mjs";
import { processTimes } from "../../bench/lib/processes.mjs";
import { draft, sample } from "../../bench/payloads.mjs";

/** On a machine that does other things too, the quickest of many short turns tells most: nothing makes code faster than it is. */
const TURNS = { rounds: 60, turnMs: 1.5, warmUpMs: 100 };
const TRIES = 6;
const CHECKS = 200_000;
const AFTER_OUTLIER = 20_000;

/**
 * How many times as long a call takes as `JSON.parse` of the same text: the best turn of both. While the figure is above the ceiling
 * it tries again, and keeps the best turns of all tries, so that a busy moment does not fail and slow code does.
 * @param {object} api the package
 * @param {{ call: string, size: string, ceiling: number }} budget
 * @returns {number}
 */
export function speed(api, { call, size, ceiling }, { tries = TRIES, turns = TURNS } = {}) {
  const contenders = { ours: callOf(api, call, size), parse: callOf(api, "JSON.parse", size) };
  const best = { ours: Infinity, parse: Infinity };
  let figure;
  for (let left = tries; left > 0; left -= 1) {
    const times = interleave(contenders, turns);
    for (const name of Object.keys(best)) {
      best[name] = Math.min(best[name], times[name].best);
    }
    figure = best.ours / best.parse;
    if (figure <= ceiling) {
      return figure;
    }
  }
  return figure;
}

function callOf(api, call, size) {
  const { bytes, text, value } = sample(size);
  const short = draft(size);
  const calls = {
    "validateJson(bytes)": () => api.validateJson(bytes),
    "validate(object)": () => api.validate(value),
    buildMessage: () => api.buildMessage(short),
    "JSON.parse": () => JSON.parse(text),
  };
  if (calls[call] === undefined) {
    throw new Error(`there is no call ${call}, only ${Object.keys(calls).join(", ")}`);
  }
  return calls[call];
}

/**
 * How many times as large the module's memory is after many checks as after the first thousand, and after an outlier of 1 MB and more
 * checks as right after it. `own` is the memory of the instance on which `api` runs.
 */
export function memory(api, own, { checks = CHECKS, afterOutlier = AFTER_OUTLIER } = {}) {
  const { first, after, outlier, afterOutlier: last } = growth(api, own, checks, afterOutlier);
  return { "many checks": after / first, "an outlier": last / outlier };
}

/**
 * How many times as long sending takes as bare `fetch` of the same body: the quickest of many, tried again as `speed` does.
 * @param {Record<"ours" | "bare", () => Promise<unknown>>} senders
 */
export async function sending(senders, { ceiling, tries = TRIES, rounds = 250 }) {
  const best = { ours: Infinity, bare: Infinity };
  for (let left = tries; left > 0; left -= 1) {
    const times = await interleaveAsync(senders, { rounds });
    for (const name of Object.keys(best)) {
      best[name] = Math.min(best[name], times[name].best);
    }
    if (best.ours / best.bare <= ceiling) {
      break;
    }
  }
  return best.ours / best.bare;
}

/**
 * How many times as long a Node process takes that runs a program as one that does nothing: the quickest of many. It tries again while
 * the figure is above the ceiling, as `speed` does.
 * @param {string} folder where the programs are written
 * @param {string} program its text
 */
export function coldStart(folder, program, { ceiling, tries = TRIES, rounds = 8 }) {
  const programs = { nothing: join(folder, "nothing.mjs"), ours: join(folder, "ours.mjs") };
  writeFileSync(programs.nothing, "");
  writeFileSync(programs.ours, program);
  const best = { nothing: Infinity, ours: Infinity };
  for (let left = tries; left > 0; left -= 1) {
    const times = processTimes(programs, { cwd: folder, rounds, warmUps: 1 });
    for (const name of Object.keys(best)) {
      best[name] = Math.min(best[name], times[name].best);
    }
    if (best.ours / best.nothing <= ceiling) {
      break;
    }
  }
  return best.ours / best.nothing;
}
