// Runs other programs, without the secrets of the environment. Their output is printed to the terminal immediately, and kept for
// counting tests.
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { dropSecrets, withoutSecrets } from "./secrets.mjs";

/** A problem that the user can solve. Its message says what to do. */
export class Stop extends Error {
  name = "Stop";
}

/** Reports progress to the user. */
export function say(text) {
  console.log(`• ${text}`);
}

/** Runs a script's body, without secrets in the environment. Prints the message of a `Stop`; any other error is a bug, printed with its stack. */
export async function main(body) {
  dropSecrets();
  try {
    await body();
  } catch (error) {
    console.error(error instanceof Stop ? `\nStopped: ${error.message}` : error);
    process.exitCode = 1;
  }
}

/** The path of a program on PATH, or undefined. */
export function which(name, path = process.env.PATH ?? "") {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const folder of path.split(delimiter).filter((one) => one !== "")) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      try {
        accessSync(file, constants.X_OK);
        if (statSync(file).isFile()) {
          return file;
        }
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** The output of a short command, or undefined if it is missing or fails. */
export function ask(command, args, { env, ...options } = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", ...options, env: merged(env) });
  return done.status === 0 ? done.stdout.trim() : undefined;
}

/** The npm that runs this process, if any: the first one on PATH may be another. */
export function npm(args) {
  const cli = process.env.npm_execpath ?? "";
  return /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli, ...args]] : ["npm", args];
}

/** The exit code of shells for a program that cannot be started. */
const NOT_STARTED = 127;
const running = new Set();
const ENDS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A signal that ends this process also ends its child processes and their children. */
function passOn(signal) {
  for (const child of running) {
    endGroup(child, signal);
  }
  process.exit(1);
}

function endGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/**
 * Runs a program to its end and never throws because of how it ended.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, quiet?: boolean, timeoutMs?: number }} [options]
 *   `env` is added to ours (undefined removes); `quiet` keeps the output off the terminal.
 * @returns {Promise<{ code: number, output: string, stdout: string, timedOut: boolean }>} code: 127 if it could not be started.
 *   `output` has both streams in the order in which they came.
 */
export function run(command, args, { cwd, env = {}, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: merged(env),
      stdio: ["ignore", "pipe", "pipe"],
      // A separate process group, so that a hanging program can be killed with everything that it
      // started.
      detached: process.platform !== "win32",
    });
    if (running.size === 0) {
      for (const signal of ENDS) process.on(signal, passOn);
    }
    running.add(child);
    const chunks = [];
    const stdout = [];
    let timedOut = false;
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true;
        endGroup(child, "SIGKILL");
      }, timeoutMs);
    const keep = (sink) => (chunk) => {
      chunks.push(chunk);
      if (!quiet) {
        sink.write(chunk);
      }
    };
    child.stdout.on("data", keep(process.stdout));
    child.stdout.on("data", (chunk) => stdout.push(chunk));
    child.stderr.on("data", keep(process.stderr));
    const finish = (code) => {
      clearTimeout(timer);
      running.delete(child);
      if (running.size === 0) {
        for (const signal of ENDS) process.off(signal, passOn);
      }
      resolve({ code, output: text(chunks), stdout: text(stdout), timedOut });
    };
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${command}: ${error.message}\n`));
      finish(NOT_STARTED);
    });
    child.on("close", (code) => finish(code ?? 1));
  });
}

/**
 * Runs a program that must succeed. `advice` says what to do if it does not. Returns like `run`.
 */
export async function must(advice, command, args, options) {
  const done = await run(command, args, options);
  if (done.code !== 0) {
    if (options?.quiet || done.code === NOT_STARTED) {
      process.stderr.write(done.output);
    }
    throw new Stop(advice);
  }
  return done;
}

function text(chunks) {
  return Buffer.concat(chunks).toString("utf8");
}

function merged(env) {
  const all = { ...withoutSecrets(process.env), ...env };
  for (const name of Object.keys(all)) {
    if (all[name] === undefined) {
      delete all[name];
    }
  }
  return all;
}
