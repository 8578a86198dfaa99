// Tests the stand-in itself, with only fetch and raw sockets: what it answers, what it refuses, and
// that it fails as scripted.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { askAs, foreign, own } from "../scripts/ask-as.mjs";
import { startGraph } from "./server.mjs";
import * as steps from "./steps.mjs";

const TOKEN = "EAABtesttoken";
const SECRET = "0123456789abcdef0123456789abcdef";
const HELLO = { recipient: { id: "42" }, messaging_type: "RESPONSE", message: { text: "hello" } };
const LIMIT = { timeout: 20_000 };

/** A test with its own server. */
function graphTest(name, options, run) {
  test(name, LIMIT, async () => {
    const graph = await startGraph(options);
    try {
      await run(graph);
    } finally {
      await graph.close();
    }
  });
}

function asForm(params, token = TOKEN) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries({
    ...params,
    ...(token !== null && { access_token: token }),
  })) {
    form.set(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form;
}

function postForm(
  graph,
  params = HELLO,
  { path = "/v25.0/me/messages", token = TOKEN, ...init } = {},
) {
  return fetch(graph.url + path, {
    method: "POST",
    body: asForm(params, token),
    redirect: "manual",
    ...init,
  });
}

function postJson(
  graph,
  params = HELLO,
  { path = "/v25.0/me/messages", headers = { Authorization: `Bearer ${TOKEN}` } } = {},
) {
  return fetch(graph.url + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof params === "string" ? params : JSON.stringify(params),
  });
}

