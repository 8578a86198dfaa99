// No input makes the validation of the packed package throw, or breaks later calls.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import vm from "node:vm";
import { Worker } from "node:worker_threads";
import { installed } from "./lib/project.mjs";

const GOOD = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "hello" } };
const MEBIBYTE = 1024 * 1024;
const utf8 = (text) => new TextEncoder().encode(text);
const boom = () => {
  throw new Error("boom");
};
const trap = new Proxy(
  {},
  Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, boom])),
);

let api;
before(async () => {
  api = await installed();
});

afterEach(() => {
  assert.deepEqual(api.validate(GOOD), { valid: true, issues: [] }, "the next call works");
  assert.deepEqual(api.validateJson(utf8(JSON.stringify(GOOD))), { valid: true, issues: [] });
});

/** The report must be one error at the root. */
function assertRoot(report, ...codes) {
  assert.equal(report.valid, false);
  assert.equal(report.issues.length, 1, JSON.stringify(report.issues.slice(0, 5)));
  const [issue] = report.issues;
  assert.ok(codes.includes(issue.code), `${issue.code} instead of ${codes}`);
  assert.deepEqual([issue.severity, issue.path, issue.pointer], ["error", [], ""]);
  assert.match(issue.message, /\S/);
  assert.match(issue.docs, /^https:\/\/developers\.facebook\.com\//);
}

function nested(depth) {
  let value = 1;
  for (let level = 0; level < depth; level += 1) {
    value = [value];
  }
  return value;
}

function cycle() {
  const value = { recipient: {} };
  value.recipient.self = value;
  return value;
}

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

const WITHOUT_JSON = {
  undefined: () => undefined,
  "a function": () => boom,
  "a symbol": () => Symbol("text"),
  "a BigInt": () => 1n,
  "a BigInt inside": () => ({ recipient: { id: 1n } }),
  "a cycle": cycle,
  "a getter that throws": () =>
    Object.defineProperty({}, "message", { enumerable: true, get: boom }),
  "a getter that throws undefined": () => ({
    get message() {
      throw undefined;
    },
  }),
  "a toJSON that throws": () => ({ toJSON: boom }),
  "a toJSON that gives nothing": () => ({ toJSON: () => undefined }),
  "a Proxy whose traps throw": () => trap,
  "a revoked Proxy": revoked,
  "100000 levels": () => nested(100_000),
};

for (const [name, make] of Object.entries(WITHOUT_JSON)) {
  test(`validate: ${name}`, () => assertRoot(api.validate(make()), "json.unserializable"));
}

const NO_OBJECT = {
  null: null,
  true: true,
  zero: 0,
  NaN: NaN,
  "an empty text": "",
  "a text": "x",
  "an empty list": [],
  "a date": new Date(0),
  "a boxed text": new String("x"),
};

for (const [name, value] of Object.entries(NO_OBJECT)) {
  test(`validate: ${name}`, () => assertRoot(api.validate(value), "json.not_an_object"));
}

test("isValidationError and isSendError accept any value", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  for (const value of [
    proxy,
    undefined,
    null,
    7,
    "SendError",
    { name: "SendError" },
    {
      get name() {
        throw new Error("no");
      },
    },
  ]) {
    assert.deepEqual([api.isSendError(value), api.isValidationError(value)], [false, false]);
  }
});

test("validate: nested too deeply", () =>
  assertRoot(api.validate({ recipient: nested(1000) }), "json.too_deep"));

test("validate: 20 MB of text", () =>
  assertRoot(
    api.validate({ ...GOOD, message: { text: "x".repeat(20_000_000) } }),
    "json.too_large",
  ));

test("validate: a list with holes, of another kind, without a prototype, frozen", () => {
  for (const value of [
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    { ...GOOD, message: [, 1] },
    Object.create(null),
    Object.freeze({}),
    new Map([["recipient", 1]]),
    new Error("x"),
    globalThis.process.versions,
  ]) {
    assert.equal(api.validate(value).valid, false);
  }
});

test("validate: the value is read once", () => {
  let reads = 0;
  const value = {
    ...GOOD,
    get message() {
      reads += 1;
      return { text: "x".repeat(2001) };
    },
  };
  assert.equal(api.validate(value).valid, false);
  assert.equal(reads, 1);
});

