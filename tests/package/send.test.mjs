// `send` of the packed package against the local Graph: requests and receipts, and that every
// failure settles in time, says whether the person may have received the message, and exposes no
// secret.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import * as step from "../local-graph/steps.mjs";
import { tell, told } from "./lib/outcome.mjs";
import { installed, project, runIn } from "./lib/project.mjs";
import { assertHoldsNone } from "./lib/secrets.mjs";

// With characters that are encoded differently in a form, a URL and JSON.
const TOKEN = 'EAABtest+token/with="&signs';
const SECRET = "0123456789abcdef0123456789abcdef";
const REQUEST = {
  recipient: { id: "4815162342" },
  messaging_type: "RESPONSE",
  message: { text: "Grüße, 世界 & = + %" },
};
/** More than a send needs to settle after its last event, even on a busy machine. */
const SOON_MS = 3000;

let api;
before(async () => {
  api = await installed();
});

/** A test with a Graph of its own, to which the steps are given. `send` has the options that all sends need. */
function withGraph(name, body, options = {}) {
  test(name, { timeout: 60_000 }, async (t) => {
    const graph = await startGraph({ token: TOKEN, ...options });
    t.after(() => graph.close());
    const send = (more = {}, request = REQUEST) =>
      api.send(request, { accessToken: TOKEN, baseUrl: graph.url, ...more });
    await body({ graph, send, t });
    for (const { path, query } of graph.requests) {
      assert.ok(!`${path}${JSON.stringify(query)}`.includes("EAAB"), "no token in an address");
    }
  });
}

/** The error that a send ends with, soon. */
async function failureOf(sending, ms = SOON_MS) {
  assert.ok(sending instanceof Promise);
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, "late");
  });
  const outcome = await Promise.race([
    sending.then(
      (receipt) => ({ receipt }),
      (error) => ({ error }),
    ),
    late,
  ]);
  clearTimeout(timer);
  assert.notEqual(outcome, "late", "it settles in time");
  assert.ok("error" in outcome, `it fails: ${JSON.stringify(outcome.receipt)}`);
  const { error } = outcome;
  assert.ok(error instanceof Error && api.isSendError(error), String(error));
  assert.ok(error instanceof api.SendError);
  assert.match(error.message, /\S/);
  assert.equal(typeof error.retryable, "boolean");
  assertHoldsNone(error, TOKEN, SECRET);
  return error;
}

const essence = ({ kind, delivery, attempts }) => ({ kind, delivery, attempts });

// --- Requests and receipts ---

withGraph(
  "form, the default: strict JSON in the fields, the token in the body, nothing in a header",
  async ({ graph, send }) => {
    const receipt = await send();
    const [request] = graph.requests;
    assert.equal(request.method, "POST");
    assert.equal(request.path, "/v25.0/me/messages");
    assert.match(request.headers["content-type"], /^application\/x-www-form-urlencoded\b/);
    assert.equal(request.headers.authorization, undefined);
    const fields = Object.fromEntries(new URLSearchParams(request.body));
    assert.deepEqual(fields, {
      recipient: JSON.stringify(REQUEST.recipient),
      messaging_type: "RESPONSE",
      message: JSON.stringify(REQUEST.message),
      access_token: TOKEN,
    });
    const [accepted] = graph.accepted;
    assert.equal(receipt.message_id, accepted.message_id);
    assert.equal(receipt.recipient_id, "4815162342");
    assert.equal(receipt.attempts, 1);
  },
);

withGraph("json: a JSON body, and the token in the header only", async ({ graph, send }) => {
  await send({ encoding: "json" });
  const [request] = graph.requests;
  assert.match(request.headers["content-type"], /^application\/json\b/);
  assert.equal(request.headers.authorization, `Bearer ${TOKEN}`);
  assert.deepEqual(JSON.parse(request.body), REQUEST);
});

withGraph("the address is made of baseUrl, apiVersion and pageId", async ({ graph, send }) => {
  await send({ baseUrl: `${graph.url}/`, apiVersion: "v24.0", pageId: "123456" });
  assert.equal(graph.requests[0].path, "/v24.0/123456/messages");
});

