// Measures whole Node processes, in turns.
import { spawnSync } from "node:child_process";
import { rotated, timesOf } from "./interleave.mjs";

/**
 * @param {Record<string, string>} programs their files, by name
 * @param {{ cwd: string, rounds: number, warmUps?: number }} options warmUps: the first rounds read the disk, and are not counted
 * @returns {Record<string, import("./interleave.mjs").Times>} milliseconds
 */
export function processTimes(programs, { cwd, rounds, warmUps = 2 }) {
  const all = Object.entries(programs).map(([name, file]) => ({ name, file, turns: [] }));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const { name, file, turns } of rotated(all, Math.abs(round))) {
      const began = performance.now();
      const { status } = spawnSync(process.execPath, [file], {
        cwd,
        stdio: "ignore",
        env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: "" },
      });
      const ms = performance.now() - began;
      if (status !== 0) {
        throw new Error(`the process "${name}" failed`);
      }
      if (round >= 0) {
        turns.push(ms);
      }
    }
  }
  return Object.fromEntries(all.map(({ name, turns }) => [name, timesOf(turns)]));
}
