// Other code has put members into Object.prototype ("prototype pollution"): every call has the same
// outcome as without them, and none of them becomes a part of a request.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { project } from "./lib/project.mjs";

const TOKEN = "EAABtesttoken";
const MESSAGE = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "hi" } };
const OTHER = JSON.stringify({ ...MESSAGE, recipient: { id: "2" } });
const RECEIPT = { recipient_id: "1", message_id: "m_1" };
const REFUSAL = {
  error: { message: "no", type: "T", code: 100, error_subcode: 33, error_data: { a: [1] } },
};
const LATER = { error: { message: "later", code: 613, is_transient: true } };
const USAGE = { "x-app-usage": '{"call_count":1,"total_time":2,"total_cputime":3}' };

/** What each member is set to: what would do the most harm, if it were read. */
const MEMBERS = {
  accessToken: "EAABsomebody",
  appSecret: "0123456789abcdef",
  baseUrl: "https://example.org",
  pageId: "2",
  apiVersion: "v1.0",
  encoding: "json",
  redirect: "follow",
  dispatcher: {},
  method: "GET",
  mode: "no-cors",
  credentials: "include",
  headers: { "X-Other": "1" },
  body: OTHER,
  fetch: () => assert.fail("this fetch must not be called"),
  retry: { attempts: 9 },
  attempts: 9,
  unknown: true,
  delayMs: 1,
  timeoutMs: 0.001,
  signal: AbortSignal.abort(),
  onResult: () => assert.fail("this listener must not be called"),
  receipt: RECEIPT,
  text: OTHER,
  bytes: new TextEncoder().encode(OTHER),
  reason: "too_large",
  isDone: true,
  isFailed: true,
  total: 0,
  client: 1,
  rules: '{"platform":"instagram"}',
  platform: "instagram",
  file: new Blob(["x"]),
  fileName: "x",
  filedata: new Blob(["x"]),
  url: "https://example.org",
  exception: new Error("other"),
  cause: new Error("other"),
  errors: [{ code: "ECONNREFUSED" }],
  code: "ECONNREFUSED",
  syscall: "connect",
  kind: "network",
  delivery: "not_sent",
  retryable: true,
  subcode: 1,
  data: "other",
  hint: "other",
  stamp: "other",
  usage: "other",
  app: "other",
  callCount: 99,
  warnings: [],
  message_id: "m_other",
  recipient_id: "3",
  attachment_id: "4",
  issues: [],
  request: OTHER,
  details: ["", new Uint32Array(0)],
  aborted: { value: 1 },
  network: { value: 1 },
  broken: () => assert.fail("this function must not be called"),
};
const KINDS = {
  "a value": (value) => ({ value, writable: true }),
  "a value that cannot be changed": (value) => ({ value, writable: false }),
  "a getter": (value) => ({ get: () => value }),
  "a setter": (value) => ({ get: () => value, set() {} }),
};

let api;
before(async () => {
  const folder = await project({});
  api = await import(pathToFileURL(join(folder, "node_modules/messenger-send/node.js")).href);
});

/** A `fetch` that gives these answers in turn; an answer is an error or a response. */
function double(...answers) {
  return async (url, init) => {
    assert.match(url, /^https:\/\/graph\.facebook\.com\/v25\.0\/me\/messages$/);
    assert.equal(init.method, "POST");
    assert.equal(init.redirect, "manual");
    assert.deepEqual(
      [Object.getPrototypeOf(init), Object.getPrototypeOf(init.headers)],
      [null, null],
    );
    assert.ok(!init.body.includes("2%22") && init.body.includes(TOKEN), init.body);
    const answer = answers.shift();
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
}

const response = (body, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: USAGE });