withGraph(
  "appSecret adds a proof, and is itself not sent",
  async ({ graph, send }) => {
    for (const encoding of ["form", "json"]) {
      await send({ appSecret: SECRET, encoding });
    }
    assert.equal(graph.accepted.length, 2);
    assert.ok(graph.requests.every((request) => !JSON.stringify(request).includes(SECRET)));
    const wrong = await failureOf(send({ appSecret: SECRET.replace("0", "f") }));
    assert.deepEqual([wrong.kind === "configuration", wrong.delivery], [false, "rejected"]);
  },
  { appSecret: SECRET },
);

withGraph("a sender action has a receipt without a message", async ({ send }) => {
  const receipt = await send({}, { recipient: { id: "1" }, sender_action: "typing_on" });
  assert.deepEqual([receipt.recipient_id, receipt.message_id], ["1", undefined]);
});

withGraph("usage headers are in the receipt and in the error", async ({ graph, send }) => {
  const headers = { "X-App-Usage": '{"call_count":28,"total_time":25,"total_cputime":7}' };
  graph.script(step.ok({ headers }), step.error({ code: 190, headers }));
  const figures = { callCount: 28, totalTime: 25, totalCputime: 7 };
  assert.deepEqual((await send()).usage.app, figures);
  assert.deepEqual((await failureOf(send())).usage.app, figures);
});

withGraph(
  "the request is read when send is called, once, and what changes later is not sent",
  async ({ graph, send }) => {
    let reads = 0;
    const request = {
      ...REQUEST,
      get message() {
        reads += 1;
        return { text: `read ${reads}` };
      },
    };
    const options = { pageId: "1" };
    const sending = send(options, request);
    request.recipient = { id: "someone else" };
    await sending;
    assert.deepEqual(graph.accepted[0].params.message, { text: "read 1" });
    assert.deepEqual(graph.accepted[0].params.recipient, REQUEST.recipient);
  },
);

withGraph("each option is read once", async ({ graph, send }) => {
  const reads = {};
  const values = {
    accessToken: TOKEN,
    baseUrl: graph.url,
    retry: { attempts: 2 },
    timeoutMs: 5000,
    platform: "messenger",
  };
  const counting = (object, prefix = "") =>
    new Proxy(object, {
      get(target, name) {
        reads[prefix + String(name)] = (reads[prefix + String(name)] ?? 0) + 1;
        return name === "retry" ? counting(target[name], "retry.") : target[name];
      },
    });
  await api.send(REQUEST, counting(values));
  assert.equal(reads.accessToken, 1);
  assert.equal(reads["retry.attempts"], 1);
  assert.deepEqual(
    Object.entries(reads).filter(([, count]) => count !== 1),
    [],
  );
  assert.ok(send);
});

// --- Messages that are not sent ---

withGraph(
  "a request that does not validate is a ValidationError, and nothing is sent",
  async ({ graph, send }) => {
    const invalid = [
      [{ ...REQUEST, message: { text: "x".repeat(2001) } }, "text.too_long"],
      [undefined, "json.unserializable"],
      [{ id: 1n }, "json.unserializable"],
      [null, "json.not_an_object"],
      [{ ...REQUEST, message: { text: "x".repeat(2_000_000) } }, "json.too_large"],
    ];
    for (const [request, code] of invalid) {
      const error = await api
        .send(request, { accessToken: TOKEN, baseUrl: graph.url })
        .catch((caught) => caught);
      assert.ok(
        error instanceof api.ValidationError &&
          api.isValidationError(error) &&
          !api.isSendError(error),
        String(error),
      );
      assert.equal(error.name, "ValidationError");
      assert.ok(
        error.issues.some((issue) => issue.code === code),
        JSON.stringify(error.issues.map((issue) => issue.code)),
      );
      assertHoldsNone(error, TOKEN);
    }
    assert.equal(graph.requests.length, 0);
    // A rule that is switched off does not stop it.
    await send(
      { rules: { "text.too_long": "off" } },
      { ...REQUEST, message: { text: "x".repeat(2001) } },
    ).catch(() => {});
    assert.equal(graph.requests.length, 1);
  },
);

