// What the sender answers over HTTP: who may call, what is refused and how, and what becomes of a message that is sent.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { error, throttle } from "../local-graph/steps.mjs";
import { KEY, OTHER_KEY, pageId, startSender, until } from "./lib/sender.mjs";

let sender;
before(async () => {
  sender = await startSender();
});
beforeEach(() => sender.graph.reset());
after(() => sender?.stop());

const text = (to, more) => ({ page_id: pageId(0), to, text: "hello, world", ...more });

async function problem(response, status, type) {
  assert.equal(response.status, status);
  assert.equal(response.headers.get("content-type"), "application/problem+json");
  const body = await response.json();
  assert.equal(body.type, `urn:messenger-sender:problem:${type}`);
  assert.equal(body.status, status);
  assert.equal(body.trace_id, response.headers.get("x-trace-id"));
  assert.ok(body.title.length > 0 && body.detail.length > 0);
  return body;
}

test("a draft is accepted, queued and sent", async () => {
  const response = await sender.post(text("7001"), {
    headers: { traceparent: `00-${"ab".repeat(16)}-${"cd".repeat(8)}-01` },
  });
  assert.equal(response.status, 202);
  assert.equal(response.headers.get("x-trace-id"), "ab".repeat(16));
  const { messages } = await response.json();
  assert.equal(messages.length, 1);
  assert.deepEqual([messages[0].page_id, messages[0].status], [pageId(0), "queued"]);
  assert.equal(response.headers.get("location"), `/messages/${messages[0].id}`);
  const [view] = await sender.ended([messages[0].id]);
  assert.equal(view.status, "sent");
  assert.equal(view.message_id, sender.graph.accepted[0].message_id);
  assert.equal(view.trace_id, "ab".repeat(16));
  assert.deepEqual(sender.graph.accepted[0].params.recipient, { id: "7001" });
  assert.match(sender.graph.accepted[0].params.message.metadata, /^ms-[0-9a-f]{32}$/);
});

test("requests, lists and a Page for all of them are taken, in order for each person", async () => {
  const request = (id, words) => ({
    recipient: { id },
    messaging_type: "RESPONSE",
    message: { text: words, metadata: "mine" },
  });
  const ids = await sender.accept({
    page_id: pageId(0),
    messages: ["1", "2", "3"].flatMap((words) => [request("7001", words), request("7002", words)]),
  });
  const views = await sender.ended(ids);
  assert.ok(views.every(({ status }) => status === "sent"));
  for (const person of ["7001", "7002"]) {
    const said = sender.graph.accepted.filter(({ recipient_id }) => recipient_id === person);
    assert.deepEqual(
      said.map(({ params }) => params.message.text),
      ["1", "2", "3"],
    );
    assert.ok(said.every(({ params }) => /^mine ms-[0-9a-f]{32}$/.test(params.message.metadata)));
  }
});

test("a key for one Page need not name it, and sees no other", async () => {
  const response = await sender.post({ to: "7003", text: "hello" }, { key: OTHER_KEY });
  const { messages } = await response.json();
  assert.equal(messages[0].page_id, pageId(0));
  const [other] = await sender.accept([{ ...text("7003"), page_id: pageId(1) }]);
  await problem(await sender.get(`/messages/${other}`, OTHER_KEY), 404, "not-found");
  await problem(await sender.get(`/pages/${pageId(1)}`, OTHER_KEY), 404, "not-found");
  const { pages } = await (await sender.get("/pages", OTHER_KEY)).json();
  assert.deepEqual(
    pages.map(({ id }) => id),
    [pageId(0)],
  );
  const body = await problem(
    await sender.post([text("1"), { ...text("2"), page_id: pageId(1) }], { key: OTHER_KEY }),
    403,
    "page-not-allowed",
  );
  assert.deepEqual(body.pointers, ["/1/page_id"]);
  await sender.ended([messages[0].id, other]);
});

