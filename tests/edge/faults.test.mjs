// What may go wrong between the queue, the object, Graph and the sender goes wrong here, in the real runtime.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { delay, error } from "../local-graph/steps.mjs";
import { pageId, startSender, tokenOf, until } from "./lib/sender.mjs";

/** Accepted at once, and the answer takes longer than the object lives. */
const SLOW = delay(10_000, "ok");

let sender;
before(async () => {
  sender = await startSender({ pages: 3, vars: { REQUEUE_SECONDS: "5" } });
});
beforeEach(() => sender.graph.reset());
after(() => sender?.stop());

const messages = (count, page = 0) =>
  Array.from({ length: count }, (_, index) => ({
    page_id: pageId(page),
    to: `8${index % 10}`,
    text: `message ${index}`,
  }));

/** Each message arrived once, and each person got theirs in order. */
function assertArrivedOnce(count) {
  const { accepted } = sender.graph;
  assert.equal(accepted.length, count);
  const stamps = accepted.map(({ params }) => params.message.metadata);
  assert.equal(new Set(stamps).size, count);
  assertOrder();
}

function assertOrder() {
  const last = new Map();
  for (const { recipient_id, params } of sender.graph.accepted) {
    const index = Number(params.message.text.split(" ")[1]);
    assert.ok(index > (last.get(recipient_id) ?? -1), `${recipient_id} got ${index} out of order`);
    last.set(recipient_id, index);
  }
}

const statuses = (views) => [...new Set(views.map(({ status }) => status))].sort();

test("the queue delivers everything twice, at the same time", async () => {
  await sender.test("double", { on: 1 });
  const views = await sender.ended(await sender.accept(messages(50)));
  await sender.test("double", { on: 0 });
  assert.deepEqual(statuses(views), ["sent"]);
  assertArrivedOnce(50);
});

test("a consumer dies between sending and acknowledging", async () => {
  await sender.test("deaths", { times: 2 });
  const before = (await (await sender.test("batches")).json()).length;
  const views = await sender.ended(await sender.accept(messages(50)));
  assert.deepEqual(statuses(views), ["sent"]);
  // The queue has delivered them again, and the object has met what it had stored.
  await until(async () => (await (await sender.test("batches")).json()).length > before + 2);
  assertArrivedOnce(50);
});

test("the object is evicted while requests are out: what cannot be known is unknown, and is not sent again", async () => {
  sender.graph.script(() => SLOW);
  const ids = await sender.accept(messages(30));
  await until(() => sender.graph.requests.length > 0);
  await sender.test("abort", { page: pageId(0) });
  sender.graph.script(() => "ok");
  const views = await sender.ended(ids);
  const unknown = views.filter(({ status }) => status === "unknown");
  assert.ok(unknown.length > 0);
  assert.ok(unknown.every(({ error }) => error.kind === "interrupted"));
  assert.deepEqual(statuses(views), ["sent", "unknown"]);
  const stamps = sender.graph.requests.map(({ params }) => params.message.metadata);
  assert.equal(new Set(stamps).size, stamps.length);
  assertOrder();
  const { totals } = await (await sender.get(`/pages/${pageId(0)}`)).json();
  assert.equal(totals.unknown, unknown.length);
});

test("the runtime is killed while requests are out, and comes back with what was stored", async () => {
  sender.graph.script(() => SLOW);
  const ids = await sender.accept(messages(30, 1));
  await until(() => sender.graph.requests.length > 0);
  await sender.restart();
  sender.graph.script(() => "ok");
  // The local queue has forgotten everything; the object puts on it again what it has not delivered.
  const views = await sender.ended(ids);
  assert.deepEqual(statuses(views), ["sent", "unknown"]);
  const stamps = sender.graph.requests.map(({ params }) => params.message.metadata);
  assert.equal(new Set(stamps).size, stamps.length);
  assertOrder();
});

test("Graph throttles: everything waits, and everything arrives", async () => {
  let refused = 0;
  sender.graph.script(() => {
    refused += 1;
    return refused <= 3 ? error({ code: 613, retryAfter: 1 }) : "ok";
  });
  const views = await sender.ended(await sender.accept(messages(20, 2)));
  assert.deepEqual(statuses(views), ["sent"]);
  assertArrivedOnce(20);
});

test("an outage: what Graph did not answer is unknown, the rest waits for its end", async () => {
  let isOut = true;
  sender.graph.script(() => (isOut ? { step: "resetBefore" } : "ok"));
  const ids = await sender.accept(messages(40, 2));
  await until(async () => {
    const { pause } = await (await sender.get(`/pages/${pageId(2)}`)).json();
    return pause?.reason === "outage";
  });
  isOut = false;
  const views = await sender.ended(ids);
  assert.deepEqual(statuses(views), ["sent", "unknown"]);
  const sent = views.filter(({ status }) => status === "sent").length;
  assert.ok(sent >= 20, `${sent} waited`);
  assertArrivedOnce(sent);
});

test("a dead token: what Graph refused says so, and the rest waits for another one", async () => {
  let isDead = true;
  sender.graph.script(() => (isDead ? error({ code: 190 }) : "ok"));
  const ids = await sender.accept(messages(40, 0));
  await until(async () => {
    const { pause } = await (await sender.get(`/pages/${pageId(0)}`)).json();
    return pause?.reason === "auth" && pause.code === 190;
  });
  isDead = false;
  const views = await sender.ended(ids);
  assert.deepEqual(statuses(views), ["refused", "sent"]);
  const refused = views.filter(({ status }) => status === "refused");
  assert.ok(refused.length <= 12, `${refused.length} were refused`);
  assert.ok(refused.every(({ error }) => error.kind === "auth" && error.hint.length > 0));
  assertArrivedOnce(40 - refused.length);
});

test("poison on the queue ends with the dead letters, and stops nobody", async () => {
  for (const body of [null, 7, "text", {}, { id: 7 }, { id: "no id" }, [1]]) {
    await sender.test("queue", {}, { method: "POST", body: JSON.stringify(body) });
  }
  const foreign = { id: `${pageId(0)}.${"0".repeat(32)}` };
  await sender.test("queue", {}, { method: "POST", body: JSON.stringify(foreign) });
  const views = await sender.ended(await sender.accept(messages(5)));
  assert.deepEqual(statuses(views), ["sent"]);
  await until(
    () =>
      sender.logs.filter((line) => line.includes("a dead letter names no message")).length === 7,
  );
  assertArrivedOnce(5);
});

test("no secret is in an answer, in a log or in what is stored", async () => {
  sender.graph.script(error({ code: 100, message: `Malformed access token ${tokenOf(0)}` }));
  const [id] = await sender.accept(messages(1));
  const [view] = await sender.ended([id]);
  assert.equal(view.status, "refused");
  const stored = await Promise.all([0, 1, 2].map((page) => sender.dump(pageId(page))));
  const answers = await Promise.all(
    [`/messages/${id}`, "/pages", `/pages/${pageId(0)}`, "/metrics"].map(async (path) =>
      (await sender.get(path)).text(),
    ),
  );
  const all = [...sender.logs, ...answers, JSON.stringify(stored)].join("\n");
  assert.ok(sender.logs.length > 100);
  for (const secret of sender.secrets) {
    for (const form of [secret, encodeURIComponent(secret), btoa(secret)]) {
      assert.ok(!all.includes(form), "a secret can be seen");
    }
  }
  // Nor is anything of what a message says, once it has come to its end.
  assert.ok(!sender.logs.join("\n").includes("message 3"));
});