const boom = () => {
  throw new Error(`a getter that tells the token ${TOKEN}`);
};

const BAD_OPTIONS = {
  "no token": { accessToken: undefined },
  "an empty token": { accessToken: "" },
  "a token that is a number": { accessToken: 1 },
  "a token with a line break": { accessToken: `${TOKEN}\n` },
  "a token with a blank": { accessToken: ` ${TOKEN}` },
  "a token with a letter beyond ASCII": { accessToken: `${TOKEN}é` },
  "a token in json with a line break": { accessToken: `${TOKEN}\r\nX: y`, encoding: "json" },
  "a version that is none": { apiVersion: "25" },
  "a version with a path": { apiVersion: "v25.0/../x" },
  "a page with a slash": { pageId: "me/../x" },
  "a page that is a number": { pageId: 5 },
  "a page that is empty": { pageId: "" },
  "an address that is none": { baseUrl: "graph.facebook.com" },
  "an address of a file": { baseUrl: "file:///etc/passwd" },
  "an address with a query": { baseUrl: "https://example.org/?a=b" },
  "an address with a password": { baseUrl: "https://me:secret@example.org" },
  "an address that is an URL object": { baseUrl: new URL("https://example.org") },
  "an app secret that is empty": { appSecret: "" },
  "an app secret with a line break": { appSecret: `${SECRET}\n` },
  "an encoding that is none": { encoding: "xml" },
  "a fetch that is no function": { fetch: {} },
  "a signal that is none": { signal: {} },
  "a signal that is a text": { signal: "abort" },
  "a negative timeout": { timeoutMs: -1 },
  "a timeout of nothing": { timeoutMs: 0 },
  "a timeout that is NaN": { timeoutMs: NaN },
  "a timeout that never ends": { timeoutMs: Infinity },
  "a timeout that no timer takes": { timeoutMs: 2 ** 31 },
  "a timeout that is a text": { timeoutMs: "30" },
  "retry that is a number": { retry: 3 },
  "no attempt": { retry: { attempts: 0 } },
  "half an attempt": { retry: { attempts: 1.5 } },
  "a negative pause": { retry: { baseDelayMs: -1 } },
  "a pause that is a text": { retry: { maxDelayMs: "1" } },
  "unknown that is a text": { retry: { unknown: "yes" } },
  "onRetry that is no function": { onRetry: "log" },
  "an unknown platform": { platform: "whatsapp" },
  "an unknown rule": { rules: { "no.such.rule": "off" } },
  "a getter that throws": Object.defineProperty({}, "timeoutMs", { enumerable: true, get: boom }),
  "a getter in retry that throws": {
    retry: Object.defineProperty({}, "attempts", { enumerable: true, get: boom }),
  },
};

for (const [name, bad] of Object.entries(BAD_OPTIONS)) {
  withGraph(`options: ${name}`, async ({ graph }) => {
    const options = Object.defineProperties(
      { accessToken: TOKEN, baseUrl: graph.url },
      Object.getOwnPropertyDescriptors(bad),
    );
    const error = await failureOf(api.send(REQUEST, options));
    assert.deepEqual(essence(error), { kind: "configuration", delivery: "not_sent", attempts: 0 });
    assert.equal(error.retryable, false);
    assert.equal(graph.requests.length, 0);
  });
}

test("invalid options", async () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  for (const options of [
    undefined,
    null,
    "EAABtesttoken",
    1,
    [],
    boom,
    Symbol("x"),
    revoked.proxy,
  ]) {
    const error = await failureOf(api.send(REQUEST, options));
    assert.deepEqual(essence(error), { kind: "configuration", delivery: "not_sent", attempts: 0 });
  }
  await failureOf(api.send());
});

withGraph(
  "null and undefined count as absent: a database and process.env give the one and the other",
  async ({ graph, send }) => {
    const names = [
      "pageId",
      "apiVersion",
      "appSecret",
      "encoding",
      "fetch",
      "signal",
      "timeoutMs",
      "retry",
      "onRetry",
    ];
    for (const nothing of [null, undefined]) {
      await send(Object.fromEntries(names.map((name) => [name, nothing])));
    }
    assert.equal(graph.accepted.length, 2);
  },
);

