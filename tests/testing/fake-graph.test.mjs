// messenger-send/testing: what it reads, what it records, how it fails, and which timers it uses.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { fakeGraph, receipt, sendError, steps } from "../../pkg-template/testing/index.js";

const ADDRESS = "https://graph.facebook.com/v25.0/me/messages";
const SECRET = "0123456789abcdef0123456789abcdef";
const FIELDS = { recipient: '{"id":"42"}', message: '{"text":"hello"}', access_token: "EAABtoken" };
const LIMIT = { timeout: 10_000 };

const form = (more) => new URLSearchParams({ ...FIELDS, ...more });
const post = (graph, body = form(), init = {}, address = ADDRESS) =>
  graph.fetch(address, { method: "POST", body, ...init });
const codeOf = async (answer) => (await (await answer).json()).error?.code;

test("every kind of body that fetch takes is read", LIMIT, async () => {
  const graph = fakeGraph();
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const text = form().toString();
  const bytes = new TextEncoder().encode(text);
  const pairs = new FormData();
  for (const [name, value] of Object.entries(FIELDS)) pairs.set(name, value);
  await post(graph, form());
  await post(graph, text, { headers: type });
  await post(graph, bytes, { headers: new Headers(type) });
  await post(graph, bytes.buffer, { headers: Object.entries(type) });
  await post(graph, new Blob([bytes], { type: type["Content-Type"] }));
  await post(graph, new Blob([bytes]).stream(), { headers: type });
  await post(graph, pairs);
  await graph.fetch(new Request(ADDRESS, { method: "POST", body: pairs }));
  await graph.fetch(new Request(ADDRESS, { method: "POST", body: form() }));
  await graph.fetch(new URL(ADDRESS), { method: "POST", body: text, headers: type });
  assert.equal(graph.accepted.length, 10);
  assert.deepEqual(
    graph.requests.map(({ params }) => params),
    Array(10).fill({ recipient: { id: "42" }, message: { text: "hello" } }),
  );
});

test("a text without a content type is no form", LIMIT, async () => {
  assert.equal(await codeOf(post(fakeGraph(), form().toString())), 190);
});

test("no secret is kept, wherever it stood", LIMIT, async () => {
  const graph = fakeGraph();
  const item = {
    method: "POST",
    relative_url: "me/messages?access_token=EAABtoken&x=1",
    body: "a=1&access_token=EAABtoken&b=2&appsecret_proof=abcdef",
  };
  await post(graph, form({ appsecret_proof: "abcdef", appsecret_time: "1" }));
  await post(graph, JSON.stringify({ recipient: { id: "1" } }), {
    headers: { authorization: "Bearer EAABtoken", "content-type": "application/json" },
  });
  await post(
    graph,
    new URLSearchParams({ batch: JSON.stringify([item]) }),
    {},
    "https://graph.facebook.com/?access_token=EAABtoken&y=2",
  );
  assert.doesNotMatch(
    JSON.stringify([graph.requests, graph.accepted, graph.refused]),
    /EAABtoken|abcdef|appsecret/,
  );
  const { url, params } = graph.requests[2];
  assert.equal(url, "https://graph.facebook.com/?y=2");
  assert.deepEqual(params.batch[0], { ...item, relative_url: "me/messages?x=1", body: "a=1&b=2" });
});

test("keepSecrets keeps what came", LIMIT, async () => {
  const graph = fakeGraph({ keepSecrets: true });
  await post(graph, form().toString(), {
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Authorization: "Bearer EAABother",
    },
  });
  const [{ params, headers, body }] = graph.requests;
  assert.deepEqual(
    [params.access_token, headers.authorization, body],
    ["EAABtoken", "Bearer EAABother", form().toString()],
  );
});

test("tokens, the app's secret and the rate are checked where they are given", LIMIT, async (t) => {
  assert.equal(await codeOf(post(fakeGraph({ token: "EAABother" }))), 190);
  const appsecret_proof = createHmac("sha256", SECRET).update(FIELDS.access_token).digest("hex");
  const signed = fakeGraph({ appSecret: SECRET });
  assert.equal(await codeOf(post(signed, form({ appsecret_proof }))), undefined);
  assert.equal(await codeOf(post(signed)), 100);

  t.mock.timers.enable({ apis: ["Date"], now: 1000 });
  const limited = fakeGraph({ perSecond: 2 });
  const codes = [];
  for (const ms of [0, 0, 999, 1]) {
    t.mock.timers.tick(ms);
    codes.push(await codeOf(post(limited)));
  }
  assert.deepEqual(codes, [undefined, undefined, 613, undefined]);
});

test("it uses the timers of a test runner", LIMIT, async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const graph = fakeGraph();
  graph.script(steps.delay(60_000));
  let answered = false;
  const answer = post(graph).then(() => (answered = true));
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(59_999);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual([answered, graph.accepted.length], [false, 1]);
  t.mock.timers.tick(1);
  await answer;
});

