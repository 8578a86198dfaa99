// The packed package in workerd, the runtime of Cloudflare Workers: its modules as they are, and bundled as wrangler does it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { before, test } from "node:test";
import { build } from "vite";
import { startGraph } from "../local-graph/server.mjs";
import { assertChecked, assertDelivered, told, tell, TOKEN } from "./lib/outcome.mjs";
import { project, runIn, tool, write } from "./lib/project.mjs";

const WORKER = `
  import * as api from "messenger-send";
  import { check, deliver } from "./exercise.js";
  // In the global scope already, where a Worker may do little: ready on import.
  const checked = check(api);
  export default {
    async fetch(request, env) {
      try {
        await api.init();
        const viaBinding = { ...api, send: (message, options) => api.send(message, { ...options, fetch: env.GRAPH.fetch.bind(env.GRAPH) }) };
        const chosen = new URL(request.url).pathname === "/binding" ? viaBinding : api;
        return Response.json({ checked, delivered: await deliver(chosen, { graph: env.GRAPH_URL, token: env.TOKEN }) });
      } catch (error) {
        return Response.json({ failed: String(error?.stack ?? error) });
      }
    },
  };
`;

let folder;
before(async () => {
  folder = await project({ "worker.js": WORKER });
});

test("the package's own modules", async () => {
  // The entry is the one that the condition "workerd" leads to. workerd knows modules by their names in the configuration only.
  const find = `(${tell})(import.meta.resolve("messenger-send"))`;
  const entry = told(await runIn(folder, process.execPath, ["--conditions=workerd", "--input-type=module", "--eval", find]));
  const home = join(folder, "node_modules", "messenger-send");
  assert.equal(entry, new URL(`file://${join(home, "workerd.js")}`).href);
  const modules = [
    ["worker.js", "esModule", "worker.js"],
    ["exercise.js", "esModule", "exercise.js"],
    ["messenger-send", "esModule", "node_modules/messenger-send/workerd.js"],
    ...["api.js", "errors.js", "start.js", "bindings.js"].map((file) => [file, "esModule", `node_modules/messenger-send/${file}`]),
    ["bindings_bg.wasm", "wasm", "node_modules/messenger-send/bindings_bg.wasm"],
  ];
  await assertServed(modules);
});

test("bundled as wrangler does it: the wasm stays a module of its own", async () => {
  await build({
    root: folder,
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["workerd", "worker", "browser"] },
    plugins: [wasmStays],
    build: { outDir: "bundle", lib: { entry: "worker.js", formats: ["es"], fileName: () => "worker.mjs" } },
  });
  assert.deepEqual(readdirSync(join(folder, "bundle")), ["worker.mjs"]);
  copyFileSync(join(folder, "node_modules", "messenger-send", "bindings_bg.wasm"), join(folder, "bundle", "bindings_bg.wasm"));
  await assertServed([
    ["worker.mjs", "esModule", "bundle/worker.mjs"],
    ["bindings_bg.wasm", "wasm", "bundle/bindings_bg.wasm"],
  ]);
});

/** Wrangler's rule for wasm: the import stays in the bundle, and the file becomes a module beside it. */
const wasmStays = {
  name: "wasm-stays",
  enforce: "pre",
  resolveId: (source) => (source.endsWith(".wasm") ? { id: source, external: true } : null),
};

async function assertServed(modules) {
  for (const path of ["/", "/binding"]) {
    const graph = await startGraph({ token: TOKEN });
    let worker;
    try {
      worker = await serveWorker(modules, graph.url);
      const result = await (await fetch(new URL(path, worker.url))).json();
      assert.equal(result.failed, undefined);
      assertChecked(result.checked);
      assertDelivered(result.delivered, graph);
    } finally {
      await worker?.stop();
      await graph.close();
    }
  }
}

async function serveWorker(modules, graph) {
  const text = (value) => JSON.stringify(value);
  const config = `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [
        (name = "main", worker = (
          modules = [${modules.map(([name, kind, path]) => `(name = ${text(name)}, ${kind} = embed ${text(path)})`).join(", ")}],
          compatibilityDate = "2026-01-01",
          bindings = [
            (name = "GRAPH_URL", text = ${text(graph)}), (name = "TOKEN", text = ${text(TOKEN)}), (name = "GRAPH", service = "graph")
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
  const child = spawn(tool("workerd"), ["serve", "config.capnp", "--control-fd=3"], { cwd: folder, stdio: ["ignore", "pipe", "pipe", "pipe"] });
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