// --- Refusals ---

withGraph("a wrong token: Graph's 190", async ({ graph, send }) => {
  const error = await failureOf(send({ accessToken: "EAABanother" }));
  assert.deepEqual(essence(error), { kind: "auth", delivery: "rejected", attempts: 1 });
  assert.equal(error.code, 190);
  assert.equal(error.type, "OAuthException");
  assert.equal(error.retryable, false);
  assert.equal(typeof error.fbtraceId, "string");
  assert.ok(error.status >= 400);
  assert.match(error.hint, /\S/);
  assert.equal(graph.requests.length, 1, "it is not repeated");
  assert.deepEqual(
    Object.keys(error).filter((name) => error[name] === undefined),
    [],
    "members are there only when they are known",
  );
  assert.ok(!Object.keys(error).includes("cause") && !Object.keys(error).includes("name"));
});

withGraph("an error object with status 200 is an error", async ({ graph, send }) => {
  graph.script(step.okWithError({ code: 190 }));
  const error = await failureOf(send());
  assert.deepEqual(
    [...Object.values(essence(error)), error.code, error.status],
    ["auth", "rejected", 1, 190, 200],
  );
});

withGraph("everything that Graph tells is in the error", async ({ graph, send }) => {
  const told = {
    code: 10,
    error_subcode: 2018278,
    error_user_title: "Title",
    error_user_msg: "Words",
    error_data: { a: [1] },
    is_transient: false,
  };
  graph.script(
    step.error({
      code: 10,
      subcode: 2018278,
      error_user_title: told.error_user_title,
      error_user_msg: told.error_user_msg,
      error_data: told.error_data,
      is_transient: false,
    }),
  );
  const error = await failureOf(send());
  const { code, subcode, userTitle, userMessage, data, isTransient, kind, delivery } = error;
  assert.deepEqual(
    { code, subcode, userTitle, userMessage, data, isTransient, kind, delivery },
    {
      code: 10,
      subcode: 2018278,
      userTitle: "Title",
      userMessage: "Words",
      data: { a: [1] },
      isTransient: false,
      kind: "window",
      delivery: "rejected",
    },
  );
});

withGraph("what Graph says is told without the secrets in it", async ({ graph, send }) => {
  const echo = `Malformed access token ${TOKEN} and ${SECRET}`;
  graph.script(
    step.error({
      code: 190,
      message: echo,
      error_user_msg: echo,
      error_data: { token: TOKEN, deep: [{ [TOKEN]: encodeURIComponent(TOKEN) }] },
    }),
  );
  const error = await failureOf(send({ appSecret: SECRET }));
  assert.equal(error.code, 190);
  assert.match(error.message, /Malformed access token/);
});

// --- Retries ---

withGraph("what Graph means to be later is repeated", async ({ graph, send }) => {
  graph.script(step.error({ code: 613 }), step.error({ code: 1200 }));
  const heard = [];
  const receipt = await send({ retry: { baseDelayMs: 1 }, onRetry: (info) => heard.push(info) });
  assert.equal(receipt.attempts, 3);
  assert.equal(graph.requests.length, 3);
  assert.equal(graph.accepted.length, 1);
  assert.deepEqual(
    heard.map(({ attempt, error }) => [
      attempt,
      error.code,
      error instanceof api.SendError,
      error.name,
    ]),
    [
      [1, 613, true, "SendError"],
      [2, 1200, true, "SendError"],
    ],
  );
  for (const { delayMs, error } of heard) {
    assert.ok(delayMs >= 0 && delayMs <= 2);
    assertHoldsNone(error, TOKEN);
  }
});

withGraph("attempts are the requests in all", async ({ graph, send }) => {
  graph.script(...Array.from({ length: 10 }, () => step.error({ code: 613 })));
  const error = await failureOf(send({ retry: { attempts: 4, baseDelayMs: 1 } }));
  assert.deepEqual(
    [error.kind, error.delivery, error.attempts, error.retryable],
    ["rate_limit", "rejected", 4, true],
  );
  assert.equal(graph.requests.length, 4);
  assert.equal((await failureOf(send({ retry: { attempts: 1 } }))).attempts, 1);
  assert.equal(graph.requests.length, 5);
});

