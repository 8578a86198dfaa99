// Sends with test doubles of `fetch`, signals and globals, for cases that no server can provoke.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import vm from "node:vm";
import { installed } from "./lib/project.mjs";
import { assertHoldsNone } from "./lib/secrets.mjs";

const TOKEN = "EAABtesttoken";
const SECRET = "0123456789abcdef0123456789abcdef";
const REQUEST = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "hello" } };
const RECEIPT = '{"recipient_id":"1","message_id":"m_1"}';
const LIMIT = { timeout: 20_000 };
const receipt = () => new Response(RECEIPT);
const never = () => new Promise(() => {});
const utf8 = (text) => new TextEncoder().encode(text);
const turn = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));

let api;
before(async () => {
  api = await installed();
});

/** A double that is called as `fetch(url, init)` and records its requests. */
function double(answer) {
  const seen = [];
  const own = function (url, init) {
    assert.equal(this, undefined);
    assert.equal(typeof url, "string");
    const request = requestOf(url, init);
    seen.push(request);
    return answer(request, seen.length);
  };
  return Object.assign(own, { seen });
}

/** The platform's `Request` does not accept the signal of another library. */
function requestOf(url, init) {
  try {
    return new Request(url, init);
  } catch {
    return new Request(url, { ...init, signal: undefined });
  }
}

const post = (fetch, more = {}) =>
  api.send(REQUEST, {
    accessToken: TOKEN,
    timeoutMs: 5000,
    retry: { baseDelayMs: 0 },
    fetch,
    ...more,
  });

async function failureOf(fetch, more) {
  const error = await post(fetch, more).then(
    () => assert.fail("it must fail"),
    (caught) => caught,
  );
  assert.ok(api.isSendError(error), String(error));
  assertHoldsNone(error, TOKEN, SECRET);
  return error;
}

const essence = ({ kind, delivery, attempts }) => [kind, delivery, attempts];

/** Replaces a global during a call. */
async function withGlobal(name, value, call) {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  try {
    return await call();
  } finally {
    Object.defineProperty(globalThis, name, before);
  }
}

test("the proof is the known one, in both encodings", LIMIT, async (t) => {
  const proof = "dc226c7394226cb378f0e6f49da0a94571b0ae10f3d1cc909c7e2e7965f9a2f3";
  const expected = {
    form: `&access_token=${TOKEN}&appsecret_proof=${proof}&appsecret_time=1700000000`,
    json: `,"appsecret_proof":"${proof}","appsecret_time":1700000000}`,
  };
  t.mock.method(Date, "now", () => 1_700_000_000_999);
  for (const encoding of ["form", "json"]) {
    const fetch = double(receipt);
    await post(fetch, { appSecret: SECRET, encoding });
    const body = await fetch.seen[0].text();
    assert.ok(body.endsWith(expected[encoding]) && !body.includes(SECRET), body);
  }
});

test("WebCrypto that is missing, fails, or never answers", LIMIT, async () => {
  const fetch = double(receipt);
  const subtles = [
    undefined,
    {},
    {
      sign: never,
      importKey: () => {
        throw new Error(SECRET);
      },
    },
    { importKey: async () => 1, sign: async () => new ArrayBuffer(3) },
  ];
  for (const subtle of subtles) {
    const error = await withGlobal("crypto", { subtle }, () =>
      failureOf(fetch, { appSecret: SECRET }),
    );
    assert.deepEqual(essence(error), ["configuration", "not_sent", 0]);
  }
  const hanging = { importKey: never, sign: never };
  const late = await withGlobal("crypto", { subtle: hanging }, () =>
    failureOf(fetch, { appSecret: SECRET, timeoutMs: 30 }),
  );
  assert.deepEqual(essence(late), ["timeout", "not_sent", 0]);
  const stopped = await withGlobal("crypto", { subtle: hanging }, () =>
    failureOf(fetch, { appSecret: SECRET, signal: AbortSignal.timeout(30) }),
  );
  assert.deepEqual(essence(stopped), ["aborted", "not_sent", 0]);
  assert.equal(fetch.seen.length, 0);
});

