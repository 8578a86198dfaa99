// An empty project outside the repository with only the packed package in it, as after `npm
// install`.
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installTarball } from "../../../scripts/lib/pack.mjs";
import { at } from "../../../scripts/lib/root.mjs";
import { run } from "../../../scripts/lib/run.mjs";

/** @param {Record<string, string>} [files] Texts by path. `exercise.js` is always there. The folder goes when the process of the tests ends. */
export async function project(files = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-test-")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  await installTarball(folder);
  cpSync(fileURLToPath(new URL("exercise.js", import.meta.url)), join(folder, "exercise.js"));
  write(folder, files);
  return folder;
}

export function write(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The packed package itself, in this process: the entry `messenger-send`, and others below it. */
export async function installed(...entries) {
  const names = ["messenger-send", ...entries.map((entry) => `messenger-send/${entry}`)];
  const folder = await project(
    Object.fromEntries(
      names.map((name, at) => [`entry-${at}.js`, `export * from ${JSON.stringify(name)};`]),
    ),
  );
  const loaded = await Promise.all(
    names.map((_, at) => import(pathToFileURL(join(folder, `entry-${at}.js`)).href)),
  );
  return entries.length === 0 ? loaded[0] : loaded;
}

/** Runs a program in the project's folder: a hang is a failure, not a wait. */
export const runIn = (folder, command, args, options = {}) =>
  run(command, args, { cwd: folder, quiet: true, timeoutMs: 60_000, ...options });

/** A program among the repository's tools. */
export const tool = (name) => at("node_modules", ".bin", name);