test("validate: a value that itself validates while it is read", () => {
  const value = {
    ...GOOD,
    toJSON: () => ({ ...GOOD, message: { text: String(api.validate(GOOD).valid) } }),
  };
  assert.equal(api.validate(value).valid, true);
});

test("validateJson: the most that is read, and one more", () => {
  const blank = (length) => JSON.stringify(GOOD).padEnd(length);
  assert.equal(api.validateJson(blank(MEBIBYTE)).valid, true);
  assert.equal(api.validateJson(utf8(blank(MEBIBYTE))).valid, true);
  assertRoot(api.validateJson(blank(MEBIBYTE + 1)), "json.too_large");
  assertRoot(api.validateJson(utf8(blank(MEBIBYTE + 1))), "json.too_large");
  // Fewer characters than the limit, but more bytes.
  assertRoot(api.validateJson(`"${"é".repeat(MEBIBYTE / 2)}"`), "json.too_large");
  assertRoot(api.validateJson("x".repeat(20_000_000)), "json.too_large");
  assertRoot(api.validateJson(new Uint8Array(20_000_000)), "json.too_large");
});

const MALFORMED = {
  "an empty text": "",
  "a blank": " ",
  "half an object": '{"recipient":',
  "a trailing comma": '{"recipient":{},}',
  "two values": "{}{}",
  NaN: "NaN",
  "a NUL": "\0",
  "a line break in a text": '{"a":"\n"}',
  "a wrong escape": '{"a":"\\x"}',
  "empty bytes": new Uint8Array(),
  "bytes that are no UTF-8": new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
  "a surrogate in UTF-8": new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]),
  "an overlong slash": new Uint8Array([0x22, 0xc0, 0xaf, 0x22]),
  "half a character at the end": new Uint8Array([0x22, 0xe2, 0x82]),
};

for (const [name, json] of Object.entries(MALFORMED)) {
  test(`validateJson: ${name}`, () => assertRoot(api.validateJson(json), "json.malformed"));
}

test("validateJson: 100000 levels", () => {
  assertRoot(api.validateJson("[".repeat(100_000)), "json.too_deep", "json.malformed");
  assertRoot(api.validateJson(`{"a":`.repeat(100_000)), "json.too_deep", "json.malformed");
  assertRoot(api.validateJson(utf8("[".repeat(MEBIBYTE))), "json.too_deep", "json.malformed");
});

const NO_TEXT = {
  undefined: () => undefined,
  null: () => null,
  "a number": () => 1,
  "an object": () => ({ recipient: 1 }),
  "a boxed text": () => new String("{}"),
  "a list of bytes": () => [123, 125],
  "a DataView": () => new DataView(new ArrayBuffer(2)),
  "an ArrayBuffer": () => new ArrayBuffer(2),
  "16-bit units": () => new Uint16Array(2),
  "a Proxy of bytes": () => new Proxy(new Uint8Array(2), {}),
  "a Proxy whose traps throw": () => trap,
  "a revoked Proxy": revoked,
  "a pretended array": () => ({ __proto__: Uint8Array.prototype, byteLength: 2 }),
  "a detached buffer": () => {
    const bytes = utf8("{}");
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    return bytes;
  },
};

for (const [name, make] of Object.entries(NO_TEXT)) {
  test(`validateJson: ${name}`, () =>
    assertRoot(api.validateJson(make()), "json.malformed", "json.unserializable"));
}

test("validateJson: bytes of another realm, a Buffer, a part of a buffer, an array that lies about its length", () => {
  const text = JSON.stringify(GOOD);
  const foreign = vm.runInNewContext("Uint8Array.from(list)", { list: [...utf8(text)] });
  assert.ok(!(foreign instanceof Uint8Array));
  const within = utf8(`xx${text}xx`).subarray(2, -2);
  for (const bytes of [foreign, Buffer.from(text), within]) {
    assert.deepEqual(api.validateJson(bytes), { valid: true, issues: [] });
  }
  for (const [member, lie] of [
    ["length", 1],
    ["byteLength", 1],
    ["length", 1e9],
    ["byteLength", 0],
    ["length", "x"],
    ["byteOffset", 3],
  ]) {
    const report = api.validateJson(Object.defineProperty(utf8(text), member, { value: lie }));
    assert.deepEqual(report, { valid: true, issues: [] }, `${member} ${lie}`);
  }
  // An own member is not even read.
  assert.deepEqual(
    api.validateJson(Object.defineProperty(utf8(text), "byteLength", { get: boom })),
    { valid: true, issues: [] },
  );
  assert.deepEqual(api.validateJson(Object.defineProperty(utf8(text), "length", { get: boom })), {
    valid: true,
    issues: [],
  });
});

