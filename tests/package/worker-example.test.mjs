// The example of a Cloudflare Worker, in workerd with the packed package: its responses to Meta,
// and what it sends.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import { error } from "../local-graph/steps.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { TOKEN } from "./lib/outcome.mjs";
import { project } from "./lib/project.mjs";
import { packageModules, serveWorker } from "./lib/workerd.mjs";

const APP_SECRET = "0123456789abcdef0123456789abcdef";

let graph;
let worker;
before(async () => {
  const folder = await project();
  cpSync(at("examples", "cloudflare-worker", "src"), join(folder, "src"), { recursive: true });
  graph = await startGraph({ token: TOKEN, appSecret: APP_SECRET });
  const secrets = {
    PAGE_TOKEN: TOKEN,
    APP_SECRET,
    VERIFY_TOKEN: "a verify token",
    GRAPH_URL: graph.url,
  };
  worker = await serveWorker(
    folder,
    [["index.js", "esModule", "src/index.js"], ...packageModules()],
    secrets,
    graph.url,
  );
});
beforeEach(() => graph.reset());
after(async () => {
  await worker?.stop();
  await graph?.close();
});

const address = (path) => new URL(path, worker.url);
const sign = (body) => `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;
const post = (body, signature = sign(body)) =>
  fetch(address("/webhook"), {
    method: "POST",
    body,
    headers: { "X-Hub-Signature-256": signature },
  });
const webhook = (...messaging) =>
  JSON.stringify({ object: "page", entry: [{ id: "1", time: 1, messaging }] });
const wrote = (text, more) => ({
  sender: { id: "4815162342" },
  recipient: { id: "1" },
  message: { mid: "m_1", text, ...more },
});

async function until(condition) {
  const end = performance.now() + 5000;
  while (!condition()) {
    assert.ok(performance.now() < end, "it happens in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("the subscription is confirmed with the verify token only", async () => {
  const query = (token) =>
    address(
      `/webhook?${new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444" })}`,
    );
  const good = await fetch(query("a verify token"));
  assert.deepEqual([good.status, await good.text()], [200, "1158201444"]);
  assert.equal((await fetch(query("another"))).status, 403);
});

test("a text is answered, an echo is not", async () => {
  const response = await post(webhook(wrote("Grüße 😀"), wrote("own words", { is_echo: true })));
  assert.deepEqual([response.status, await response.text()], [200, "EVENT_RECEIVED"]);
  await until(() => graph.accepted.length === 1);
  const { recipient, messaging_type, message } = graph.accepted[0].params;
  assert.deepEqual(
    [recipient, messaging_type, message.text],
    [{ id: "4815162342" }, "RESPONSE", "You wrote: Grüße 😀"],
  );
  assert.deepEqual(
    message.quick_replies.map(({ title }) => title),
    ["Thanks", "More"],
  );
});

test("a text of the maximum length is answered within the limit", async () => {
  await post(webhook(wrote("😀".repeat(1000))));
  await until(() => graph.accepted.length === 1);
  assert.ok(graph.accepted[0].params.message.text.length < 2000);
});

test("what Graph refuses does not break the answer to Meta, nor the next message", async () => {
  graph.script(error({ code: 190 }));
  assert.equal((await post(webhook(wrote("first")))).status, 200);
  await until(() => graph.requests.length === 1);
  assert.equal((await post(webhook(wrote("second")))).status, 200);
  await until(() => graph.accepted.length === 1);
});

test("what Meta did not sign, or did not write, is refused", async () => {
  const body = webhook(wrote("hello"));
  for (const signature of [
    "",
    "sha256=",
    sign(`${body} `),
    sign(body).toUpperCase().replace("SHA256", "sha1"),
  ]) {
    assert.equal((await post(body, signature)).status, 403);
  }
  for (const strange of ["", "[", "null", "{}", '{"object":"user"}']) {
    assert.equal((await post(strange)).status, 400);
  }
  assert.equal((await post('{"object":"page"}')).status, 200);
  assert.equal((await fetch(address("/webhook"), { method: "PUT" })).status, 405);
  assert.equal((await fetch(address("/"))).status, 404);
  assert.equal(graph.requests.length, 0);
});