withGraph(
  "an onRetry that throws, or tells the token, leaves no send pending",
  async ({ graph, send }) => {
    for (const thrown of [new Error(TOKEN), TOKEN, undefined, Symbol("x")]) {
      graph.script(step.error({ code: 613 }));
      const sending = send({
        retry: { baseDelayMs: 1 },
        onRetry: () => {
          throw thrown;
        },
      });
      const outcome = await Promise.race([
        sending.catch((error) => error),
        new Promise((resolve) => setTimeout(resolve, SOON_MS, "late").unref()),
      ]);
      assert.notEqual(outcome, "late");
      assertHoldsNone(outcome, TOKEN);
    }
  },
);

withGraph(
  "an unknown outcome is not repeated, unless that is asked for",
  async ({ graph, send }) => {
    graph.script(step.resetBefore());
    const error = await failureOf(send({ retry: { baseDelayMs: 1 } }));
    assert.deepEqual(essence(error), { kind: "network", delivery: "unknown", attempts: 1 });
    assert.equal(graph.requests.length, 1);
    graph.script(step.resetBefore());
    assert.equal((await send({ retry: { baseDelayMs: 1, unknown: true } })).attempts, 2);
  },
);

// --- Invalid responses ---

const ANSWERS = {
  "a page, 200": [step.html(200), "invalid_response", "unknown"],
  "a page, 502": [step.html(502), "invalid_response", "unknown"],
  "a page, 404": [step.html(404), "invalid_response", "rejected"],
  "a page, 408": [step.html(408), "invalid_response", "unknown"],
  "nothing, 200": [step.empty(200), "invalid_response", "unknown"],
  "nothing, 204": [step.empty(204), "invalid_response", "unknown"],
  "nothing, 400": [step.empty(400), "invalid_response", "rejected"],
  "nothing, 500": [step.empty(500), "invalid_response", "unknown"],
  "half of the JSON": [step.halfJson(), "invalid_response", "unknown"],
  "a list": [step.array(), "invalid_response", "unknown"],
  "an object without an id": [
    step.raw({ status: 200, body: { success: true } }),
    "invalid_response",
    "unknown",
  ],
  "a page that tells the token": [
    step.raw({ status: 400, body: `<p>${TOKEN}</p>`, headers: { "X-Echo": TOKEN } }),
    "invalid_response",
    "rejected",
  ],
  "50 MB": [step.huge(), "invalid_response", "unknown"],
  "a reset before the answer": [step.resetBefore(), "network", "unknown"],
  "an end before the answer": [step.resetBefore({ fin: true }), "network", "unknown"],
  "a reset after it was accepted": [step.acceptThenReset(), "network", "unknown"],
  "a reset inside the answer": [step.resetInside(), "network", "unknown"],
};

for (const [name, [script, kind, delivery]] of Object.entries(ANSWERS)) {
  withGraph(`an answer that is none: ${name}`, async ({ graph, send }) => {
    graph.script(script);
    const error = await failureOf(send(), 10_000);
    assert.deepEqual(essence(error), { kind, delivery, attempts: 1 });
    assert.equal(graph.requests.length, 1, "it is not repeated");
  });
}

withGraph("nobody listens at the address", async ({ graph }) => {
  const { url } = graph;
  await graph.close();
  const error = await failureOf(
    api.send(REQUEST, { accessToken: TOKEN, baseUrl: url, retry: { baseDelayMs: 1 } }),
  );
  assert.deepEqual(essence(error), { kind: "network", delivery: "not_sent", attempts: 3 });
  assert.match(error.message, /ECONNREFUSED/);
});

