// The packed package in workerd, the runtime of Cloudflare Workers: its modules unchanged, and
// bundled like wrangler does.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import { assertChecked, assertDelivered, assertFailed, TOKEN, tell, told } from "./lib/outcome.mjs";
import { project, runIn } from "./lib/project.mjs";
import { bundledForWorkerd, packageModules, serveWorker } from "./lib/workerd.mjs";

const WORKER = `
  import * as api from "messenger-send";
  import { check, deliver, fail } from "./exercise.js";
  // In the global scope already, where a Worker may do little: ready on import.
  const checked = check(api);
  export default {
    async fetch(request, env) {
      try {
        await api.init();
        const viaBinding = { ...api, send: (message, options) => api.send(message, { ...options, fetch: env.GRAPH.fetch.bind(env.GRAPH) }) };
        const chosen = new URL(request.url).pathname === "/binding" ? viaBinding : api;
        const target = { graph: env.GRAPH_URL, token: env.TOKEN };
        const failures = await fail(chosen, target);
        return Response.json({ checked, failures, delivered: await deliver(chosen, target) });
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
  // The entry must be the one that the condition "workerd" leads to.
  const find = `(${tell})(import.meta.resolve("messenger-send"))`;
  const entry = told(
    await runIn(folder, process.execPath, [
      "--conditions=workerd",
      "--input-type=module",
      "--eval",
      find,
    ]),
  );
  const home = join(folder, "node_modules", "messenger-send");
  assert.equal(entry, new URL(`file://${join(home, "workerd.js")}`).href);
  const modules = [
    ["worker.js", "esModule", "worker.js"],
    ["exercise.js", "esModule", "exercise.js"],
    ...packageModules(),
  ];
  await assertServed(modules);
});

test("bundled like wrangler does: the wasm stays a separate module", async () => {
  await assertServed(await bundledForWorkerd(folder, "bindings_bg.wasm"));
});

async function assertServed(modules) {
  for (const path of ["/", "/binding"]) {
    const graph = await startGraph({ token: TOKEN });
    let worker;
    try {
      worker = await serveWorker(folder, modules, { GRAPH_URL: graph.url, TOKEN }, graph.url);
      const result = await (await fetch(new URL(path, worker.url))).json();
      assert.equal(result.failed, undefined);
      assertChecked(result.checked);
      assertFailed(result.failures);
      assertDelivered(result.delivered, graph);
    } finally {
      await worker?.stop();
      await graph.close();
    }
  }
}
