// Every failure that the local Graph can play, in Node and in workerd: the right error and the
// right number of requests, in time.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
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

/** Serves a body, compressed or not, and says how many bodies were read whole instead of as a stream. */
async function bodyReadWhole(t, body, headers) {
  const server = createServer((_, response) => response.writeHead(200, headers).end(body));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const api = await import(
    pathToFileURL(join(folder, "node_modules", "messenger-send", "node.js")).href
  );
  const { mock } = t.mock.method(Response.prototype, "arrayBuffer");
  const baseUrl = `http://127.0.0.1:${server.address().port}`;
  const message = { to: "1", text: "hello, world" };
  const outcome = await api.send(message, { accessToken: TOKEN, baseUrl }).then(
    ({ message_id }) => message_id,
    ({ message }) => message,
  );
  t.mock.restoreAll();
  return { outcome, whole: mock.callCount() };
}

test("a short body is read at once, and one that may become large is not", LIMIT, async (t) => {
  const json = { "Content-Type": "application/json" };
  const receipt = JSON.stringify({ recipient_id: "1", message_id: "m_1" });
  const length = { ...json, "Content-Length": receipt.length };
  assert.deepEqual(await bodyReadWhole(t, receipt, length), { outcome: "m_1", whole: 1 });
  const chunked = { ...json, "Transfer-Encoding": "chunked" };
  assert.deepEqual(await bodyReadWhole(t, receipt, chunked), { outcome: "m_1", whole: 0 });
  const small = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  assert.ok(small.length < 100_000);
  const encoded = { ...json, "Content-Encoding": "gzip", "Content-Length": small.length };
  assert.deepEqual(await bodyReadWhole(t, small, encoded), {
    outcome: "The response (HTTP 200) is larger than 1 MiB.",
    whole: 0,
  });
});

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
