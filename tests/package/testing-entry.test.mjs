// The packed messenger-send/testing and messenger-send/webhook with the packed package, as in a
// user's tests.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { installed } from "./lib/project.mjs";

const REQUEST = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "hello" } };
const LIMIT = { timeout: 20_000 };

let api, testing, webhook;
before(async () => {
  [api, testing, webhook] = await installed("testing", "webhook");
});

function post(graph, more) {
  return api.send(REQUEST, {
    accessToken: "test",
    fetch: graph.fetch,
    retry: { baseDelayMs: 1 },
    ...more,
  });
}

async function failureOf(graph, more) {
  const error = await post(graph, more).then(
    () => assert.fail("it must fail"),
    (caught) => caught,
  );
  assert.ok(api.isSendError(error), String(error));
  return [error.kind, error.delivery, error.attempts];
}

test("send gets receipts, refusals, throttling and every failure", LIMIT, async () => {
  const { fakeGraph, steps } = testing;
  const graph = fakeGraph();
  const sent = await post(graph);
  assert.deepEqual([sent.message_id, sent.attempts], ["m_fake1", 1]);
  assert.deepEqual(graph.accepted[0].params, REQUEST);
  graph.script(steps.throttle({ times: 2 }));
  assert.equal((await post(graph)).attempts, 3);
  const failures = [
    [steps.error({ code: 10, subcode: 2018278 }), ["window", "rejected", 1]],
    [steps.error({ code: 551 }), ["recipient", "rejected", 1]],
    [steps.halfJson(), ["invalid_response", "unknown", 1]],
    [steps.html(502), ["invalid_response", "unknown", 1]],
    [steps.resetInside(), ["network", "unknown", 1]],
    [steps.redirect("https://example.org/"), ["invalid_response", "unknown", 1]],
    [steps.silence(), ["timeout", "unknown", 1], { timeoutMs: 20 }],
    [steps.stall(), ["timeout", "unknown", 1], { timeoutMs: 20 }],
  ];
  for (const [step, expected, more] of failures) {
    graph.script(step);
    assert.deepEqual(await failureOf(graph, more), expected, step.step);
  }
});

test("sendAll in batches, an upload, and the app's secret", LIMIT, async () => {
  const graph = testing.fakeGraph({ appSecret: "0123456789abcdef0123456789abcdef" });
  const options = {
    accessToken: "test",
    appSecret: "0123456789abcdef0123456789abcdef",
    fetch: graph.fetch,
  };
  const summary = await api.sendAll(Array(60).fill(REQUEST), {
    ...options,
    batch: true,
    perSecond: Infinity,
  });
  assert.deepEqual([summary.sent, graph.accepted.length], [60, 60]);
  const uploaded = await api.uploadAttachment(new File(["cat"], "cat.png", { type: "image/png" }), {
    ...options,
    type: "image",
  });
  assert.equal(uploaded.attachment_id, "1000000000000001");
  assert.equal(graph.requests.at(-1).files.filedata.filename, "cat.png");
  assert.doesNotMatch(JSON.stringify(graph.requests), /access_token|appsecret/);
});

test("isSendError recognizes an error made for a test", () => {
  assert.ok(api.isSendError(testing.sendError({ kind: "window" })));
});

test("an echo settles a message sent with a stamp", LIMIT, async () => {
  const graph = testing.fakeGraph();
  graph.script("silence");
  const stamp = webhook.newStamp();
  const request = { ...REQUEST, message: { text: "hello", metadata: stamp } };
  await assert.rejects(
    api.send(request, { accessToken: "test", fetch: graph.fetch, timeoutMs: 20 }),
    { delivery: "unknown" },
  );
  const [{ params, message_id: mid, recipient_id: id, page }] = graph.accepted;
  const echo = {
    sender: { id: page },
    recipient: { id },
    timestamp: Date.now(),
    message: { mid, is_echo: true, ...params.message },
  };
  assert.equal(
    webhook.settle(
      stamp,
      webhook.readEvents({ object: "page", entry: [{ id: page, messaging: [echo] }] }),
    ),
    "delivered",
  );
});
