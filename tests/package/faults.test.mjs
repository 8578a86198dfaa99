// Two thousand messages under random faults, in Node and in workerd: each is reported, and none is
// sent twice.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generator } from "../local-graph/faults.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { sendMany } from "./lib/faults.js";
import { assertNothingLost, randomFaults } from "./lib/faults.mjs";
import { project } from "./lib/project.mjs";
import { packageModules, serveWorker } from "./lib/workerd.mjs";

const TOKEN = "EAABtesttoken";
const COUNT = 2000;
const LIMIT = { timeout: 240_000 };
/** Printed when a run fails, so that it can be repeated. */
const SEED = Number(process.env.FAULTS_SEED ?? Date.now() % 2 ** 31);

const WORKER = `
  import * as api from "messenger-send";
  import { sendMany } from "./faults.js";
  export default {
    async fetch(request, env) {
      try {
        return Response.json(await sendMany(api, await request.json()));
      } catch (error) {
        return Response.json({ failed: String(error?.stack ?? error) });
      }
    },
  };
`;

let folder;
before(async () => {
  folder = await project({ "worker.js": WORKER });
  cpSync(fileURLToPath(new URL("lib/faults.js", import.meta.url)), join(folder, "faults.js"));
});

async function withFaults(t, run) {
  t.diagnostic(`FAULTS_SEED=${SEED}`);
  const graph = await startGraph({ token: TOKEN, keep: 10 * COUNT });
  t.after(() => graph.close());
  graph.script(randomFaults(generator(SEED)));
  assertNothingLost(await run(graph), graph, COUNT);
}

test("Node", LIMIT, (t) =>
  withFaults(t, async (graph) => {
    const api = await import(
      pathToFileURL(join(folder, "node_modules", "messenger-send", "node.js")).href
    );
    return sendMany(api, { graph: graph.url, token: TOKEN, end: COUNT });
  }),
);

test("workerd", LIMIT, (t) =>
  withFaults(t, async (graph) => {
    const modules = [
      ["worker.js", "esModule", "worker.js"],
      ["faults.js", "esModule", "faults.js"],
      ...packageModules(),
    ];
    const worker = await serveWorker(folder, modules, {}, graph.url);
    t.after(() => worker.stop());
    // In parts, each in a separate request: what is kept between them must not be bound to one.
    const outcomes = [];
    for (let part = 0; part < 4; part += 1) {
      const body = JSON.stringify({
        graph: graph.url,
        token: TOKEN,
        first: part * (COUNT / 4),
        end: (part + 1) * (COUNT / 4),
      });
      const told = await (await fetch(worker.url, { method: "POST", body })).json();
      assert.equal(told.failed, undefined);
      outcomes.push(...told);
    }
    return outcomes;
  }),
);
