// `sendAll` of the packed package in workerd, the runtime of Cloudflare Workers, with its own
// clock, connections and streams.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startGraphThread } from "../local-graph/thread.mjs";
import { project } from "./lib/project.mjs";
import { packageModules, serveWorker } from "./lib/workerd.mjs";

const TOKEN = "EAABtesttoken";
const LIMIT = { timeout: 120_000 };

const WORKER = `
  import { sendAll } from "messenger-send";
  export default {
    async fetch(request, env) {
      try {
        const { count, options, source, abortAfterMs } = await request.json();
        const messages = Array.from({ length: count }, (_, index) =>
          ({ recipient: { id: String(1000 + index) }, messaging_type: "RESPONSE", message: { text: "to " + index } }));
        const sources = { array: () => messages, stream: () => new ReadableStream({ pull: (c) => (messages.length ? c.enqueue(messages.shift()) : c.close()) }) };
        const abort = new AbortController();
        if (abortAfterMs !== undefined) {
          setTimeout(() => abort.abort("enough"), abortAfterMs);
        }
        const results = [];
        const onResult = ({ index, status, request, error }) => results.push([index, status, request.recipient.id, error?.kind]);
        const all = { accessToken: env.TOKEN, baseUrl: env.GRAPH_URL, signal: abort.signal, ...options, onResult };
        const { stopped, ...summary } = await sendAll(sources[source ?? "array"](), all);
        return Response.json({ summary, stopped: stopped?.kind, results });
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

const open = [];
after(() => Promise.all(open.map((close) => close())));

async function runInWorker(graphOptions, work) {
  const graph = await startGraphThread({ token: TOKEN, ...graphOptions });
  open.push(() => graph.close());
  const worker = await serveWorker(
    folder,
    [["worker.js", "esModule", "worker.js"], ...packageModules()],
    { GRAPH_URL: graph.url, TOKEN },
    graph.url,
  );
  open.push(() => worker.stop());
  const result = await (
    await fetch(worker.url, { method: "POST", body: JSON.stringify(work) })
  ).json();
  assert.equal(result.failed, undefined);
  assert.deepEqual(
    result.results.map(([index]) => index).toSorted((one, other) => one - other),
    Array.from({ length: work.count }, (_, index) => index),
  );
  return { ...result, ...(await graph.told()) };
}

for (const batch of [false, true]) {
  test(`at a rate that Graph enforces${batch ? ", in batches" : ""}`, LIMIT, async (t) => {
    const { summary, accepted, refused } = await runInWorker(
      { perSecond: 100, latencyMs: 20 },
      { count: 300, options: { batch, perSecond: 100 } },
    );
    assert.equal(summary.sent, 300);
    assert.equal(accepted.length, 300);
    // How many are refused depends on how busy the machine is: the rate is asserted on the virtual
    // clock of the simulation.
    t.diagnostic(`${refused.length} refused, ${summary.durationMs} ms`);
    assert.ok(summary.durationMs > 2800, `${summary.durationMs}`);
  });

  test(`under random faults${batch ? ", in batches" : ""}`, LIMIT, async () => {
    const options = { batch, perSecond: 1e6, timeoutMs: 2000, retry: { baseDelayMs: 1 } };
    const { summary, results, accepted } = await runInWorker(
      { faults: { seed: 3, share: 0.15 } },
      { count: 1000, source: "stream", options },
    );
    assert.deepEqual([summary.done, summary.not_sent], [1000, 0]);
    assert.ok(summary.sent > 400 && summary.unknown > 5);
    const arrived = accepted.map(({ params }) => params.recipient.id);
    assert.equal(new Set(arrived).size, arrived.length);
    const statusOf = new Map(results.map(([, status, id]) => [id, status]));
    assert.ok(arrived.every((id) => ["sent", "unknown"].includes(statusOf.get(id))));
    assert.ok(results.every(([, status, id]) => status !== "sent" || arrived.includes(id)));
  });
}

test("stopped by the signal", LIMIT, async () => {
  const { summary, stopped, accepted } = await runInWorker(
    { latencyMs: 10 },
    { count: 2000, abortAfterMs: 1000 },
  );
  assert.deepEqual([summary.done, stopped], [2000, "aborted"]);
  assert.ok(summary.sent + summary.unknown > 0 && summary.not_sent > 1000, JSON.stringify(summary));
  assert.ok(accepted.length <= summary.sent + summary.unknown);
});
