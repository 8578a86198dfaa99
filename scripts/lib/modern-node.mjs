// A Node for current wrangler and miniflare, with built-in SQLite and TypeScript: the running one if it is new enough, else one from npm.
import { existsSync } from "node:fs";
import { at } from "./root.mjs";
import { Stop } from "./run.mjs";

const OLDEST = [22, 18];

/** @returns {string} the path of its executable */
export function modernNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) {
    return process.execPath;
  }
  const other = at("node_modules", "node24", "bin", "node");
  if (!existsSync(other)) {
    throw new Stop(
      `This needs Node ${OLDEST.join(".")} or later; ${process.version} runs, and npm has none for this machine.`,
    );
  }
  return other;
}
