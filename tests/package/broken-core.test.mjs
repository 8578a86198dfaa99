// A broken module (a trap, a stack overflow, a panic): nothing unchecked counts as valid, every
// pending promise settles and says correctly whether a request was sent, the text of the failure is
// not exposed, and the next call works on a fresh instance.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { installed } from "./lib/project.mjs";
import { atTheEndOfTheStack } from "./lib/stack.mjs";

const LIMIT = { timeout: 60_000 };
const TOKEN = "EAABtesttoken";
const VISITS = 1000;
const REQUEST = {
  recipient: { id: "4815162342" },
  messaging_type: "RESPONSE",
  message: { text: "hello" },
};
const EXPORTS = [
  "validateJson",
  "reportUnreadable",
  "buildMessage",
  "rules",
  "send",
  "sendAll",
  "uploadAttachment",
];
const turn = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
const receipt = () => Response.json({ recipient_id: "4815162342", message_id: "m_1" });

/**
 * The package, with a switch that makes every call of the module trap, in every instance that it
 * creates.
 */
let api;
const broken = { now: false };
before(async () => {
  const { Instance } = WebAssembly;
  const trapping =
    (call) =>
    (...given) => {
      if (broken.now) {
        throw new WebAssembly.RuntimeError(`unreachable ${TOKEN}`);
      }
      return call(...given);
    };
  // biome-ignore lint/complexity/useArrowFunction: it is called with `new`
  WebAssembly.Instance = function (module, imports) {
    const { exports: own } = new Instance(module, imports);
    assert.ok(
      EXPORTS.every((name) => typeof own[name] === "function"),
      Object.keys(own).join(),
    );
    return {
      exports: {
        ...own,
        ...Object.fromEntries(EXPORTS.map((name) => [name, trapping(own[name])])),
      },
    };
  };
  api = await installed();
  api.rules();
});

/** The behavior of a call while the module traps. */
async function whileBroken(call) {
  broken.now = true;
  try {
    return await call();
  } finally {
    broken.now = false;
  }
}

function assertBroken({ issues }) {
  assert.equal(issues.length, 1);
  assert.deepEqual(
    [issues[0].severity, issues[0].pointer, issues[0].code],
    ["error", "", "json.unserializable"],
  );
  assert.match(issues[0].message, /messenger-send itself failed \(RuntimeError\)/);
  assert.doesNotMatch(JSON.stringify(issues), /EAAB/);
}

const essence = ({ name, kind, delivery, retryable }) => [name, kind, delivery, retryable];
const failure = (promise) =>
  promise.then(
    () => assert.fail("it must fail"),
    (error) => error,
  );

test("a validation says so, does not throw, and the next one works", LIMIT, async () => {
  const calls = [
    () => api.validate({}),
    () => api.validateJson("{}"),
    () => api.validateJson(new Uint8Array(2)),
    () => api.validate(undefined),
    () => api.validateJson(1),
  ];
  for (const call of calls) {
    const report = await whileBroken(call);
    assert.equal(report.valid, false);
    assertBroken(report);
    assert.deepEqual(api.validate(REQUEST), { valid: true, issues: [] });
  }
});

test("a draft is not built, and the next one is", LIMIT, async () => {
  const draft = { to: "4815162342", text: "hello" };
  const error = await whileBroken(() =>
    assert.throws(
      () => api.buildMessage(draft),
      (thrown) => {
        assert.equal(thrown.name, "ValidationError");
        assertBroken(thrown);
        return true;
      },
    ),
  );
  assert.equal(error, undefined);
  assert.deepEqual(api.buildMessage(draft), REQUEST);
});

test(
  "a send that breaks before its request was not sent, and the next one arrives",
  LIMIT,
  async () => {
    const seen = [];
    const fetch = async () => {
      seen.push(1);
      return receipt();
    };
    for (const call of [
      () => api.send(REQUEST, { accessToken: TOKEN, fetch }),
      () => api.uploadAttachment("https://example.com/a.png", { accessToken: TOKEN, fetch }),
    ]) {
      const error = await whileBroken(() => failure(call()));
      assert.deepEqual(essence(error), ["SendError", "invalid_response", "not_sent", false]);
      assert.doesNotMatch(`${error.message}${error.stack}${error.cause}`, /EAAB/);
    }
    assert.equal(seen.length, 0);
    assert.equal((await api.send(REQUEST, { accessToken: TOKEN, fetch })).message_id, "m_1");
  },
);

