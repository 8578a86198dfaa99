// Installs the packages of a lock file into a folder below .tools, once, so that the packages of
// third-party tests stay out of the repository.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "./root.mjs";
import { must, npm } from "./run.mjs";

const FILES = ["package.json", "package-lock.json"];
const DONE = ".installed";

/**
 * @param {string} source a folder with package.json and package-lock.json
 * @param {string} name of the folder below .tools
 * @param {{ scripts?: boolean }} [options] whether the packages' own install scripts run
 * @returns {Promise<string>} the folder, whose node_modules match the lock file
 */
export async function installLocked(source, name, { scripts = false } = {}) {
  const folder = at(".tools", name);
  const wanted = FILES.map((file) => readFileSync(join(source, file), "utf8")).join("\n");
  const done = join(folder, DONE);
  if (existsSync(done) && readFileSync(done, "utf8") === wanted) {
    return folder;
  }
  mkdirSync(folder, { recursive: true });
  rmSync(done, { force: true });
  for (const file of FILES) cpSync(join(source, file), join(folder, file));
  const [command, args] = npm([
    "ci",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    ...(scripts ? [] : ["--ignore-scripts"]),
  ]);
  await must(
    `npm could not install ${join(source, "package-lock.json")}: see its message above.`,
    command,
    args,
    { cwd: folder, quiet: true, timeoutMs: 10 * 60 * 1000, env: withoutNpm() },
  );
  writeFileSync(done, wanted);
  return folder;
}

/** Under `npm test`, the variables of that npm would direct this one to the repository. */
export function withoutNpm() {
  return Object.fromEntries(
    Object.keys(process.env)
      .filter((name) =>
        /^npm_(package|lifecycle|command|config_(local_)?prefix|config_global)/.test(name),
      )
      .map((name) => [name, undefined]),
  );
}
