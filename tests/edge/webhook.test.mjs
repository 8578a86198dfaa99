// What is unknown is settled by webhooks, and by their absence; and no webhook that Meta did not sign does anything.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { acceptThenReset, delay, resetBefore } from "../local-graph/steps.mjs";
import { echoOf, pageId, sign, startSender, until, VERIFY_TOKEN } from "./lib/sender.mjs";

let sender;
before(async () => {
  sender = await startSender({ vars: { ECHO_WAIT_SECONDS: "6" } });
});
beforeEach(() => sender.graph.reset());
after(() => sender?.stop());

const text = (to, more) => ({ page_id: pageId(0), to, text: "hello, world", ...more });
const status = async (id) => (await sender.status(id)).status;

test("Meta's challenge is answered to who knows the verify token", async () => {
  const challenge = (query) =>
    sender.fetch(`/webhook?${new URLSearchParams({ "hub.challenge": "1158201444", ...query })}`);
  const good = { "hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN };
  const answer = await challenge(good);
  assert.deepEqual([answer.status, await answer.text()], [200, "1158201444"]);
  for (const wrong of [{}, { ...good, "hub.verify_token": "" }, { ...good, "hub.mode": "other" }]) {
    assert.equal((await challenge(wrong)).status, 403);
  }
});

test("an echo makes a sent message delivered; a replayed one, and one of a stranger, change nothing", async () => {
  const [id] = await sender.accept(text("7001"));
  await sender.ended([id]);
  const echo = echoOf(sender.graph.accepted[0]);
  assert.equal((await sender.webhook([echo], { page: pageId(1) })).status, 200);
  assert.equal((await sender.webhook([echo], { page: "999" })).status, 200);
  assert.equal(await status(id), "sent");
  assert.equal((await sender.webhook([echo])).status, 200);
  assert.equal(await status(id), "delivered");
  const before = (await sender.dump()).messages;
  const stranger = { ...echo, message: { ...echo.message, metadata: `ms-${"0".repeat(32)}` } };
  await sender.webhook([echo, stranger, { ...echo, message: { is_echo: true } }, 7, null]);
  assert.deepEqual((await sender.dump()).messages, before);
});

test("an answer that is lost is unknown, until the echo comes", async () => {
  sender.graph.script(acceptThenReset());
  const [id] = await sender.accept(text("7002"));
  const [view] = await sender.ended([id]);
  assert.deepEqual([view.status, view.error.delivery], ["unknown", "unknown"]);
  assert.ok(Date.parse(view.settles_at) > Date.parse(view.updated_at));
  await sender.webhook([echoOf(sender.graph.accepted[0])]);
  const settled = await sender.status(id);
  assert.deepEqual(
    [settled.status, settled.message_id],
    ["delivered", sender.graph.accepted[0].message_id],
  );
});

test("an echo that comes before the answer is not forgotten", async () => {
  sender.graph.script((request) => {
    const { accepted } = sender.graph;
    setTimeout(async () => {
      // The message has been accepted, and its answer is on the way.
      await until(() => accepted.length === 1);
      await sender.webhook([echoOf(accepted[0])]);
    });
    return request.params.recipient?.id === "7003" ? delay(1500, acceptThenReset()) : "ok";
  });
  const [id] = await sender.accept(text("7003"));
  await until(async () => (await status(id)) === "delivered");
  // The answer, a connection that breaks, comes after it.
  await until(async () => {
    const { totals } = await (await sender.get(`/pages/${pageId(0)}`)).json();
    return totals.sending === 0;
  });
  assert.equal(await status(id), "delivered");
});

test("without an echo it is probably not delivered, and given up; a late echo still counts", async () => {
  sender.graph.script(acceptThenReset());
  const [id] = await sender.accept(text("7004"));
  assert.equal((await sender.ended([id]))[0].status, "unknown");
  await until(async () => (await status(id)) === "probably_not_delivered");
  assert.equal(sender.graph.accepted.length, 1);
  await sender.webhook([echoOf(sender.graph.accepted[0])]);
  assert.equal(await status(id), "delivered");
});

test("without an echo it is sent again, where its caller chose so, before later messages to the same person", async () => {
  sender.graph.script(resetBefore());
  const ids = await sender.accept([
    text("7005", { text: "first", if_unknown: "resend" }),
    text("7005", { text: "second" }),
  ]);
  await until(async () => (await status(ids[1])) === "sent");
  assert.deepEqual(
    sender.graph.accepted.map(({ params }) => params.message.text),
    ["first", "second"],
  );
  assert.deepEqual([await status(ids[0]), (await sender.status(ids[0])).attempts], ["sent", 2]);
});

test("with an echo it is not sent again", async () => {
  sender.graph.script(acceptThenReset());
  const [id] = await sender.accept(text("7006", { if_unknown: "resend" }));
  await until(async () => (await status(id)) === "unknown");
  await sender.webhook([echoOf(sender.graph.accepted[0])]);
  assert.equal(await status(id), "delivered");
  // As long as the echo would have been waited for, and the queue takes to deliver: another message passes them.
  sender.graph.script(resetBefore());
  const [other] = await sender.accept(text("7007", { if_unknown: "resend" }));
  await until(async () => (await status(other)) === "sent");
  assert.equal(
    sender.graph.accepted.filter(({ recipient_id }) => recipient_id === "7006").length,
    1,
  );
});

test("what Meta did not sign, or did not write, is refused, and nothing is stored", async () => {
  const before = await sender.dump();
  const echo = { sender: { id: pageId(0) }, message: { is_echo: true } };
  const body = JSON.stringify({ object: "page", entry: [{ id: pageId(0), messaging: [echo] }] });
  for (const signature of ["", "sha256=", sign(`${body} `), sign(body).replace("sha256", "sha1")]) {
    const response = await sender.webhook([], { body, signature });
    assert.equal(response.status, 403);
    assert.equal((await response.json()).type, "urn:messenger-sender:problem:wrong-signature");
  }
  for (const [strange, type] of [
    ["", "invalid-json"],
    ["[", "invalid-json"],
    ["null", "invalid-webhook"],
    ["{}", "invalid-webhook"],
    ['{"object":"user"}', "invalid-webhook"],
  ]) {
    const response = await sender.webhook([], { body: strange });
    assert.deepEqual(
      [response.status, (await response.json()).type],
      [400, `urn:messenger-sender:problem:${type}`],
    );
  }
  const large = " ".repeat(2 * 1024 * 1024 + 1);
  assert.equal((await sender.webhook([], { body: large })).status, 413);
  assert.equal((await sender.webhook([], { body: '{"object":"page"}' })).status, 200);
  assert.equal((await sender.fetch("/webhook", { method: "PUT" })).status, 405);
  assert.deepEqual(await sender.dump(), before);
  assert.equal(sender.graph.requests.length, 0);
});