/** The calls, each with its own options; they are prepared before Object.prototype is changed. */
function calls() {
  const cycle = {};
  cycle.cycle = cycle;
  const options = (more) => ({ accessToken: TOKEN, ...more });
  const quick = { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 };
  const reset = new TypeError("fetch failed", { cause: new Error("reset") });
  const accepted = options({ fetch: double(response(RECEIPT)) });
  const refused = options({ fetch: double(response(REFUSAL, 400)) });
  const repeated = options({
    retry: quick,
    fetch: double(response(LATER, 400), response(RECEIPT)),
  });
  const broken = options({ retry: quick, fetch: double(reset, response(RECEIPT)) });
  const unsendable = options({ fetch: double() });
  const many = options({
    perSecond: 1000,
    fetch: double(response(RECEIPT), response(REFUSAL, 400)),
  });
  const misspelled = options({ baseURL: "https://example.org" });
  return {
    accepted: () => api.send(MESSAGE, accepted),
    refused: () => api.send(MESSAGE, refused),
    "refused, then accepted": () => api.send(MESSAGE, repeated),
    "a connection that breaks": () => api.send(MESSAGE, broken),
    "a message without JSON": () => api.send(cycle, unsendable),
    "an invalid message": () => api.send({}, unsendable),
    "a wrong option": () => api.send(MESSAGE, misspelled),
    many: async () => {
      const results = [];
      const { durationMs, ...summary } = await api.sendAll([MESSAGE, cycle, MESSAGE], {
        ...many,
        onResult: (result) => results.push(outcomeOf(result.error ?? result)),
      });
      return { summary, results };
    },
    validate: () => [MESSAGE, {}, cycle, undefined].map((value) => api.validate(value)),
    validateJson: () => ["{}", OTHER, 1].map((json) => api.validateJson(json)),
    buildMessage: () => api.buildMessage({ to: "1", text: "x" }),
    "buildMessage, refused": () => api.buildMessage({ to: "1" }),
  };
}

/** An outcome as text: all own members, whatever they are. */
function outcomeOf(value) {
  const seen = (inner) =>
    inner instanceof Error
      ? [inner.name, inner.message, Object.hasOwn(inner, "cause"), { ...inner }]
      : inner;
  return JSON.stringify(seen(value), (_, inner) => seen(inner));
}

/** Runs something while Object.prototype has this member. */
async function inherited(member, property, run) {
  Object.defineProperty(Object.prototype, member, { ...property, configurable: true });
  try {
    return await run();
  } finally {
    delete Object.prototype[member];
  }
}

async function outcomes(prepared) {
  const found = {};
  for (const [name, call] of Object.entries(prepared)) {
    try {
      found[name] = outcomeOf(await call());
    } catch (error) {
      found[name] = outcomeOf(error);
    }
  }
  return found;
}

test("without it", async () => {
  const found = await outcomes(calls());
  const kinds = Object.values(found).map((text) => /"(?:kind|code)":"?([^",]*)/.exec(text)?.[1]);
  assert.deepEqual(kinds.slice(0, 7), [
    undefined,
    "request",
    undefined,
    "network",
    "json.unserializable",
    "recipient.missing",
    "configuration",
  ]);
  assert.match(found["refused, then accepted"], /"attempts":2/);
  assert.match(found["a connection that breaks"], /"delivery":"unknown".*"attempts":1/);
});

for (const [kind, property] of Object.entries(KINDS)) {
  test(`${kind} in Object.prototype`, { timeout: 120_000 }, async () => {
    const expected = await outcomes(calls());
    for (const [member, value] of Object.entries(MEMBERS)) {
      const prepared = calls();
      const found = await inherited(member, property(value), () => outcomes(prepared));
      assert.deepEqual(found, expected, member);
    }
  });
}

/**
 * Members that the package sets in the second argument of `fetch`. Node itself reads some others
 * from Object.prototype, whatever the argument, and fails.
 */
const INIT = { method: "PUT", redirect: "follow" };

/** In another thread, whose Object.prototype is untouched. */
const SERVER = `
  const { parentPort } = require("node:worker_threads");
  const server = require("node:http").createServer((request, answer) => {
    parentPort.postMessage([request.method, request.url]);
    answer.end('{"recipient_id":"1","message_id":"m_1"}');
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

test("the platform's own fetch", { timeout: 60_000 }, async (t) => {
  const server = new Worker(SERVER, { eval: true });
  t.after(() => server.terminate());
  const told = () => new Promise((resolve) => server.once("message", resolve));
  const baseUrl = `http://127.0.0.1:${await told()}`;
  for (const [member, value] of Object.entries(INIT)) {
    const request = told();
    const sent = await inherited(member, { value, writable: true }, () =>
      api.send(MESSAGE, { accessToken: TOKEN, baseUrl }),
    );
    assert.equal(sent.message_id, "m_1", member);
    assert.deepEqual(await request, ["POST", "/v25.0/me/messages"], member);
  }
});