for (const status of [301, 302, 303, 307, 308]) {
  withGraph(`a redirect is not followed: ${status}`, async ({ graph, send, t }) => {
    const elsewhere = await startGraph({ token: TOKEN });
    t.after(() => elsewhere.close());
    graph.script(step.redirect(`${elsewhere.url}/v25.0/me/messages`, status));
    const error = await failureOf(send());
    assert.deepEqual(essence(error), {
      kind: "invalid_response",
      delivery: "unknown",
      attempts: 1,
    });
    assert.equal(elsewhere.requests.length, 0);
    assert.equal(graph.requests.length, 1);
  });
}

// --- Time ---

const SILENCES = {
  "no answer": step.silence(),
  "headers only": step.headersThenSilence(),
  "half of the body": step.stall(),
  "a body, byte by byte": step.drip(100),
};

for (const [name, script] of Object.entries(SILENCES)) {
  for (const encoding of ["form", "json"]) {
    withGraph(`a timeout: ${name}, ${encoding}`, async ({ graph, send }) => {
      graph.script(script);
      const start = performance.now();
      const error = await failureOf(send({ timeoutMs: 300, encoding }));
      assert.deepEqual(essence(error), { kind: "timeout", delivery: "unknown", attempts: 1 });
      assert.ok(performance.now() - start >= 290);
      assert.equal(graph.requests.length, 1, "it is not repeated");
    });
  }
}

const REASONS = {
  nothing: undefined,
  null: null,
  "a text": "enough",
  "a number": 0,
  "a symbol": Symbol("enough"),
  "a BigInt": 1n,
  "an object": { enough: true },
  "a function": () => {},
  "an error": new Error("enough"),
  "an object that cannot be read": new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  ),
};

for (const [name, reason] of Object.entries(REASONS)) {
  withGraph(`an abort with ${name}`, async ({ graph, send }) => {
    for (const script of [step.silence(), step.stall()]) {
      graph.reset();
      graph.script(script);
      const abort = new AbortController();
      const sending = send({ signal: abort.signal });
      sending.catch(() => {});
      await until(() => graph.requests.length === 1);
      abort.abort(reason);
      const error = await sending.catch((caught) => caught);
      assert.deepEqual(essence(error), { kind: "aborted", delivery: "unknown", attempts: 1 });
      assert.ok(Object.hasOwn(error, "cause"));
      assert.equal(error.cause, abort.signal.reason);
      assert.deepEqual(getEventListeners(abort.signal, "abort"), []);
    }
  });
}

withGraph("a signal that was aborted before", async ({ graph, send }) => {
  const error = await failureOf(send({ signal: AbortSignal.abort("early") }));
  assert.deepEqual(
    [error.kind, error.delivery, error.attempts, error.cause],
    ["aborted", "not_sent", 0, "early"],
  );
  assert.equal(graph.requests.length, 0);
});

withGraph("an abort in the pause between two attempts", async ({ graph, send }) => {
  graph.script(step.error({ code: 613 }));
  const abort = new AbortController();
  const sending = send({
    signal: abort.signal,
    retry: { baseDelayMs: 600_000, maxDelayMs: 600_000 },
    onRetry: () => setTimeout(() => abort.abort("pause"), 10),
  });
  const error = await failureOf(sending);
  assert.deepEqual([error.kind, error.cause, error.attempts], ["aborted", "pause", 1]);
  assert.notEqual(error.delivery, "unknown", "Graph refused it, and nothing was sent since");
  assert.equal(graph.requests.length, 1);
});

withGraph("AbortSignal.timeout bounds the whole", async ({ graph, send }) => {
  graph.script(step.silence());
  const error = await failureOf(send({ signal: AbortSignal.timeout(200) }));
  assert.deepEqual(essence(error), { kind: "aborted", delivery: "unknown", attempts: 1 });
  assert.equal(error.cause.name, "TimeoutError");
});

withGraph("no listener stays on the caller's signal, however it ends", async ({ graph, send }) => {
  const { signal } = new AbortController();
  const ends = [
    [step.ok(), {}],
    [step.error({ code: 190 }), {}],
    [step.html(), {}],
    [step.resetBefore(), {}],
    [step.silence(), { timeoutMs: 100 }],
    [step.error({ code: 613 }), { retry: { baseDelayMs: 1 } }],
    [step.ok(), { timeoutMs: -1 }],
  ];
  for (const [script, options] of ends) {
    graph.script(script);
    await send({ signal, ...options }).catch(() => {});
    assert.deepEqual(getEventListeners(signal, "abort"), []);
    graph.reset();
  }
});

