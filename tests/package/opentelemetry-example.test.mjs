// The example of a client with OpenTelemetry, with its SDK: the spans of a send, and what is not in
// them.
import assert from "node:assert/strict";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SpanStatusCode, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { at } from "../../scripts/lib/root.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { error } from "../local-graph/steps.mjs";
import { TOKEN } from "./lib/outcome.mjs";
import { project } from "./lib/project.mjs";

const LIMIT = { timeout: 20_000 };

const exporter = new InMemorySpanExporter();
let graph;
let tracedClient;
before(async () => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  const folder = await project();
  cpSync(at("examples", "opentelemetry", "traced-client.js"), join(folder, "traced-client.js"));
  symlinkSync(
    at("node_modules", "@opentelemetry"),
    join(folder, "node_modules", "@opentelemetry"),
    "junction",
  );
  ({ tracedClient } = await import(pathToFileURL(join(folder, "traced-client.js")).href));
  graph = await startGraph({ token: TOKEN });
});
beforeEach(() => {
  graph.reset();
  exporter.reset();
});
after(() => graph?.close());

const client = (options) =>
  tracedClient({
    accessToken: TOKEN,
    pageId: "1234",
    baseUrl: graph.url,
    retry: { baseDelayMs: 1 },
    ...options,
  });

test(
  "each attempt is a span of its own, and one that Graph refused is an error",
  LIMIT,
  async () => {
    graph.script(error({ code: 2, status: 500 }));
    const seen = [];
    const receipt = await client({ onResponse: (info) => seen.push(info.attempt) }).send({
      to: "4815162342",
      text: "a private word",
    });
    assert.equal(receipt.attempts, 2);
    const spans = exporter.getFinishedSpans();
    const facts = spans.map(({ name, status, attributes }) => [
      name,
      status.code,
      attributes["http.request.resend_count"],
      attributes["http.response.status_code"],
      attributes["messenger.page_id"],
    ]);
    assert.deepEqual(facts, [
      ["POST messages", SpanStatusCode.ERROR, 0, 500, "1234"],
      ["POST messages", SpanStatusCode.UNSET, 1, 200, "1234"],
    ]);
    assert.deepEqual(seen, [1, 2], "the caller's own hook is called too");
    const told = JSON.stringify(
      spans.map(({ name, attributes, status, events }) => ({ name, attributes, status, events })),
    );
    assert.ok(!told.includes(TOKEN) && !told.includes("a private word"));
  },
);

test("a span lasts as long as its request", LIMIT, async () => {
  let durationMs;
  await client({ onResponse: (info) => (durationMs = info.durationMs) }).send({
    to: "4815162342",
    text: "hello",
  });
  const [span] = exporter.getFinishedSpans();
  const spanMs = span.duration[0] * 1000 + span.duration[1] / 1e6;
  assert.ok(Math.abs(spanMs - durationMs) <= 1, `${spanMs} ms is ${durationMs} ms`);
});