test(
  "a signal of another library: without a reason, aborted before or in flight",
  LIMIT,
  async () => {
    const fetch = double(never);
    const early = await failureOf(fetch, {
      signal: { aborted: true, addEventListener() {}, removeEventListener() {} },
    });
    assert.deepEqual(
      [...essence(early), Object.hasOwn(early, "cause"), early.cause],
      ["aborted", "not_sent", 0, true, undefined],
    );
    assert.equal(fetch.seen.length, 0);
    let abort;
    const signal = {
      aborted: false,
      addEventListener: (_, listener) => (abort = listener),
      removeEventListener() {
        throw new Error("no");
      },
    };
    const sending = failureOf(fetch, { signal });
    await turn();
    abort();
    assert.deepEqual(essence(await sending), ["aborted", "unknown", 1]);
    const refused = await failureOf(fetch, {
      signal: {
        addEventListener() {
          throw new Error(TOKEN);
        },
      },
    });
    assert.deepEqual(essence(refused), ["configuration", "not_sent", 0]);
  },
);

test("each listener that is added is removed", LIMIT, async () => {
  for (const answer of [
    receipt,
    () => {
      throw new TypeError("no");
    },
    () => Response.json({ error: { code: 613 } }),
  ]) {
    const listeners = new Set();
    const signal = {
      aborted: false,
      addEventListener: (_, listener) => listeners.add(listener),
      removeEventListener: (_, listener) => listeners.delete(listener),
    };
    await post(double(answer), { signal }).catch(() => {});
    assert.equal(listeners.size, 0);
  }
});

test("a fetch that aborts the caller's signal during the call", LIMIT, async () => {
  const abort = new AbortController();
  const error = await failureOf(
    double(() => {
      abort.abort("inside");
      return never();
    }),
    { signal: abort.signal },
  );
  assert.deepEqual([...essence(error), error.cause], ["aborted", "unknown", 1, "inside"]);
});

test(
  "after a timeout the request is aborted, and an answer that comes late is let go",
  LIMIT,
  async () => {
    let cancelled = 0;
    const fetch = double(async () => {
      await turn(60);
      return new Response(new ReadableStream({ cancel: () => (cancelled += 1) }));
    });
    assert.deepEqual(essence(await failureOf(fetch, { timeoutMs: 20 })), ["timeout", "unknown", 1]);
    assert.ok(fetch.seen[0].signal.aborted);
    await turn(80);
    assert.equal(cancelled, 1);
  },
);

test("a body that stalls, or is too large, is cancelled", LIMIT, async () => {
  const state = { chunks: 0, cancelled: 0 };
  const cancel = () => (state.cancelled += 1);
  const stalls = () =>
    new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(utf8('{"message')), cancel }),
    );
  const error = await failureOf(double(stalls), { timeoutMs: 30 });
  assert.deepEqual(
    [...essence(error), error.status, state.cancelled],
    ["timeout", "unknown", 1, 200, 1],
  );
  const endless = () =>
    new Response(
      new ReadableStream({
        pull(controller) {
          state.chunks += 1;
          controller.enqueue(new Uint8Array(65_536));
        },
        cancel,
      }),
    );
  assert.deepEqual(essence(await failureOf(double(endless))), ["invalid_response", "unknown", 1]);
  assert.ok(state.cancelled === 2 && state.chunks < 24, JSON.stringify(state));
});

test(
  "a body of empty chunks that are always at hand does not keep the deadline from its turn",
  LIMIT,
  async () => {
    const empty = () =>
      new Response(
        new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(0)) }),
      );
    assert.deepEqual(essence(await failureOf(double(empty), { timeoutMs: 100 })), [
      "timeout",
      "unknown",
      1,
    ]);
  },
);