// --- The caller's own fetch ---

withGraph("an injected fetch is called as fetch(url, init)", async ({ graph, send }) => {
  const calls = [];
  const receipt = await send({
    fetch(...given) {
      calls.push(given);
      return fetch(...given);
    },
  });
  assert.equal(calls.length, 1);
  const [url, init] = calls[0];
  assert.deepEqual([calls[0].length, url], [2, `${graph.url}/v25.0/me/messages`]);
  assert.deepEqual(
    [init.method, init.redirect, Object.keys(init.headers)],
    ["POST", "manual", ["Content-Type"]],
  );
  assert.equal(receipt.message_id, graph.accepted[0].message_id);
});

const fault = Object.assign(
  new TypeError(`fetch failed for ${TOKEN}`, { cause: new Error(encodeURIComponent(TOKEN)) }),
  { token: TOKEN, url: `https://example.org/?access_token=${TOKEN}` },
);
const FETCHES = {
  "throws an error that tells the token": () => {
    throw fault;
  },
  "rejects with an error that tells the token": () => Promise.reject(fault),
  "rejects with a text that tells the token": () => Promise.reject(TOKEN),
  "rejects with an object that tells the token": () =>
    Promise.reject({ message: TOKEN, deep: [{ TOKEN }] }),
  "rejects with nothing": () => Promise.reject(),
  "throws null": () => {
    throw null;
  },
  "gives nothing": () => undefined,
  "gives null": () => null,
  "gives a text that tells the token": () => TOKEN,
  "gives an object": async () => ({}),
  "gives a promise that never settles": () => new Promise(() => {}),
  "gives a thenable that throws": () => ({
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    then() {
      throw fault;
    },
  }),
  "gives an answer whose body fails": async () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          controller.error(fault);
        },
      }),
    ),
  "gives an answer that was read already": async () => {
    const answer = new Response("{}");
    await answer.text();
    return answer;
  },
  "gives Response.error()": async () => Response.error(),
};

for (const [name, own] of Object.entries(FETCHES)) {
  withGraph(`an injected fetch that ${name}`, async ({ send }) => {
    const error = await failureOf(send({ fetch: own, timeoutMs: 500 }));
    assert.ok(["network", "invalid_response", "timeout"].includes(error.kind), error.kind);
    assert.deepEqual([error.delivery, error.attempts], ["unknown", 1]);
  });
}

// --- After a send ---

test("a process ends by itself after a send, at once", async (t) => {
  const graph = await startGraph({ token: TOKEN });
  t.after(() => graph.close());
  const folder = await project({
    "once.mjs": `
      import { send } from "messenger-send";
      const [baseUrl, accessToken, timeoutMs] = process.argv.slice(2);
      const outcome = await send(${JSON.stringify(REQUEST)}, { baseUrl, accessToken, timeoutMs: Number(timeoutMs), signal: new AbortController().signal })
        .then(() => "sent", ({ kind }) => kind);
      const end = performance.now();
      process.on("exit", () => (${tell})({ outcome, left: performance.now() - end }));
    `,
  });
  const endings = [
    [step.ok(), 2 ** 31 - 1, "sent"],
    [step.error({ code: 190 }), 600_000, "auth"],
    [step.silence(), 300, "timeout"],
    [step.stall(), 300, "timeout"],
  ];
  for (const [script, timeoutMs, outcome] of endings) {
    graph.script(script);
    const result = told(
      await runIn(folder, process.execPath, ["once.mjs", graph.url, TOKEN, String(timeoutMs)]),
    );
    assert.equal(result.outcome, outcome);
    assert.ok(result.left < 2000, `${result.left} ms went by before the end`);
  }
});

async function until(condition) {
  const end = performance.now() + SOON_MS;
  while (!condition()) {
    assert.ok(performance.now() < end, "the request arrives");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