test("a signal ends every wait, with its reason, and keeps no listener", LIMIT, async () => {
  const graph = fakeGraph();
  const reason = new Error("enough");
  await assert.rejects(post(graph, form(), { signal: AbortSignal.abort(reason) }), reason);
  assert.equal(graph.requests.length, 0);
  for (const step of [steps.silence(), steps.delay(3_600_000), steps.stall()]) {
    const controller = new AbortController();
    graph.script(step);
    const answer = post(graph, form(), { signal: controller.signal }).then((response) =>
      response.text(),
    );
    setTimeout(() => controller.abort(reason), 5);
    await assert.rejects(answer, reason);
  }
  let listeners = 0;
  const signal = {
    aborted: false,
    addEventListener: () => (listeners += 1),
    removeEventListener: () => (listeners -= 1),
  };
  graph.script("ok", "resetBefore", "drip");
  await post(graph, form(), { signal });
  await post(graph, form(), { signal }).catch(() => {});
  await (await post(graph, form(), { signal })).text();
  assert.equal(listeners, 0);
});

test("a cancelled body is released", LIMIT, async () => {
  const graph = fakeGraph();
  for (const step of ["stall", "headersThenSilence", "huge"]) {
    graph.script(step);
    await (await post(graph)).body.cancel();
  }
});

test("redirects are followed, refused or handed over, as redirect says", LIMIT, async () => {
  const graph = fakeGraph();
  const to = "https://graph.facebook.com/v25.0/777/messages";
  graph.script(steps.redirect(to), steps.redirect(to), steps.redirect(to, 307));
  const manual = await post(graph, form(), { redirect: "manual" });
  assert.deepEqual([manual.status, manual.headers.get("location")], [307, to]);
  await assert.rejects(post(graph, form(), { redirect: "error" }), TypeError);
  assert.equal(graph.accepted.length, 0);
  assert.equal((await post(graph)).status, 200);
  assert.equal(graph.accepted[0].page, "777");
  graph.script(steps.redirect(to, 303));
  assert.equal((await post(graph)).status, 400);
  assert.deepEqual(graph.requests.at(-1).method, "GET");
  graph.script(...Array(21).fill(steps.redirect(ADDRESS)));
  await assert.rejects(post(graph), /fetch failed/);
});

test("a status without a body, and any code", LIMIT, async () => {
  const graph = fakeGraph();
  graph.script(
    steps.empty(204),
    steps.error({ code: 551, subcode: 1545041, message: "no", is_transient: true, status: 500 }),
    steps.okWithError({ code: 10 }),
  );
  assert.equal((await post(graph)).body, null);
  const refused = await post(graph);
  const { error } = await refused.json();
  assert.deepEqual(
    [refused.status, error],
    [
      500,
      {
        message: "no",
        type: "OAuthException",
        code: 551,
        error_subcode: 1545041,
        is_transient: true,
        fbtrace_id: error.fbtrace_id,
      },
    ],
  );
  assert.deepEqual(
    [(await post(graph)).status, graph.refused.map(({ code }) => code)],
    [200, [551, 10]],
  );
});

test("a function decides for each request", LIMIT, async () => {
  const graph = fakeGraph();
  graph.script(({ params }) =>
    params.recipient.id === "13" ? steps.error({ code: 551 }) : undefined,
  );
  assert.equal(await codeOf(post(graph, form({ recipient: '{"id":"13"}' }))), 551);
  assert.equal(await codeOf(post(graph)), undefined);
});

test("a misspelled option or step is an error, and keep bounds what is kept", LIMIT, async () => {
  assert.throws(() => fakeGraph({ tokens: "x" }), /no option tokens/);
  assert.throws(() => fakeGraph().script("silense"), /no such step/);
  const graph = fakeGraph({ keep: 2 });
  for (const id of ["1", "2", "3"]) {
    await post(graph, form({ recipient: `{"id":"${id}"}` }));
  }
  assert.deepEqual(
    graph.accepted.map(({ recipient_id }) => recipient_id),
    ["2", "3"],
  );
  assert.equal(graph.requests.length, 2);
});

test("errors and receipts for mocks", () => {
  const error = sendError({ kind: "rate_limit", code: 613, retryAfterMs: 5000, cause: "why" });
  assert.ok(error instanceof Error);
  assert.deepEqual(
    { ...error },
    {
      kind: "rate_limit",
      delivery: "rejected",
      retryable: true,
      attempts: 1,
      code: 613,
      retryAfterMs: 5000,
    },
  );
  assert.deepEqual(
    [error.name, error.cause, String(error)],
    ["SendError", "why", "SendError: A made-up SendError of kind rate_limit"],
  );
  assert.deepEqual(
    { ...sendError({ kind: "configuration" }) },
    { kind: "configuration", delivery: "not_sent", retryable: false, attempts: 0 },
  );
  assert.equal(sendError({ kind: "network", delivery: "not_sent" }).delivery, "not_sent");
  assert.equal(Object.hasOwn(sendError(), "cause"), false);
  assert.throws(() => sendError({ kind: "toString" }), /no kind/);
  assert.deepEqual(receipt(), {
    recipient_id: "7001002003004005",
    message_id: "m_made_up",
    attempts: 1,
  });
  assert.equal(receipt({ attempts: 2 }).attempts, 2);
});
