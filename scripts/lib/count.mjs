// Extracts test counts from the output of the runners and interprets them. Pure functions, so that
// every rule is tested: a runner that crashed, ran nothing or skipped something never looks like a
// success.
import { resolve } from "node:path";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The counts of `cargo test` and the wasm-bindgen runner: one "test result:" line for each binary.
 * @returns {Counts}
 */
export function cargoCounts(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escape sequences begin with one
  const plain = output.replace(/\x1b\[[0-9;]*m/g, "");
  const lines = plain.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;/gm);
  return sum(
    [...lines].map(([, passed, failed, skipped]) => ({
      passed: +passed,
      failed: +failed,
      skipped: +skipped,
    })),
  );
}

/**
 * The counts of Node's test runner, from its TAP report.
 * @param {string} tap
 * @param {string[]} [files] the absolute paths of the files that were run
 * @param {string} [cwd] where they were run: newer Nodes report paths relative to it
 * @returns {Counts & { empty: string[] }} empty: files in which no test ran; Node counts each as a test that passed
 */
export function tapCounts(tap, files = [], cwd = process.cwd()) {
  // A test may print such a line too; those of the runner come last.
  const last = (name) =>
    Number([...tap.matchAll(new RegExp(`^# ${name} (\\d+)$`, "gm"))].at(-1)?.[1] ?? 0);
  const empty = [...tap.matchAll(/^ok \d+ - (.+)$/gm)]
    .map(([, name]) => name)
    .filter((name) => files.includes(resolve(cwd, name)));
  return {
    passed: last("pass") - empty.length,
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
    empty,
  };
}

/**
 * The result of a layer.
 * @param {{ code: number, timedOut?: boolean }} run how its process ended
 * @param {Counts & { empty?: string[] }} counts what its output says
 * @returns {{ passed: number, failed: number, notes: string[] }}
 */
export function judge({ code, timedOut = false }, { passed, failed, skipped, empty = [] }) {
  const notes = [];
  let missed = failed;
  if (skipped > 0) {
    notes.push(`${skipped} skipped or to do, counted as failed`);
    missed += skipped;
  }
  if (empty.length > 0) {
    notes.push(`no test ran in ${empty.join(", ")}, counted as failed`);
    missed += empty.length;
  }
  if (timedOut) {
    notes.push("took too long and was ended, counted as failed");
    missed += 1;
  } else if (code !== 0 && missed === 0) {
    notes.push(`ended with exit code ${code} without a failed test, counted as failed`);
    missed += 1;
  } else if (passed + missed === 0) {
    notes.push("ran no test, counted as failed");
    missed += 1;
  }
  return { passed, failed: missed, notes };
}

/**
 * Adds up counts.
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const one of all) {
    for (const name of Object.keys(total)) {
      total[name] += one[name] ?? 0;
    }
  }
  return total;
}

/** The closing line of a test run, and its exit code. */
export function closing(results) {
  const { passed, failed } = sum(results);
  return {
    line: `${passed} passed, ${failed} failed`,
    exitCode: failed > 0 || passed === 0 ? 1 : 0,
  };
}