test("every issue of every message is answered, each at its place, and nothing is stored or sent", async () => {
  const before = await sender.dump();
  const body = await problem(
    await sender.post({
      messages: [
        text("7001"),
        text("7001", { text: "x".repeat(2001), quick_replies: ["x".repeat(21)] }),
        { page_id: pageId(0), recipient: { id: "7001" }, messaging_type: "RESPONSE", message: {} },
        text("7001", { idempotency_key: "", if_unknown: "perhaps" }),
        { ...text("7001"), page_id: "999" },
        { ...text("7001"), page_id: undefined },
        "hello",
        { page_id: pageId(0), to: "7001", sender_action: "typing_on", if_unknown: "resend" },
        text({ phone_number: "+15551234567" }, { if_unknown: "resend" }),
        text("7001", { metadata: "m".repeat(990) }),
        { page_id: 7, to: "7001", text: "hello" },
      ],
    }),
    400,
    "invalid-messages",
  );
  const errors = body.issues.filter(({ severity }) => severity === "error");
  const at = (index) =>
    errors
      .filter(({ pointer, draft }) => `${draft ?? pointer}/`.startsWith(`/messages/${index}/`))
      .map(({ code }) => code);
  assert.deepEqual(at(0), []);
  assert.deepEqual(at(1), ["text.too_long", "quick_reply.title.too_long"]);
  assert.ok(at(2).length > 0);
  assert.deepEqual(at(3), ["idempotency_key.type", "if_unknown.value"]);
  assert.deepEqual(at(4), ["page_id.unknown"]);
  assert.deepEqual(at(5), ["page_id.missing"]);
  assert.deepEqual(at(6).slice(-1), ["message.type"]);
  assert.deepEqual(at(7), ["if_unknown.no_echo"]);
  assert.deepEqual(at(8), ["if_unknown.no_echo"]);
  assert.ok(at(9).length > 0, "there is no room for a stamp");
  assert.deepEqual(at(10), ["page_id.type"]);
  const tooLong = errors.find(({ code }) => code === "text.too_long");
  assert.deepEqual(
    [tooLong.pointer, tooLong.limit, tooLong.actual],
    ["/messages/1/text", 2000, 2001],
  );
  assert.deepEqual(await sender.dump(), before);
  assert.equal(sender.graph.requests.length, 0);
});

test("a body of nothing but mistakes gets an answer of a bounded size", async () => {
  const members = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`x${index}`, 1]));
  const body = await problem(
    await sender.post(Array.from({ length: 100 }, () => text("7001", { text: 7, ...members }))),
    400,
    "invalid-messages",
  );
  assert.equal(body.issues.length, 10_000);
  assert.ok(body.issues_left_out > 10_000);
});

test("bodies that cannot be are refused, each with its status", async () => {
  const cases = [
    ["", 400, "invalid-json"],
    ["{", 400, "invalid-json"],
    ["null", 400, "invalid-messages"],
    ["[]", 400, "invalid-messages"],
    ['{"messages":[],"more":1}', 400, "invalid-messages"],
    [JSON.stringify(Array.from({ length: 1001 }, () => text("1"))), 400, "too-many-messages"],
    [JSON.stringify([text("1", { text: "x".repeat(5 * 1024 * 1024) })]), 413, "body-too-large"],
  ];
  for (const [body, status, type] of cases) {
    await problem(await sender.post(body), status, type);
  }
  const notUtf8 = await sender.fetch("/messages", {
    method: "POST",
    body: Uint8Array.of(0x22, 0xff, 0x22),
    headers: { Authorization: `Bearer ${KEY}`, "Content-Type": "application/json" },
  });
  await problem(notUtf8, 400, "invalid-json");
  // Without a Content-Length: the limit holds while it is read.
  const chunks = Array.from({ length: 20 }, () => new Uint8Array(256 * 1024).fill(32));
  const streamed = await sender.fetch("/messages", {
    method: "POST",
    duplex: "half",
    body: ReadableStream.from(chunks),
    headers: { Authorization: `Bearer ${KEY}`, "Content-Type": "application/json" },
  });
  await problem(streamed, 413, "body-too-large");
  await problem(
    await sender.post(text("1"), { headers: { "Content-Type": "text/plain" } }),
    415,
    "not-json",
  );
  await problem(
    await sender.post([text("1"), text("2")], { path: "/messages?wait=1" }),
    400,
    "too-many-messages",
  );
  assert.equal(sender.graph.requests.length, 0);
});

test("nobody gets in without a key that is configured", async () => {
  for (const headers of [
    {},
    { Authorization: "Bearer " },
    { Authorization: "Bearer wrong" },
    { Authorization: `Bearer ${KEY}x` },
    { Authorization: `Basic ${KEY}` },
    { Authorization: KEY },
  ]) {
    for (const [path, method] of [
      ["/messages", "POST"],
      ["/messages/1.2", "GET"],
      ["/pages", "GET"],
      [`/pages/${pageId(0)}`, "GET"],
      ["/metrics", "GET"],
    ]) {
      const response = await sender.fetch(path, { method, headers });
      await problem(response, 401, "unauthorized");
      assert.equal(response.headers.get("www-authenticate"), "Bearer");
    }
  }
});