test("validateJson: shared memory, while another thread writes to it", async () => {
  const text = JSON.stringify({ ...GOOD, message: { text: "x".repeat(1900) } });
  const shared = new Uint8Array(new SharedArrayBuffer(text.length));
  shared.set(utf8(text));
  assert.deepEqual(api.validateJson(shared), { valid: true, issues: [] });
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { shared, flag } = require("node:worker_threads").workerData;
     Atomics.store(flag, 0, 1); Atomics.notify(flag, 0);
     while (Atomics.load(flag, 0) === 1) shared[Math.floor(Math.random() * shared.length)] = Math.floor(Math.random() * 256);`,
    { eval: true, workerData: { shared, flag } },
  );
  after(() => worker.terminate());
  Atomics.wait(flag, 0, 0, 5000);
  for (let round = 0; round < 300; round += 1) {
    const report = api.validateJson(shared);
    assert.equal(
      report.valid,
      report.issues.every(({ severity }) => severity !== "error"),
    );
  }
  Atomics.store(flag, 0, 0);
});

test("validateJson: a lone surrogate is reported at its location", () => {
  for (const half of ["\ud800", "\udfff", "\udc00\ud800"]) {
    const report = api.validateJson(
      `{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"cut ${half}"}}`,
    );
    assert.equal(report.valid, false);
    const [issue] = report.issues;
    assert.deepEqual([issue.code, issue.pointer], ["json.lone_surrogate", "/message/text"]);
  }
  const pair = api.validateJson(JSON.stringify({ ...GOOD, message: { text: "whole 😀" } }));
  assert.deepEqual(pair, { valid: true, issues: [] });
  const inObject = api.validate({ ...GOOD, message: { text: "cut \ud800" } });
  assert.deepEqual(
    inObject.issues.map(({ code, pointer }) => [code, pointer]),
    [["json.lone_surrogate", "/message/text"]],
  );
});

test("validateJson: a lone surrogate does not complete an escape", () => {
  // After an open backslash, the escape of a lone surrogate would become letters, and the text
  // valid.
  assertRoot(api.validateJson('{"recipient":{"id":"\\\ud800"}}'), "json.malformed");
  const closed = api.validateJson(
    '{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"\\\\\ud800"}}',
  );
  assert.deepEqual(
    closed.issues.map(({ code, pointer }) => [code, pointer]),
    [["json.lone_surrogate", "/message/text"]],
  );
  // A megabyte of them takes no longer than a megabyte of others.
  const start = performance.now();
  api.validateJson(`"${"\\".repeat(1_000_000)}\ud800"`);
  assert.ok(performance.now() - start < 2000);
});

const OPTIONS_THAT_CANNOT_BE = {
  null: null,
  "a text": "messenger",
  "a number": 1,
  "a function": boom,
  "a list": [],
  "a symbol": Symbol("x"),
  "a getter that throws": {
    get platform() {
      return boom();
    },
  },
  "a Proxy whose traps throw": trap,
  "an unknown platform": { platform: "whatsapp" },
  "a platform that is null": { platform: null },
  "a platform that is a function": { platform: boom },
  "a platform that is a symbol": { platform: Symbol("messenger") },
  "a platform that is a BigInt": { platform: 1n },
  "an unknown rule": { rules: { "no.such.rule": "off" } },
  "an unknown severity": { rules: { "text.too_long": "fatal" } },
  "a severity that is a function": { rules: { "text.too_long": boom } },
  "a severity that is a symbol": { rules: { "text.too_long": Symbol("off") } },
  "rules that are a text": { rules: "off" },
  "rules that are a list": { rules: ["off"] },
  "rules in a cycle": { rules: cycle() },
  "rules with a getter that throws": {
    rules: Object.defineProperty({}, "text.too_long", { enumerable: true, get: boom }),
  },
  "rules 100000 levels deep": { rules: nested(100_000) },
  "20 MB of rules": { rules: { "text.too_long": "x".repeat(20_000_000) } },
};

for (const [name, options] of Object.entries(OPTIONS_THAT_CANNOT_BE)) {
  test(`options: ${name}`, () => {
    for (const report of [
      api.validate(GOOD, options),
      api.validateJson(JSON.stringify(GOOD), options),
      api.validateJson(utf8(JSON.stringify(GOOD)), options),
    ]) {
      assertRoot(report, "options.invalid");
    }
    assert.throws(
      () => api.buildMessage({ to: "1", text: "x" }, options),
      (error) => api.isValidationError(error) && error.issues[0].code === "options.invalid",
    );
  });
}

test("options: what is there is used, and read once", () => {
  let reads = 0;
  const options = {
    get platform() {
      reads += 1;
      return "messenger";
    },
    rules: { "text.too_long": "warning" },
  };
  const report = api.validate({ ...GOOD, message: { text: "x".repeat(2001) } }, options);
  assert.equal(reads, 1);
  assert.equal(report.valid, true);
  assert.deepEqual(
    report.issues.map(({ code, severity }) => [code, severity]),
    [["text.too_long", "warning"]],
  );
  for (const nothing of [
    undefined,
    {},
    { platform: undefined, rules: undefined },
    { rules: {} },
    { rules: { "text.too_long": undefined } },
    Object.create(null),
  ]) {
    assert.deepEqual(api.validate(GOOD, nothing), { valid: true, issues: [] });
  }
});

test("buildMessage: a draft that cannot be written as JSON", () => {
  for (const [make, code] of [
    [() => undefined, "json.unserializable"],
    [cycle, "json.unserializable"],
    [() => trap, "json.unserializable"],
    [() => 1n, "json.unserializable"],
  ]) {
    assert.throws(
      () => api.buildMessage(make()),
      (error) => {
        assert.ok(error instanceof api.ValidationError && api.isValidationError(error));
        assertRoot({ valid: false, issues: error.issues }, code);
        assert.equal(error.request, undefined);
        return true;
      },
    );
  }
  assert.throws(
    () => api.buildMessage({}),
    (error) => error instanceof api.ValidationError && !("request" in error),
  );
  for (const draft of [null, 1, "x", [], true]) {
    assert.throws(() => api.buildMessage(draft), { name: "ValidationError" });
  }
  assert.throws(
    () => api.buildMessage({ to: "1", text: "x".repeat(20_000_000) }),
    (error) => error.issues[0].code === "json.too_large",
  );
});

test("the schema never throws either, and passes the value on untouched", () => {
  const { validate, version, vendor } = api.sendRequestSchema["~standard"];
  assert.deepEqual([version, vendor], [1, "messenger-send"]);
  assert.equal(validate(GOOD).value, GOOD);
  for (const make of Object.values(WITHOUT_JSON)) {
    assert.deepEqual(Object.keys(validate(make())), ["issues"]);
  }
  const warned = { recipient: { id: "1" }, message: { text: "hello" } };
  assert.ok(api.validate(warned).issues.length > 0, "there is a warning");
  assert.equal(validate(warned).value, warned, "but no issue");
});

test("the catalogue is frozen, and the same list each time", () => {
  const rules = api.rules();
  assert.equal(api.rules(), rules);
  assert.throws(() => rules.push({}), TypeError);
  assert.throws(() => Object.assign(rules[0], { severity: "off" }), TypeError);
  assert.throws(() => rules[0].platforms.push("x"), TypeError);
  assert.ok(
    rules.some(({ code }) => code === "json.unserializable"),
    "the code that a failure of the core itself is reported with",
  );
});

test("ten thousand bad calls change neither the memory nor the results", () => {
  const bad = { ...GOOD, message: { text: "x".repeat(2001), nonsense: nested(50) } };
  const first = JSON.stringify(api.validate(bad));
  for (let round = 0; round < 10_000; round += 1) {
    api.validate(bad);
    api.validate(cycle());
  }
  assert.equal(JSON.stringify(api.validate(bad)), first);
});
