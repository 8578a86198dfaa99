// Every failure that the local Graph can play, in Node and in workerd: the right error and the
// right number of requests, in time.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { startGraph } from "../local-graph/server.mjs";
import { runFailures } from "./lib/failures.js";
import { project } from "./lib/project.mjs";
import { packageModules, serveWorker } from "./lib/workerd.mjs";

const SCENARIOS = readFileSync(new URL("../scenarios.json", import.meta.url), "utf8");
const TOKEN = "EAABtesttoken";
/** Each settles at its own time; together they are far from this. */
const LIMIT = { timeout: 60_000 };

const WORKER = `
  import * as api from "messenger-send";
  import { runFailures } from "./failures.js";
  export default {
    async fetch(request) {
      try {
        return Response.json(await runFailures(api, await request.json()));
      } catch (error) {
        return Response.json({ failed: String(error?.stack ?? error) });
      }
    },
  };
`;

let folder;
before(async () => {
  folder = await project({ "worker.js": WORKER });
  cpSync(fileURLToPath(new URL("lib/failures.js", import.meta.url)), join(folder, "failures.js"));
});

async function assertFailures(t, run) {
  const [graph, elsewhere] = [
    await startGraph({ token: TOKEN }),
    await startGraph({ token: TOKEN }),
  ];
  t.after(() => Promise.all([graph.close(), elsewhere.close()]));
  const scenarios = JSON.parse(SCENARIOS.replaceAll("ELSEWHERE", elsewhere.url));
  const results = await run({ graph: graph.url, token: TOKEN, scenarios });
  assert.equal(results.failed, undefined);
  const expected = scenarios.map(({ name, outcome }) => [
    name,
    { outcome, requests: outcome.attempts },
  ]);
  assert.deepEqual(results, Object.fromEntries(expected));
  assert.equal(elsewhere.requests.length, 0, "the token does not go to another host");
}

test("Node", LIMIT, (t) =>
  assertFailures(t, async (target) => {
    const api = await import(
      pathToFileURL(join(folder, "node_modules", "messenger-send", "node.js")).href
    );
    return runFailures(api, target);
  }),
);

test("workerd", LIMIT, (t) =>
  assertFailures(t, async (target) => {
    const modules = [
      ["worker.js", "esModule", "worker.js"],
      ["failures.js", "esModule", "failures.js"],
      ...packageModules(),
    ];
    const worker = await serveWorker(folder, modules, {}, target.graph);
    t.after(() => worker.stop());
    return (await fetch(worker.url, { method: "POST", body: JSON.stringify(target) })).json();
  }),
);