test("what is not served is 404 or 405, and no other origin may call", async () => {
  for (const path of [
    "/nothing",
    "/messages/",
    "/messages/1",
    "/messages/a/b",
    "/pages/7",
    "/constructor",
  ]) {
    await problem(await sender.get(path), 404, "not-found");
  }
  const response = await sender.fetch("/messages", { method: "DELETE" });
  await problem(response, 405, "method-not-allowed");
  assert.equal(response.headers.get("allow"), "POST");
  const headers = { Origin: "https://evil.example", "Access-Control-Request-Method": "POST" };
  await problem(
    await sender.fetch("/messages", { method: "OPTIONS", headers }),
    403,
    "origin-not-allowed",
  );
  assert.equal(
    (await sender.fetch("/pages", { headers })).headers.get("access-control-allow-origin"),
    null,
  );
});

test("the same idempotency key is the same message; for another message it is a conflict", async () => {
  const once = text("7005", { idempotency_key: "order 1" });
  const [first] = await sender.accept(once);
  await sender.ended([first]);
  const again = await (await sender.post([once, once])).json();
  assert.deepEqual(
    again.messages.map(({ id, status, duplicate }) => [id, status, duplicate]),
    [
      [first, "sent", true],
      [first, "sent", true],
    ],
  );
  const waited = await sender.post(once, { path: "/messages?wait=1" });
  assert.deepEqual([waited.status, (await waited.json()).id], [200, first]);
  for (const path of ["/messages", "/messages?wait=1"]) {
    const conflict = await sender.post({ ...once, text: "another" }, { path });
    assert.deepEqual((await problem(conflict, 409, "key-reused")).messages, [0]);
  }
  const several = [
    { ...text("7005"), page_id: pageId(1) },
    text("7005"),
    { ...once, text: "another" },
  ];
  assert.deepEqual((await problem(await sender.post(several), 409, "key-reused")).messages, [2]);
  assert.equal(sender.graph.accepted.length, 1);
});

test("?wait=1 answers with the receipt, the refusal, or that it cannot go now", async () => {
  const wait = (body) => sender.post(body, { path: "/messages?wait=1" });
  const sent = await wait(text("7006"));
  const answer = await sent.json();
  assert.equal(sent.status, 200);
  assert.equal(answer.status, "sent");
  assert.equal(answer.receipt.message_id, sender.graph.accepted[0].message_id);
  assert.equal(answer.receipt.recipient_id, "7006");

  sender.graph.script(error({ code: 10, subcode: 2018278 }));
  const refused = await problem(await wait(text("7006")), 422, "message-refused");
  assert.deepEqual([refused.message.error.kind, refused.message.error.code], ["window", 10]);
  assert.equal((await sender.status(refused.message.id)).status, "refused");

  sender.graph.script("resetBefore");
  const unknown = await problem(await wait(text("7006")), 504, "outcome-unknown");
  assert.equal((await sender.status(unknown.message.id)).status, "unknown");

  sender.graph.script(throttle({ retryAfter: 2 }));
  const later = await wait({ ...text("7006", { idempotency_key: "later" }), page_id: pageId(1) });
  assert.ok(Number(later.headers.get("retry-after")) >= 1);
  const body = await problem(later, 503, "not-now");
  assert.equal(body.error.kind, "rate_limit");
  // It was not kept: the same key may be tried again.
  const { pause } = await (await sender.get(`/pages/${pageId(1)}`)).json();
  assert.deepEqual([pause.reason, pause.code], ["rate_limit", 613]);
  await problem(await wait({ ...text("7006"), page_id: pageId(1) }), 503, "not-now");
  await until(async () => {
    const again = await wait({ ...text("7006", { idempotency_key: "later" }), page_id: pageId(1) });
    return again.status === 200;
  });
});

test("a Page shows its queue at work, and the metrics count it", async () => {
  const page = await (await sender.get(`/pages/${pageId(0)}`)).json();
  assert.equal(page.rate.limit_per_second, 300);
  assert.equal(page.backlog, 0);
  assert.equal(page.minutes.length, 60);
  assert.ok(page.totals.sent > 0 && page.totals.refused > 0);
  assert.equal(
    page.minutes.reduce((sum, { refused }) => sum + refused, 0),
    page.totals.refused,
  );
  const { id: _, time: __, ...last } = page.last_errors.find(({ status }) => status === "refused");
  assert.deepEqual(
    [last.kind, last.code, typeof last.hint, typeof last.fbtrace_id],
    ["window", 10, "string", "string"],
  );
  const metrics = await sender.get("/metrics");
  assert.match(metrics.headers.get("content-type"), /^text\/plain/);
  assert.match(
    await metrics.text(),
    new RegExp(
      `^messenger_sender_messages\\{page="${pageId(0)}",status="sent"\\} ${page.totals.sent}$`,
      "m",
    ),
  );
});