async function answerOf(promise) {
  const response = await promise;
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function assertRefused(promise, code, subcode) {
  const { status, body } = await answerOf(promise);
  assert.equal(status, 400);
  assert.deepEqual(Object.keys(body), ["error"]);
  assert.equal(body.error.code, code, body.error.message);
  assert.equal(body.error.error_subcode, subcode);
  assert.equal(body.error.type, "OAuthException");
  assert.equal(typeof body.error.message, "string");
  assert.match(body.error.fbtrace_id, /^A[\w-]+$/);
}

/** A raw client: sends one message and gathers what comes, until the connection ends or `ms` are over. */
async function rawPost(graph, ms = 300) {
  const body = asForm(HELLO).toString();
  const socket = connect(graph.port, "127.0.0.1");
  const came = { bytes: Buffer.alloc(0), times: [], error: null, ended: false, open: true };
  socket.on("data", (chunk) => {
    came.bytes = Buffer.concat([came.bytes, chunk]);
    came.times.push(performance.now());
  });
  socket.on("end", () => (came.ended = true));
  socket.on("error", (error) => (came.error = error.code));
  const closed = once(socket, "close").then(
    () => (came.open = false),
    () => (came.open = false),
  );
  socket.write(
    `POST /v25.0/me/messages HTTP/1.1\r\nHost: 127.0.0.1:${graph.port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let timer;
  await Promise.race([closed, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
  const result = { ...came, ...splitHttp(came.bytes.toString("utf8")) };
  socket.destroy();
  return result;
}

function splitHttp(text) {
  const [head, ...rest] = text.split("\r\n\r\n");
  return {
    head,
    body: rest.join("\r\n\r\n"),
    length: Number(/content-length: (\d+)/i.exec(head)?.[1]),
  };
}

// What is received, and how.

graphTest("a form, the token among the fields", {}, async (graph) => {
  const before = Date.now();
  const { status, body } = await answerOf(postForm(graph));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ["recipient_id", "message_id"]);
  assert.equal(body.recipient_id, "42");
  assert.match(body.message_id, /^m_/);

  assert.equal(graph.requests.length, 1);
  const [request] = graph.requests;
  assert.equal(request.method, "POST");
  assert.equal(request.path, "/v25.0/me/messages");
  assert.deepEqual(request.query, {});
  assert.match(request.headers["content-type"], /^application\/x-www-form-urlencoded/);
  assert.equal(request.body, asForm(HELLO).toString());
  assert.equal(request.bytes, request.body.length);
  assert.deepEqual(request.params, { ...HELLO, access_token: TOKEN });
  assert.ok(request.at >= before && request.at <= Date.now());

  const [message] = graph.accepted;
  assert.equal(message.message_id, body.message_id);
  assert.equal(message.page, "1234567890");
  assert.deepEqual(message.params, HELLO, "without the token");
});

graphTest("JSON, with the token as Bearer, as a member, and in the query", {}, async (graph) => {
  const { status, body } = await answerOf(postJson(graph));
  assert.equal(status, 200);
  assert.match(body.message_id, /^m_/);
  assert.deepEqual(graph.requests[0].params, HELLO);
  assert.equal(
    (await postJson(graph, { ...HELLO, access_token: TOKEN }, { headers: {} })).status,
    200,
  );
  assert.equal(
    (
      await postJson(graph, HELLO, {
        path: `/v25.0/me/messages?access_token=${TOKEN}`,
        headers: {},
      })
    ).status,
    200,
  );
  assert.deepEqual(graph.requests[2].query, { access_token: TOKEN });
  assert.equal(new Set(graph.accepted.map((one) => one.message_id)).size, 3);
});

graphTest("multipart, with a file", {}, async (graph) => {
  const form = new FormData();
  form.set("recipient", JSON.stringify(HELLO.recipient));
  form.set(
    "message",
    JSON.stringify({ attachment: { type: "image", payload: { is_reusable: true } } }),
  );
  form.set(
    "filedata",
    new File([new Uint8Array([137, 80, 13, 10, 0, 255])], "a.png", { type: "image/png" }),
  );
  form.set("access_token", TOKEN);
  const { status, body } = await answerOf(
    fetch(`${graph.url}/v25.0/777/messages`, { method: "POST", body: form }),
  );
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ["recipient_id", "message_id", "attachment_id"]);
  const { filename, type, size, sha256 } = graph.requests[0].files.filedata;
  assert.deepEqual({ filename, type, size }, { filename: "a.png", type: "image/png", size: 6 });
  assert.match(sha256, /^[0-9a-f]{64}$/);
  assert.equal(graph.requests[0].params.message.attachment.type, "image");
  assert.equal(graph.accepted[0].page, "777");
});

graphTest(
  "a body that is no strict JSON, no object, or cannot be read is refused",
  {},
  async (graph) => {
    await assertRefused(
      postForm(graph, { recipient: "{'id':'42'}", message: { text: "hi" } }),
      100,
    );
    await assertRefused(postForm(graph, { recipient: "[]", message: { text: "hi" } }), 100);
    await assertRefused(postJson(graph, "{"), 100);
    await assertRefused(postJson(graph, "[]"), 100);
    await assertRefused(
      postJson(graph, { recipient: '{"id":"42"}', message: { text: "hi" } }),
      100,
    );
    const headers = {
      "Content-Type": "multipart/form-data; boundary=abc",
      Authorization: `Bearer ${TOKEN}`,
    };
    await assertRefused(
      fetch(`${graph.url}/v25.0/me/messages`, { method: "POST", headers, body: "no parts" }),
      100,
    );
    await assertRefused(
      fetch(`${graph.url}/v25.0/me/messages`, { method: "POST", body: asForm(HELLO).toString() }),
      190,
    );
    assert.equal(graph.accepted.length, 0);
    assert.equal(graph.refused.length, 7);
  },
);

// Who may send.

graphTest("a missing and a wrong token", {}, async (graph) => {
  await assertRefused(postForm(graph, HELLO, { token: null }), 190);
  await assertRefused(postForm(graph, HELLO, { token: "EAABother" }), 190);
  await assertRefused(postJson(graph, HELLO, { headers: { Authorization: "Basic abc" } }), 190);
  assert.equal(graph.accepted.length, 0);
});

graphTest(
  "of several tokens each is another Page's",
  { token: ["EAABone", "EAABtwo"] },
  async (graph) => {
    assert.equal((await postForm(graph, HELLO, { token: "EAABone" })).status, 200);
    assert.equal((await postForm(graph, HELLO, { token: "EAABtwo" })).status, 200);
    await assertRefused(postForm(graph), 190);
    assert.deepEqual(
      graph.accepted.map((one) => one.page),
      ["1234567890", "1234567891"],
    );
  },
);

graphTest("appsecret_proof in both forms", { appSecret: SECRET }, async (graph) => {
  const proof = (data) => createHmac("sha256", SECRET).update(data).digest("hex");
  const timed = (seconds) => ({
    ...HELLO,
    appsecret_time: String(seconds),
    appsecret_proof: proof(`${TOKEN}|${seconds}`),
  });
  const now = Math.floor(Date.now() / 1000);
  const plain = proof(TOKEN);
  assert.equal(plain, "90ebdaa6e59538ed6730bcc524b5c57ccbc60d33908688f9fc219e9d6eeee808");

  assert.equal((await postForm(graph, { ...HELLO, appsecret_proof: plain })).status, 200);
  assert.equal((await postForm(graph, timed(now))).status, 200);
  assert.equal((await postForm(graph, timed(now - 290))).status, 200);
  assert.equal((await postJson(graph, timed(now))).status, 200);
  assert.deepEqual(graph.accepted[1].params, HELLO, "without the proof");

  await assertRefused(postForm(graph), 100);
  await assertRefused(postForm(graph, timed(now - 310)), 100);
  await assertRefused(postForm(graph, { ...timed(now), appsecret_time: String(now + 1) }), 100);
  await assertRefused(postForm(graph, { ...timed(now), appsecret_time: "soon" }), 100);
  await assertRefused(postForm(graph, { ...HELLO, appsecret_proof: plain.toUpperCase() }), 100);
  await assertRefused(
    postForm(graph, { ...HELLO, appsecret_time: String(now), appsecret_proof: plain }),
    100,
  );
  assert.equal(graph.accepted.length, 4);
});

graphTest("the proof beside a batch speaks for its items", { appSecret: SECRET }, async (graph) => {
  const appsecret_proof = createHmac("sha256", SECRET).update(TOKEN).digest("hex");
  const batch = [
    { method: "POST", relative_url: "me/messages", body: asForm(HELLO, null).toString() },
  ];
  const { body } = await answerOf(postForm(graph, { batch, appsecret_proof }, { path: "/" }));
  assert.equal(body[0].code, 200, body[0].body);
  await assertRefused(postForm(graph, { batch }, { path: "/" }), 100);
});

// The documented answers.

graphTest("who is not named by an id is not named in the answer", {}, async (graph) => {
  for (const recipient of [{ user_ref: "ref" }, { phone_number: "+1(212)555-2368" }]) {
    const { body } = await answerOf(postForm(graph, { ...HELLO, recipient }));
    assert.deepEqual(Object.keys(body), ["message_id"]);
  }
  for (const recipient of [
    { comment_id: "1_2" },
    { post_id: "1_2" },
    { one_time_notif_token: "t" },
  ]) {
    const { body } = await answerOf(postForm(graph, { ...HELLO, recipient }));
    assert.deepEqual(Object.keys(body), ["recipient_id", "message_id"]);
  }
});

graphTest("a sender action and a reaction are no messages", {}, async (graph) => {
  const typing = await answerOf(
    postForm(graph, { recipient: { id: "42" }, sender_action: "typing_on" }),
  );
  assert.deepEqual(typing.body, { recipient_id: "42" });
  const payload = { message_id: "m_1", reaction: "😀" };
  const react = await answerOf(
    postForm(graph, { recipient: { id: "42" }, sender_action: "react", payload }),
  );
  assert.deepEqual(react.body, { recipient_id: "42" });
  assert.deepEqual(graph.requests[1].params.payload, payload);
  assert.equal(graph.accepted.length, 0);
});

graphTest("an attachment that is to be used again", {}, async (graph) => {
  const message = (is_reusable) => ({
    ...HELLO,
    message: {
      attachment: { type: "image", payload: { url: "https://example.org/a.png", is_reusable } },
    },
  });
  const { body } = await answerOf(postForm(graph, message(true)));
  assert.deepEqual(Object.keys(body), ["recipient_id", "message_id", "attachment_id"]);
  assert.match(body.attachment_id, /^\d+$/);
  assert.equal(graph.accepted[0].attachment_id, body.attachment_id);
  const once = await answerOf(postForm(graph, message(false)));
  assert.deepEqual(Object.keys(once.body), ["recipient_id", "message_id"]);
});

graphTest("message_attachments", {}, async (graph) => {
  const path = "/v25.0/me/message_attachments";
  const message = {
    attachment: { type: "image", payload: { url: "https://example.org/a.png", is_reusable: true } },
  };
  const { status, body } = await answerOf(postJson(graph, { message }, { path }));
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body), ["attachment_id"]);

  const form = new FormData();
  form.set("message", JSON.stringify({ attachment: { type: "file", payload: {} } }));
  form.set("filedata", new Blob(["text"], { type: "text/plain" }), "a.txt");
  form.set("access_token", TOKEN);
  const upload = await answerOf(fetch(graph.url + path, { method: "POST", body: form }));
  assert.deepEqual(Object.keys(upload.body), ["attachment_id"]);
  assert.notEqual(upload.body.attachment_id, body.attachment_id);

  await assertRefused(
    postJson(graph, { message: { attachment: { type: "image", payload: {} } } }, { path }),
    100,
  );
  await assertRefused(postJson(graph, { message: {} }, { path }), 100);
  assert.equal(graph.accepted.length, 0, "an upload is no message");
});

graphTest("the headers of an answer", {}, async (graph) => {
  const { headers } = await answerOf(postForm(graph, HELLO, { path: "/v24.0/777/messages" }));
  assert.equal(headers.get("content-type"), "application/json; charset=UTF-8");
  assert.equal(headers.get("facebook-api-version"), "v24.0");
  assert.ok(headers.get("x-fb-trace-id"));
  assert.ok(headers.get("x-fb-rev"));
  assert.ok(headers.get("x-fb-debug"));
  assert.equal(headers.get("access-control-allow-origin"), "*");
  assert.equal(headers.get("access-control-expose-headers"), null);
  assert.equal(headers.get("vary"), "Origin");
  assert.deepEqual(JSON.parse(headers.get("x-business-use-case-usage")), {
    777: [
      {
        type: "messenger",
        call_count: 1,
        total_cputime: 1,
        total_time: 1,
        estimated_time_to_regain_access: 0,
      },
    ],
  });
  assert.deepEqual(JSON.parse(headers.get("x-app-usage")), {
    call_count: 1,
    total_time: 1,
    total_cputime: 1,
  });
});

graphTest("a path without a version, and an edge that does not exist", {}, async (graph) => {
  const { status, headers } = await answerOf(postForm(graph, HELLO, { path: "/me/messages" }));
  assert.equal(status, 200);
  assert.equal(headers.get("facebook-api-version"), "v25.0");
  await assertRefused(postForm(graph, HELLO, { path: "/v25.0/me/mesages" }), 100, 33);
  await assertRefused(postForm(graph, HELLO, { path: "/v25.0/me/messages/1" }), 100, 33);
  await assertRefused(postForm(graph, HELLO, { path: "/v25.0/messages" }), 100, 33);
  await assertRefused(fetch(`${graph.url}/v25.0/me/messages?access_token=${TOKEN}`), 100, 33);
});

// What it refuses by itself.

const REFUSALS = [
  ["no recipient", { message: { text: "hi" } }, 100],
  ["an empty recipient", { recipient: {}, message: { text: "hi" } }, 100],
  ["a message and a sender action", { ...HELLO, sender_action: "typing_on" }, 100, 2018014],
  ["an unknown sender action", { recipient: { id: "42" }, sender_action: "dance" }, 100],
  ["no message", { recipient: { id: "42" } }, 100, 2018034],
  ["an empty message", { recipient: { id: "42" }, message: {} }, 100, 2018034],
  ["an empty text", { recipient: { id: "42" }, message: { text: "" } }, 100, 2018034],
  [
    "a text and an attachment",
    {
      recipient: { id: "42" },
      message: { text: "hi", attachment: { type: "image", payload: {} } },
    },
    100,
  ],
  [
    "a text over 2000 characters",
    { recipient: { id: "42" }, message: { text: "a".repeat(2001) } },
    100,
  ],
  ...["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE"].map((tag) => [
    `the withdrawn tag ${tag}`,
    { ...HELLO, messaging_type: "MESSAGE_TAG", tag },
    100,
  ]),
];

for (const [name, params, code, subcode] of REFUSALS) {
  graphTest(`refuses ${name}`, {}, async (graph) => {
    await assertRefused(postForm(graph, params), code, subcode);
    await assertRefused(postJson(graph, params), code, subcode);
    assert.equal(graph.accepted.length, 0);
    assert.equal(graph.refused.length, 2);
    assert.equal(graph.refused[0].code, code);
    assert.equal(graph.refused[0].subcode, subcode);
  });
}

graphTest("accepts what stands beside the refusals", {}, async (graph) => {
  const texts = ["a".repeat(2000), "😀".repeat(2000)];
  for (const text of texts) {
    assert.equal((await postForm(graph, { ...HELLO, message: { text } })).status, 200);
  }
  assert.equal(
    (await postForm(graph, { ...HELLO, messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" })).status,
    200,
  );
  assert.deepEqual(
    graph.accepted.slice(0, 2).map((one) => one.params.message.text),
    texts,
  );
});

// Batches.

const item = (params = HELLO, more) => ({
  method: "POST",
  relative_url: "me/messages",
  body: asForm(params, null).toString(),
  ...more,
});

graphTest("a batch answers each item in its place", {}, async (graph) => {
  const batch = [
    item(),
    item({ message: { text: "nobody" } }),
    item({ recipient: { id: "42" }, sender_action: "typing_on" }),
    { relative_url: "me/messages" },
  ];
  const { status, headers, body } = await answerOf(postForm(graph, { batch }, { path: "/v25.0/" }));
  assert.equal(status, 200);
  assert.ok(headers.get("x-fb-trace-id"));
  assert.deepEqual(
    body.map((one) => one.code),
    [200, 400, 200, 400],
  );
  assert.deepEqual(JSON.parse(body[0].body), {
    recipient_id: "42",
    message_id: graph.accepted[0].message_id,
  });
  assert.equal(JSON.parse(body[1].body).error.code, 100);
  assert.deepEqual(JSON.parse(body[2].body), { recipient_id: "42" });
  assert.ok(body[0].headers.some(({ name }) => name === "X-Business-Use-Case-Usage"));
  assert.equal(graph.requests.length, 1);
  assert.equal(graph.accepted.length, 1);
  assert.equal(graph.refused.length, 2);
});

graphTest(
  "a batch: at the root as JSON, without headers, tokens and files of its items",
  { token: [TOKEN, "EAABtwo"] },
  async (graph) => {
    const batch = [
      item(),
      item(HELLO, { relative_url: "v24.0/me/messages?access_token=EAABtwo" }),
      item({ ...HELLO, access_token: "EAABno" }),
    ];
    const { body } = await answerOf(
      postJson(
        graph,
        { batch, include_headers: false, access_token: TOKEN },
        { path: "/", headers: {} },
      ),
    );
    assert.deepEqual(
      body.map((one) => Object.keys(one)),
      [
        ["code", "body"],
        ["code", "body"],
        ["code", "body"],
      ],
    );
    assert.deepEqual(
      body.map((one) => one.code),
      [200, 200, 400],
    );
    assert.equal(JSON.parse(body[2].body).error.code, 190);
    assert.deepEqual(
      graph.accepted.map((one) => one.page),
      ["1234567890", "1234567891"],
    );

    const form = new FormData();
    const message = { attachment: { type: "image", payload: {} } };
    form.set("access_token", TOKEN);
    form.set(
      "batch",
      JSON.stringify([
        item({ message }, { relative_url: "me/message_attachments", attached_files: "cat" }),
      ]),
    );
    form.set("cat", new Blob(["cat"], { type: "image/png" }), "cat.png");
    const upload = await answerOf(fetch(`${graph.url}/me`, { method: "POST", body: form }));
    assert.deepEqual(Object.keys(JSON.parse(upload.body[0].body)), ["attachment_id"]);
  },
);

graphTest("a batch holds 1 to 50 items and needs a token of its own", {}, async (graph) => {
  const full = await answerOf(postForm(graph, { batch: Array(50).fill(item()) }, { path: "/" }));
  assert.equal(full.body.length, 50);
  assert.equal(graph.accepted.length, 50);
  await assertRefused(postForm(graph, { batch: Array(51).fill(item()) }, { path: "/" }), 100);
  await assertRefused(postForm(graph, { batch: [] }, { path: "/" }), 100);
  await assertRefused(
    postForm(
      graph,
      { batch: [item({ ...HELLO, access_token: TOKEN })] },
      { path: "/", token: null },
    ),
    190,
  );
  assert.equal(graph.accepted.length, 50);
});

graphTest("the items of a batch can be scripted", {}, async (graph) => {
  graph.script(
    steps.batch(
      null,
      steps.silence(),
      steps.error({ code: 10, subcode: 2018278 }),
      steps.halfJson(),
      steps.empty(),
    ),
  );
  const { status, body } = await answerOf(
    postForm(graph, { batch: Array(6).fill(item()) }, { path: "/" }),
  );
  assert.equal(status, 200);
  assert.equal(body[0], null);
  assert.equal(body[1], null);
  assert.equal(body[2].code, 400);
  assert.equal(JSON.parse(body[2].body).error.error_subcode, 2018278);
  assert.throws(() => JSON.parse(body[3].body), SyntaxError);
  assert.deepEqual([body[4].code, body[4].body], [200, ""]);
  assert.match(JSON.parse(body[5].body).message_id, /^m_/);
  assert.equal(graph.accepted.length, 3, "the silent one, the half one and the one without a step");
});

// Browsers.

graphTest("a preflight is answered with what was asked for", {}, async (graph) => {
  graph.script(steps.empty(503));
  const response = await fetch(`${graph.url}/v25.0/me/messages`, {
    method: "OPTIONS",
    headers: {
      Origin: "http://localhost:3000",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  assert.equal(response.headers.get("access-control-allow-headers"), "authorization,content-type");
  assert.match(response.headers.get("access-control-allow-methods"), /POST/);
  assert.deepEqual(
    graph.requests.map((one) => one.method),
    ["OPTIONS"],
  );
  assert.equal((await postForm(graph)).status, 503, "a preflight uses no step up");
});

graphTest(
  "preflight: false leaves a browser without leave",
  { preflight: false },
  async (graph) => {
    const response = await fetch(`${graph.url}/v25.0/me/messages`, { method: "OPTIONS" });
    assert.equal(response.status, 400);
    assert.equal(response.headers.get("access-control-allow-headers"), null);
    assert.equal(graph.requests.length, 1);
  },
);

// Scripted answers.

graphTest("silence: the message is accepted, nothing is answered", {}, async (graph) => {
  graph.script(steps.silence(), steps.silence({ accept: false }));
  const came = await rawPost(graph);
  assert.equal(came.bytes.length, 0);
  assert.equal(came.open, true);
  assert.equal(graph.accepted.length, 1);
  await rawPost(graph, 100);
  assert.equal(graph.requests.length, 2);
  assert.equal(graph.accepted.length, 1);
  assert.equal((await postForm(graph)).status, 200, "back to normal");
});

graphTest("headersThenSilence", {}, async (graph) => {
  graph.script(steps.headersThenSilence());
  const came = await rawPost(graph);
  assert.match(came.head, /^HTTP\/1\.1 200 /);
  assert.ok(came.length > 0);
  assert.equal(came.body, "");
  assert.equal(came.open, true);
  assert.equal(graph.accepted.length, 1);
});

graphTest("drip: the body comes byte by byte, and whole", {}, async (graph) => {
  graph.script(steps.drip(5));
  const came = await rawPost(graph, 2000);
  assert.ok(came.times.length > 10, `${came.times.length} chunks`);
  assert.ok(came.times.at(-1) - came.times[0] >= (came.length - 1) * 4, "too fast");
  assert.equal(JSON.parse(came.body).message_id, graph.accepted[0].message_id);
});

graphTest("stall: half the body, then nothing", {}, async (graph) => {
  graph.script(steps.stall());
  const came = await rawPost(graph);
  assert.equal(came.body.length, Math.ceil(came.length / 2));
  assert.equal(came.open, true);
  assert.equal(graph.accepted.length, 1);
});

graphTest("resetBefore: no byte, no message", {}, async (graph) => {
  graph.script(steps.resetBefore(), steps.resetBefore({ fin: true }));
  const came = await rawPost(graph);
  assert.equal(came.bytes.length, 0);
  assert.equal(came.error, "ECONNRESET");
  const polite = await rawPost(graph);
  assert.equal(polite.bytes.length, 0);
  assert.equal(polite.ended, true);
  assert.equal(polite.error, null);
  assert.equal(graph.requests.length, 2);
  assert.equal(graph.accepted.length, 0);
});

graphTest("resetInside: the connection breaks in the body", {}, async (graph) => {
  graph.script(steps.resetInside());
  const came = await rawPost(graph, 2000);
  assert.equal(came.body.length, Math.ceil(came.length / 2));
  assert.equal(came.error, "ECONNRESET");
  assert.equal(graph.accepted.length, 1);
});

graphTest("acceptThenReset: no byte, but the message is accepted", {}, async (graph) => {
  graph.script(steps.acceptThenReset());
  const came = await rawPost(graph);
  assert.equal(came.bytes.length, 0);
  assert.equal(came.error, "ECONNRESET");
  assert.equal(graph.accepted.length, 1);
});

graphTest("halfJson: complete HTTP, broken JSON", {}, async (graph) => {
  graph.script(steps.halfJson());
  const response = await postForm(graph);
  const text = await response.text();
  assert.equal(response.status, 200);
  assert.equal(Number(response.headers.get("content-length")), text.length);
  assert.match(text, /^\{"recipient_id"/);
  assert.throws(() => JSON.parse(text), SyntaxError);
  assert.equal(graph.accepted.length, 1);
});

graphTest("empty, html and array", {}, async (graph) => {
  graph.script(
    steps.empty(),
    steps.empty(204),
    steps.html(502),
    steps.array(),
    steps.array({ accept: true }),
  );
  const empty = await postForm(graph);
  assert.deepEqual([empty.status, await empty.text()], [200, ""]);
  const none = await postForm(graph);
  assert.deepEqual([none.status, none.headers.get("content-length")], [204, null]);
  const html = await postForm(graph);
  assert.equal(html.status, 502);
  assert.match(html.headers.get("content-type"), /^text\/html/);
  assert.match(await html.text(), /^<!DOCTYPE html>/);
  const array = await answerOf(postForm(graph));
  assert.equal(array.status, 200);
  assert.equal(array.body.length, 1);
  assert.equal(typeof array.body[0].message_id, "string");
  assert.equal(graph.accepted.length, 0);
  const accepted = await answerOf(postForm(graph));
  assert.equal(accepted.body[0].message_id, graph.accepted[0].message_id);
});

graphTest("huge: 50 MB are streamed, and a client may stop in the middle", {}, async (graph) => {
  graph.script(steps.huge(), steps.huge(1000, { declared: true }), steps.huge());
  let bytes = 0;
  const response = await postForm(graph);
  assert.equal(response.headers.get("content-length"), null);
  for await (const chunk of response.body) {
    bytes += chunk.length;
  }
  assert.equal(bytes, 50 * 1024 * 1024);

  const small = await postForm(graph);
  assert.equal(small.headers.get("content-length"), "1000");
  const body = await small.json();
  assert.deepEqual(Object.keys(body), ["padding"], "nothing that could be taken for a receipt");

  const left = await postForm(graph);
  await left.body.cancel();
  assert.equal((await postForm(graph)).status, 200);
  assert.equal(graph.accepted.length, 1);
});

graphTest("raw: any answer", {}, async (graph) => {
  graph.script(
    steps.raw({
      status: 418,
      body: { a: 1 },
      headers: { "X-App-Usage": null, "content-type": "text/plain", "X-More": "1" },
    }),
    steps.raw({ body: "null" }),
  );
  const first = await answerOf(postForm(graph));
  assert.equal(first.status, 418);
  assert.deepEqual(first.body, { a: 1 });
  assert.equal(first.headers.get("x-app-usage"), null);
  assert.equal(first.headers.get("content-type"), "text/plain");
  assert.equal(first.headers.get("x-more"), "1");
  const second = await answerOf(postForm(graph));
  assert.deepEqual([second.status, second.body], [200, null]);
});

graphTest("redirect, 302 and 307", {}, async (graph) => {
  const to = `${graph.url}/v25.0/777/messages`;
  graph.script(steps.redirect(to), steps.redirect(to, 302), steps.redirect(to));
  for (const status of [307, 302]) {
    const response = await postForm(graph);
    assert.equal(response.status, status);
    assert.equal(response.headers.get("location"), to);
  }
  assert.equal(graph.accepted.length, 0);
  assert.equal((await postForm(graph, HELLO, { redirect: "follow" })).status, 200);
  assert.equal(graph.accepted[0].page, "777");
});

graphTest("error: every member of the envelope", {}, async (graph) => {
  graph.script(
    steps.error({
      status: 500,
      code: 2,
      subcode: 2018344,
      message: "no",
      type: "OtherException",
      is_transient: false,
      error_user_title: "Title",
      error_user_msg: "Text",
      error_data: { a: [1] },
      fbtrace_id: "Atrace",
      headers: { "Retry-After": "7" },
    }),
    steps.error({ code: 551 }),
  );
  const { status, headers, body } = await answerOf(postForm(graph));
  assert.equal(status, 500);
  assert.equal(headers.get("retry-after"), "7");
  assert.deepEqual(body, {
    error: {
      message: "no",
      type: "OtherException",
      code: 2,
      error_subcode: 2018344,
      is_transient: false,
      error_user_title: "Title",
      error_user_msg: "Text",
      error_data: { a: [1] },
      fbtrace_id: "Atrace",
    },
  });
  await assertRefused(postForm(graph), 551);
  assert.equal(graph.accepted.length, 0);
  assert.deepEqual(
    graph.refused.map((one) => one.code),
    [2, 551],
  );
});

graphTest("okWithError: status 200, and an error object", {}, async (graph) => {
  graph.script(
    steps.okWithError({ code: 10, subcode: 2018278 }),
    steps.okWithError({ accept: true }),
  );
  const { status, body } = await answerOf(postForm(graph));
  assert.equal(status, 200);
  assert.deepEqual([body.error.code, body.error.error_subcode], [10, 2018278]);
  assert.equal(graph.accepted.length, 0);
  const accepted = await answerOf(postForm(graph));
  assert.equal(accepted.body.error.code, 2);
  assert.equal(accepted.body.error.accept, undefined);
  assert.equal(graph.accepted.length, 1);
});

graphTest("throttle: so many refusals, then normal", {}, async (graph) => {
  graph.script(
    steps.throttle({ times: 2 }),
    steps.throttle({ code: 1200, is_transient: true, regainMinutes: 3, retryAfter: 9 }),
  );
  await assertRefused(postForm(graph), 613);
  await assertRefused(postForm(graph), 613);
  const { status, headers, body } = await answerOf(
    postForm(graph, HELLO, { path: "/v25.0/777/messages" }),
  );
  assert.equal(status, 400);
  assert.deepEqual([body.error.code, body.error.is_transient], [1200, true]);
  assert.equal(headers.get("retry-after"), "9");
  const [usage] = JSON.parse(headers.get("x-business-use-case-usage"))[777];
  assert.deepEqual([usage.call_count, usage.estimated_time_to_regain_access], [100, 3]);
  assert.deepEqual(Object.keys(body.error).sort(), [
    "code",
    "fbtrace_id",
    "is_transient",
    "message",
    "type",
  ]);
  assert.equal((await postForm(graph)).status, 200);
  assert.equal(graph.accepted.length, 1);
  assert.equal(graph.refused.length, 3);
  for (const code of [4, 2]) {
    graph.script(steps.throttle({ code }));
    await assertRefused(postForm(graph), code);
  }
});

graphTest(
  "delay: normal, or another step, but later; ok: normal, with headers",
  {},
  async (graph) => {
    graph.script(
      steps.delay(150),
      steps.delay(150, steps.empty(503)),
      steps.ok({ headers: { "X-App-Usage": "no JSON" } }),
    );
    for (const status of [200, 503]) {
      const start = performance.now();
      assert.equal((await postForm(graph)).status, status);
      assert.ok(performance.now() - start >= 140);
    }
    const { headers, body } = await answerOf(postForm(graph));
    assert.equal(headers.get("x-app-usage"), "no JSON");
    assert.equal(body.message_id, graph.accepted[1].message_id);
  },
);

graphTest("a function stands for every request after the queue, until reset", {}, async (graph) => {
  graph.script(
    (request) => (request.params.recipient.id === "13" ? steps.error({ code: 551 }) : undefined),
    "empty",
  );
  const unlucky = { ...HELLO, recipient: { id: "13" } };
  const queued = await postForm(graph, unlucky);
  assert.equal(await queued.text(), "");
  await assertRefused(postForm(graph, unlucky), 551);
  await assertRefused(postForm(graph, unlucky), 551);
  assert.equal((await postForm(graph)).status, 200);
  graph.script(async () => {
    throw new Error("a mistake in the test");
  });
  const failed = await postForm(graph);
  assert.deepEqual(
    [failed.status, await failed.text()],
    [500, "local-graph: a mistake in the test"],
  );
  graph.reset();
  assert.equal((await postForm(graph, unlucky)).status, 200);
});

graphTest("a mistake in a script is told, and nothing of it is queued", {}, async (graph) => {
  assert.throws(() => graph.script(steps.empty(503), { step: "silense" }), /no such step/);
  assert.throws(() => graph.script("toString"), /no such step/);
  assert.throws(() => graph.script({ step: "drip", everyMS: 3 }), /no option everyMS/);
  assert.throws(() => graph.script(steps.error({ status: 400 })), /needs code/);
  assert.throws(() => graph.script(steps.delay(5, "nothing")), /no such step/);
  assert.throws(() => graph.script(steps.batch(steps.drip())), /item of a batch/);
  assert.equal((await postForm(graph)).status, 200);
});

// The enforced rate.

graphTest(
  "perSecond: 613 over it, for each Page, also inside a batch",
  { perSecond: 3 },
  async (graph) => {
    await assertRefused(postForm(graph, HELLO, { token: "EAABother" }), 190);
    const start = performance.now();
    const statuses = [];
    for (let sent = 0; sent < 5; sent += 1) {
      statuses.push((await postForm(graph)).status);
    }
    await assertRefused(postForm(graph), 613);
    assert.equal(
      (await postForm(graph, HELLO, { path: "/v25.0/777/messages" })).status,
      200,
      "another Page",
    );
    const { body } = await answerOf(
      postForm(
        graph,
        { batch: Array(4).fill(item(HELLO, { relative_url: "888/messages" })) },
        { path: "/" },
      ),
    );
    assert.ok(performance.now() - start < 900, "too slow to tell");
    assert.deepEqual(statuses, [200, 200, 200, 400, 400]);
    assert.deepEqual(
      body.map((one) => one.code),
      [200, 200, 200, 400],
    );
    assert.equal(JSON.parse(body[3].body).error.code, 613);
    assert.equal(graph.accepted.length, 7);
    assert.deepEqual(
      graph.refused.map((one) => one.code),
      [190, 613, 613, 613, 613],
    );
    await new Promise((resolve) => setTimeout(resolve, 1050));
    assert.equal((await postForm(graph)).status, 200, "a second later");
  },
);

graphTest(
  "perSecond: audio and video apart, and a refused call uses no step up",
  { perSecond: { text: 2, media: 1 } },
  async (graph) => {
    graph.script(steps.ok(), steps.ok(), steps.ok(), steps.empty(503));
    const audio = {
      ...HELLO,
      message: { attachment: { type: "audio", payload: { url: "https://example.org/a.mp3" } } },
    };
    const statuses = [];
    for (const message of [audio, audio, HELLO, HELLO, HELLO]) {
      statuses.push((await postForm(graph, message)).status);
    }
    assert.deepEqual(statuses, [200, 400, 200, 200, 400]);
    assert.equal((await postForm(graph, HELLO, { path: "/777/messages" })).status, 503);
  },
);

// Its life.

graphTest("keep bounds what is remembered; reset forgets it", { keep: 2 }, async (graph) => {
  const { requests, accepted, refused } = graph;
  for (const id of ["1", "2", "3"]) {
    await postForm(graph, { ...HELLO, recipient: { id } });
    await assertRefused(postForm(graph, HELLO, { token: "EAABother" }), 190);
  }
  assert.deepEqual(
    accepted.map((one) => one.recipient_id),
    ["2", "3"],
  );
  assert.deepEqual([requests.length, refused.length], [2, 2]);
  graph.script(steps.empty(503));
  graph.reset();
  assert.deepEqual([requests.length, accepted.length, refused.length], [0, 0, 0]);
  assert.equal((await postForm(graph)).status, 200);
  assert.equal(graph.requests, requests);
});

test("close ends silent, idle and half-sent connections at once", LIMIT, async () => {
  const graph = await startGraph();
  graph.script(steps.silence());
  const silent = postForm(graph).then(
    () => "answered",
    () => "broken",
  );
  const idle = connect(graph.port, "127.0.0.1");
  const partial = connect(graph.port, "127.0.0.1");
  await Promise.all([once(idle, "connect"), once(partial, "connect")]);
  partial.write(
    `POST /v25.0/me/messages HTTP/1.1\r\nHost: 127.0.0.1:${graph.port}\r\nContent-Length: 10\r\n\r\nabc`,
  );
  const ends = [idle, partial].map(
    (socket) => new Promise((resolve) => socket.on("error", () => {}).on("close", resolve)),
  );
  while (graph.requests.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const start = performance.now();
  await graph.close();
  await Promise.all(ends);
  assert.equal(await silent, "broken");
  assert.ok(performance.now() - start < 1000);
  assert.equal(graph.requests.length, 1, "a request that never ended is none");
  await assert.rejects(fetch(graph.url));
});

test("a wrong option is an error", LIMIT, async () => {
  await assert.rejects(startGraph({ tokens: "x" }), /no option tokens/);
  await assert.rejects(startGraph({ perSecond: 0 }), /perSecond/);
});

// From another process.

graphTest(
  "script, requests, accepted, refused and reset over HTTP, with CORS",
  { preflight: false },
  async (graph) => {
    const admin = (name, init) => fetch(`${graph.url}/__graph/${name}`, init);
    const preflight = await admin("script", {
      method: "OPTIONS",
      headers: { "Access-Control-Request-Headers": "content-type" },
    });
    assert.equal(preflight.status, 200);
    assert.equal(preflight.headers.get("access-control-allow-headers"), "content-type");

    const scripted = await admin("script", {
      method: "POST",
      body: JSON.stringify([steps.empty(503), { step: "throttle", times: 1 }]),
    });
    assert.equal(scripted.status, 200);
    assert.equal((await admin("script", { method: "POST", body: '"halfJson"' })).status, 200);
    assert.equal((await postForm(graph)).status, 503);
    await assertRefused(postForm(graph), 613);
    await assert.rejects((await postForm(graph)).json(), SyntaxError);

    const requests = await admin("requests");
    assert.equal(requests.headers.get("access-control-allow-origin"), "*");
    assert.deepEqual(await requests.json(), JSON.parse(JSON.stringify(graph.requests)));
    assert.equal(graph.requests.length, 3, "without those of the test itself");
    assert.deepEqual(await (await admin("accepted")).json(), graph.accepted);
    assert.equal(graph.accepted.length, 1);
    assert.equal((await (await admin("refused")).json())[0].code, 613);

    for (const body of ["{", '{"step":"silense"}', "[1]"]) {
      const wrong = await answerOf(admin("script", { method: "POST", body }));
      assert.equal(wrong.status, 400);
      assert.equal(typeof wrong.body.error, "string");
    }
    assert.equal((await admin("nothing")).status, 404);
    assert.equal((await admin("reset", { method: "POST" })).status, 200);
    assert.equal(graph.requests.length, 0);
  },
);

graphTest("other sites are not answered, by Graph or by its control", {}, async (graph) => {
  const body = asForm(HELLO).toString();
  const type = { "Content-Type": "application/x-www-form-urlencoded" };
  const calls = [
    ["POST", "/v25.0/me/messages", { ...type, "Content-Length": Buffer.byteLength(body) }, body],
    ["POST", "/__graph/script", {}, '"silence"'],
    ["POST", "/__graph/reset", {}, ""],
    ["GET", "/__graph/requests", {}, undefined],
    ["OPTIONS", "/v25.0/me/messages", {}, undefined],
  ];
  for (const [method, path, always, content] of calls) {
    for (const [name, headers, status] of foreign(graph.port)) {
      const answer = await askAs(graph.port, path, {
        method,
        headers: { ...always, ...headers },
        body: content,
      });
      assert.equal(answer.status, status, `${name}: ${method} ${path}`);
      assert.equal(answer.headers["access-control-allow-origin"], undefined);
    }
  }
  assert.deepEqual([graph.requests.length, graph.accepted.length], [0, 0]);
});

graphTest("its own names, programs and pages of this machine are answered", {}, async (graph) => {
  for (const [name, headers] of [
    ...own(graph.port),
    ["a page of another server here", { Origin: "http://localhost:3000" }],
  ]) {
    const { status } = await askAs(graph.port, "/__graph/requests", { headers });
    assert.equal(status, 200, name);
  }
});

graphTest("answerOnly leaves one page", {}, async (graph) => {
  graph.answerOnly("http://127.0.0.1:4173");
  const statusFor = async (Origin) =>
    (await askAs(graph.port, "/__graph/reset", { method: "POST", headers: { Origin } })).status;
  assert.equal(await statusFor("http://127.0.0.1:4173"), 200);
  assert.equal(await statusFor("http://127.0.0.1:4174"), 403);
  assert.equal((await askAs(graph.port, "/__graph/requests")).status, 200);
});

test("a server on every interface answers by IPv6 too, and no other name", LIMIT, async (t) => {
  const graph = await startGraph({ host: "0.0.0.0" });
  t.after(() => graph.close());
  for (const [Host, status] of [
    [`[::1]:${graph.port}`, 200],
    [`0.0.0.0:${graph.port}`, 421],
    [`evil.example:${graph.port}`, 421],
  ]) {
    const answer = await askAs(graph.port, "/__graph/requests", { headers: { Host } });
    assert.equal(answer.status, status, Host);
  }
});

test("the command prints its address, serves, and logs no token", LIMIT, async () => {
  const server = fileURLToPath(new URL("server.mjs", import.meta.url));
  const child = spawn(
    process.execPath,
    [server, "--port", "0", "--token", "EAABfromtheline", "--per-second", "2"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  let wake = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      wake();
    });
  }
  const exited = once(child, "exit");
  try {
    while (!output.includes("\n")) {
      await new Promise((resolve) => (wake = resolve));
    }
    const [, url] =
      /^listening on (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(output) ?? assert.fail(output);
    assert.equal((await postForm({ url }, HELLO, { token: "EAABfromtheline" })).status, 200);
    assert.equal(
      (await postJson({ url }, "{", { headers: { Authorization: "Bearer EAABfromtheline" } }))
        .status,
      400,
    );
    await assertRefused(postForm({ url }), 190);
    assert.equal((await (await fetch(`${url}/__graph/accepted`)).json()).length, 1);
  } finally {
    child.kill("SIGTERM");
  }
  const [code] = await exited;
  assert.equal(code, 0);
  assert.equal(output.trim().split("\n").length, 1, output);
  assert.doesNotMatch(output, /EAAB/);
});

test(
  "the command refuses arguments that it does not know, without repeating them",
  LIMIT,
  async () => {
    const server = fileURLToPath(new URL("server.mjs", import.meta.url));
    const child = spawn(process.execPath, [server, "--tokn=EAABfromtheline"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stderr.on("data", (chunk) => (output += chunk));
    const [code] = await once(child, "close");
    assert.equal(code, 2);
    assert.match(output, /usage:/);
    assert.doesNotMatch(output, /EAAB/);
  },
);