test("a breakdown settles everything that is pending, each as far as it was", LIMIT, async () => {
  const never = () => new Promise(() => {});
  const inFlight = api.send(REQUEST, { accessToken: TOKEN, fetch: never });
  const waiting = api.send(REQUEST, { accessToken: never, fetch: never });
  const results = [];
  const many = api.sendAll([REQUEST, { ...REQUEST, recipient: { id: "1" } }], {
    accessToken: TOKEN,
    fetch: never,
    onResult: (result) => results.push(result),
  });
  for (const one of [inFlight, waiting, many]) {
    one.catch(() => {});
  }
  await turn();
  await whileBroken(() => api.validate({}));
  assert.deepEqual(essence(await failure(inFlight)), [
    "SendError",
    "invalid_response",
    "unknown",
    false,
  ]);
  assert.deepEqual(essence(await failure(waiting)), [
    "SendError",
    "invalid_response",
    "not_sent",
    false,
  ]);
  assert.deepEqual(essence(await failure(many)), [
    "SendError",
    "invalid_response",
    "unknown",
    false,
  ]);
  assert.deepEqual(
    results.map(({ index, status }) => [index, status]),
    [
      [0, "unknown"],
      [1, "unknown"],
    ],
  );
  assert.equal(
    (await api.send(REQUEST, { accessToken: TOKEN, fetch: async () => receipt() })).message_id,
    "m_1",
  );
});

test("callbacks to a replaced instance do nothing", LIMIT, async () => {
  let answer;
  const late = api.send(REQUEST, {
    accessToken: TOKEN,
    fetch: () => new Promise((resolve) => (answer = resolve)),
    timeoutMs: 50,
  });
  late.catch(() => {});
  await turn();
  await whileBroken(() => api.validate({}));
  assert.equal((await failure(late)).delivery, "unknown");
  assert.equal(api.validate(REQUEST).valid, true);
  answer(receipt());
  await turn(100);
  assert.equal(api.validate(REQUEST).valid, true);
});

test("a thousand stack overflows leave every export working", {
  timeout: 300_000,
}, async () => {
  const own = api;
  const expected = JSON.stringify(own.validate({ message: { text: "" } }));
  const visits = {
    validate: () => own.validate({ message: { text: "" } }),
    validateJson: () => own.validateJson('{"message":{"text":""}}'),
    buildMessage: () => own.buildMessage({ to: "1", text: "" }),
    rules: () => own.rules(),
    send: () =>
      void own.send(REQUEST, { accessToken: TOKEN, fetch: async () => receipt() }).catch(() => {}),
  };
  for (const [name, visit] of Object.entries(visits)) {
    for (let times = 0; times < VISITS; times += 1) {
      assert.throws(() => atTheEndOfTheStack(visit), RangeError);
    }
    assert.equal(JSON.stringify(own.validate({ message: { text: "" } })), expected, name);
    assert.equal(
      (await own.send(REQUEST, { accessToken: TOKEN, fetch: async () => receipt() })).message_id,
      "m_1",
      name,
    );
  }
});

test("an input that calls the package while it is read", LIMIT, async () => {
  const nested = [];
  const inner = {
    toJSON() {
      nested.push(api.validate({}).valid, api.buildMessage({ to: "1", text: "x" }).recipient.id);
      return REQUEST;
    },
  };
  assert.equal(api.validate(inner).valid, true);
  assert.equal(api.validateJson(JSON.stringify(inner)).valid, true);
  assert.equal(
    (await api.send(inner, { accessToken: TOKEN, fetch: async () => receipt() })).message_id,
    "m_1",
  );
  assert.deepEqual(nested, [false, "1", false, "1", false, "1"]);
});

test("a listener and a fetch that call the package while they are called", LIMIT, async () => {
  const seen = [];
  const check = () => seen.push(api.validate(REQUEST).valid);
  let count = 0;
  const fetch = async () => {
    check();
    count += 1;
    return count === 1 ? Response.json({ error: { code: 2 } }) : receipt();
  };
  const sent = await api.send(REQUEST, {
    accessToken() {
      check();
      return TOKEN;
    },
    fetch,
    onRetry: check,
    onRequest: check,
    onResponse: check,
    retry: { baseDelayMs: 0 },
  });
  assert.equal(sent.attempts, 2);
  assert.ok(seen.length >= 7 && seen.every(Boolean));
});
