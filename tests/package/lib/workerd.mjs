// Starts workerd, the runtime of Cloudflare Workers, with a Worker made of files of a project.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";
import { tool, write } from "./project.mjs";

const HOME = "node_modules/messenger-send";

/** The installed package as workerd knows modules: by their names in the configuration only, here beside the Worker's. */
export function packageModules() {
  return [
    ["messenger-send", "esModule", `${HOME}/workerd.js`],
    ["bindings_bg.wasm", "wasm", `${HOME}/bindings_bg.wasm`],
  ];
}

/** The same of `messenger-send/validate`. */
export function validateModules() {
  return [
    ["messenger-send/validate", "esModule", `${HOME}/validate/workerd.js`],
    ["messenger-send/validate_bg.wasm", "wasm", `${HOME}/validate/validate_bg.wasm`],
  ];
}

/** Wrangler's rule for wasm: the import stays in the bundle, and the file becomes a module next to it. */
const wasmStays = {
  name: "wasm-stays",
  enforce: "pre",
  resolveId: (source) => (source.endsWith(".wasm") ? { id: source, external: true } : null),
};

/**
 * Bundles worker.js into the folder `bundle` as wrangler does.
 * @param {string} folder the project's
 * @param {string} wasm the package's module, by its path in the package
 * @returns {Promise<string[][]>} the modules for `serveWorker`
 */
export async function bundledForWorkerd(folder, wasm) {
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["workerd", "worker", "browser"] },
    plugins: [wasmStays],
    build: {
      outDir: "bundle",
      lib: { entry: "worker.js", formats: ["es"], fileName: () => "worker.mjs" },
    },
  });
  assert.deepEqual(readdirSync(join(folder, "bundle")), ["worker.mjs"]);
  const name = basename(wasm);
  copyFileSync(join(folder, HOME, wasm), join(folder, "bundle", name));
  return [
    ["worker.mjs", "esModule", "bundle/worker.mjs"],
    [name, "wasm", `bundle/${name}`],
  ];
}

/**
 * @param {string} folder the project's
 * @param {string[][]} modules name, kind and path; the first one is the Worker
 * @param {Record<string, string>} texts bindings that are texts; beside them GRAPH is a service, the local Graph
 */
export async function serveWorker(folder, modules, texts, graph) {
  const text = (value) => JSON.stringify(value);
  const config = `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "main", worker = (
          modules = [${modules.map(([name, kind, path]) => `(name = ${text(name)}, ${kind} = embed ${text(path)})`).join(", ")}],
          compatibilityDate = "2026-01-01",
          bindings = [
            ${Object.entries(texts)
              .map(([name, value]) => `(name = ${text(name)}, text = ${text(value)}), `)
              .join("")}(name = "GRAPH", service = "graph")
          ],
        )),
        (name = "graph", external = (address = ${text(new URL(graph).host)}, http = ())),
        (name = "internet", network = (allow = ["public", "private", "local"])),
      ],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
    );
  `;
  write(folder, { "config.capnp": config });
  // On its fd 3 workerd tells which port it got.
  const child = spawn(tool("workerd"), ["serve", "config.capnp", "--control-fd=3"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const port = await Promise.race([
    new Promise((resolve) => {
      createInterface({ input: child.stdio[3] }).on("line", (line) => {
        const told = JSON.parse(line);
        if (told.event === "listen") {
          resolve(told.port);
        }
      });
    }),
    ended,
    new Promise((resolve) => setTimeout(resolve, 20_000, "late").unref()),
  ]);
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  if (!Number.isInteger(port) || child.exitCode !== null) {
    await stop();
    throw new Error(`workerd did not start:\n${Buffer.concat(output)}`);
  }
  return { url: `http://127.0.0.1:${port}/`, stop };
}