test("a result that is not a Response, or whose body cannot be read", LIMIT, async () => {
  const trap = new Proxy(
    {},
    {
      get: (_, name) => {
        if (name !== "then") throw new Error(TOKEN);
      },
    },
  );
  for (const answer of [
    undefined,
    null,
    42,
    "ok",
    {},
    { status: "fine" },
    { status: 200.5 },
    { status: 1000 },
    trap,
  ]) {
    const error = await failureOf(double(() => answer));
    assert.deepEqual(
      [...essence(error), error.message],
      ["invalid_response", "unknown", 1, "fetch returned something that is not a Response."],
    );
  }
  const locked = new Response(RECEIPT);
  locked.body.getReader();
  const odd = (value) => ({
    status: 200,
    body: { getReader: () => ({ read: async () => ({ done: false, value }), cancel() {} }) },
  });
  for (const answer of [
    locked,
    { status: 200 },
    odd("text"),
    odd(undefined),
    odd([123, 125]),
    { status: 200, text: () => 5 },
  ]) {
    const error = await failureOf(double(() => answer));
    assert.deepEqual([...essence(error), error.status], ["invalid_response", "unknown", 1, 200]);
  }
});

test("answers of other libraries and other realms are read", LIMIT, async () => {
  const foreign = vm.runInNewContext("Uint8Array.from(bytes)", { bytes: [...utf8(RECEIPT)] });
  const stream = (chunks) => ({
    getReader: () => ({
      read: async () => ({ done: chunks.length === 0, value: chunks.shift() }),
      cancel() {},
    }),
  });
  const [first, second] = [utf8(RECEIPT).subarray(0, 9), utf8(RECEIPT).subarray(9)];
  const answers = [
    { status: 200, text: async () => RECEIPT },
    { status: 200, body: {}, text: () => RECEIPT },
    { status: 200, body: stream([foreign]) },
    { status: 200, body: stream([first, second]) },
  ];
  for (const answer of answers) {
    assert.deepEqual(await post(double(() => answer)), {
      recipient_id: "1",
      message_id: "m_1",
      attempts: 1,
    });
  }
});

test("what fetch throws is copied without the token", LIMIT, async () => {
  const inner = Object.assign(new Error(`inner ${TOKEN}`), { code: `E_${TOKEN}` });
  const thrown = Object.assign(
    new TypeError(`bad address ?access_token=${TOKEN}&x`, { cause: inner }),
    { note: TOKEN },
  );
  const error = await failureOf(
    double(() => {
      throw thrown;
    }),
  );
  assert.match(error.message, /^No answer came: bad address \?access_token=<redacted>&x$/);
  assert.deepEqual(
    [error.cause.name, error.cause.cause.message, error.cause.cause.code],
    ["TypeError", "inner <redacted>", "E_<redacted>"],
  );
  assert.equal(
    (await failureOf(double(() => Promise.reject(`down for ${TOKEN}`)))).cause,
    "down for <redacted>",
  );
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.deepEqual(essence(await failureOf(double(() => Promise.reject(proxy)))), [
    "network",
    "unknown",
    1,
  ]);
});

test("an onRetry that is slow, throws or rejects changes nothing", LIMIT, async () => {
  for (const onRetry of [
    never,
    () => {
      throw new Error("of the log");
    },
    async () => {
      throw new Error("of the log");
    },
  ]) {
    const fetch = double((_, count) =>
      count === 1 ? Response.json({ error: { code: 2 } }) : receipt(),
    );
    assert.equal((await post(fetch, { onRetry })).attempts, 2);
    assert.equal(await fetch.seen[0].text(), await fetch.seen[1].text());
  }
  await turn();
});

test("a runtime without fetch, and an address that it does not take", LIMIT, async () => {
  for (const name of ["fetch", "Request", "Headers", "URL", "AbortController"]) {
    assert.deepEqual(
      essence(await withGlobal(name, undefined, () => failureOf(undefined))),
      ["configuration", "not_sent", 0],
      name,
    );
  }
  assert.deepEqual(
    essence(await failureOf(double(receipt), { baseUrl: "https://example.org:99999" })),
    ["configuration", "not_sent", 0],
  );
});

test(
  "beside an AbortController of another realm the send settles all the same",
  LIMIT,
  async () => {
    class Foreign {
      signal = { aborted: false, addEventListener() {}, removeEventListener() {} };
      abort() {}
    }
    await withGlobal("AbortController", Foreign, async () => {
      assert.equal((await post(double(receipt))).message_id, "m_1");
      assert.deepEqual(essence(await failureOf(double(never), { timeoutMs: 20 })), [
        "timeout",
        "unknown",
        1,
      ]);
    });
    assert.ok((await post(double(receipt))).message_id);
  },
);
