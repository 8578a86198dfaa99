// Runs layers of tests one after the other. A layer that fails, or cannot even run, does not stop the next.
import { closing } from "./count.mjs";
import { Stop } from "./run.mjs";

/**
 * @typedef {{ passed: number, failed: number, notes?: string[] }} Result
 * @typedef {{ name: string, needs?: string, optIn?: boolean, run: () => Promise<Result> }} Layer
 *   needs: the layer that must succeed first; optIn: runs only if it is named, since it takes minutes
 */

/** The named layers (by default all but the slow ones) and those that they need, in their order. */
export function choose(layers, only) {
  if (only === undefined) {
    return layers.filter(({ optIn }) => !optIn);
  }
  const names = new Set(only.split(",").map((name) => name.trim()));
  const known = layers.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) {
      throw new Stop(`There is no layer "${name}". The layers are ${known.join(", ")}.`);
    }
  }
  // In reverse, since a layer comes after the one that it needs.
  for (const { name, needs } of layers.toReversed()) {
    if (names.has(name) && needs !== undefined) {
      names.add(needs);
    }
  }
  return layers.filter(({ name }) => names.has(name));
}

/**
 * Runs them and prints each one's counts and time, and a table at the end; the very last line is the sum.
 * @param {Layer[]} layers
 * @param {(text: string) => void} [print]
 * @returns {Promise<number>} the exit code
 */
export async function runLayers(layers, print = console.log) {
  const results = [];
  const broken = new Set();
  for (const layer of layers) {
    print(`\n=== ${layer.name}`);
    const began = performance.now();
    const result = broken.has(layer.needs)
      ? { passed: 0, failed: 1, notes: [`not run, since ${layer.needs} failed`] }
      : await attempt(layer);
    if (result.failed > 0) {
      broken.add(layer.name);
    }
    const row = { ...result, name: layer.name, seconds: (performance.now() - began) / 1000 };
    results.push(row);
    print(describe(row));
  }
  print("\n=== all layers");
  for (const row of results) print(describe(row));
  const { line, exitCode } = closing(results);
  print(`\n${line}`);
  return exitCode;
}

async function attempt(layer) {
  try {
    return await layer.run();
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      notes: [error instanceof Stop ? error.message : `crashed: ${error?.stack ?? error}`],
    };
  }
}

function describe({ name, passed, failed, seconds, notes = [] }) {
  const counts = `${name}: ${passed} ok, ${failed} not ok, ${seconds.toFixed(1)} s`;
  return [counts, ...notes.map((note) => `  ${note}`)].join("\n");
}
