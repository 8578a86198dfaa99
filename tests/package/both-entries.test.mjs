// `messenger-send` and `messenger-send/validate` in one program: each knows the other's errors, and neither's state is the other's. And what
// the smaller one does when its module breaks.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { installed } from "./lib/project.mjs";
import { atTheEndOfTheStack } from "./lib/stack.mjs";

const LIMIT = { timeout: 60_000 };
const VISITS = 1000;
const TOKEN = "EAABtesttoken";
const DRAFT = { to: "4815162342", text: "hello" };
const REQUEST = {
  recipient: { id: "4815162342" },
  messaging_type: "RESPONSE",
  message: { text: "hello" },
};
const INVALID = { ...REQUEST, message: { text: "" } };
/** Exports of the module that sends: the other one has none of them. */
const OF_SENDING = ["send", "sendAll", "uploadAttachment", "start"];
const OF_CHECKING = ["validateJson", "reportUnreadable", "buildMessage", "rules"];

let everything;
let checking;
/** Whether every call of the smaller module traps, in every instance that it makes. */
let isTrapping = false;
before(async () => {
  const { Instance } = WebAssembly;
  const trapping =
    (call) =>
    (...given) => {
      if (isTrapping) {
        throw new WebAssembly.RuntimeError("unreachable");
      }
      return call(...given);
    };
  // biome-ignore lint/complexity/useArrowFunction: it is called with `new`
  WebAssembly.Instance = function (module, imports) {
    const { exports: own } = new Instance(module, imports);
    if (OF_SENDING.every((name) => name in own)) {
      return { exports: own };
    }
    assert.ok(OF_SENDING.every((name) => !(name in own)));
    const calls = OF_CHECKING.map((name) => [name, trapping(own[name])]);
    return { exports: { ...own, ...Object.fromEntries(calls) } };
  };
  [everything, checking] = await installed("validate");
});

function thrownBy(call) {
  try {
    return assert.fail(`it must throw, and returned ${call()}`);
  } catch (error) {
    return error;
  }
}

function whileTrapping(call) {
  isTrapping = true;
  try {
    return call();
  } finally {
    isTrapping = false;
  }
}

test("each knows the errors of the other", LIMIT, async () => {
  const ofChecking = thrownBy(() => checking.buildMessage({ ...DRAFT, text: "" }));
  const ofEverything = thrownBy(() => everything.buildMessage({ ...DRAFT, text: "" }));
  const ofSending = await everything
    .send(INVALID, { accessToken: TOKEN })
    .catch((caught) => caught);
  for (const error of [ofChecking, ofEverything, ofSending]) {
    assert.ok(everything.isValidationError(error) && checking.isValidationError(error));
    assert.deepEqual(
      error.issues.map(({ code }) => code),
      ["text.empty"],
    );
  }
  assert.ok(!everything.isSendError(ofChecking));
  assert.deepEqual(ofChecking.request, ofEverything.request);
  const own = new checking.ValidationError({ issues: ofEverything.issues });
  assert.ok(everything.isValidationError(own));
  assert.equal(own.message, ofEverything.message);
});

test("both say the same of the same message, in turns and within each other", LIMIT, () => {
  for (const value of [REQUEST, INVALID, {}, undefined, 1n, { message: { text: 1 } }]) {
    assert.deepEqual(checking.validate(value), everything.validate(value));
  }
  assert.deepEqual(checking.rules(), everything.rules());
  const nested = (outer, inner) =>
    outer.validate({ toJSON: () => (inner.validate(INVALID).valid ? undefined : REQUEST) });
  assert.equal(nested(checking, everything).valid, true);
  assert.equal(nested(everything, checking).valid, true);
});

test("what one builds the other sends", LIMIT, async () => {
  const sent = await everything.send(checking.buildMessage(DRAFT), {
    accessToken: TOKEN,
    fetch: async () => Response.json({ recipient_id: "4815162342", message_id: "m_1" }),
  });
  assert.equal(sent.message_id, "m_1");
});

test(
  "the smaller module breaks: the package says so, the next call works, and the other module goes on",
  LIMIT,
  async () => {
    const answers = [];
    const underWay = everything.send(REQUEST, {
      accessToken: TOKEN,
      fetch: () => new Promise((resolve) => answers.push(resolve)),
    });
    const report = whileTrapping(() => checking.validate({}));
    assert.equal(report.valid, false);
    assert.match(report.issues[0].message, /messenger-send itself failed \(RuntimeError\)/);
    const error = whileTrapping(() => thrownBy(() => checking.buildMessage(DRAFT)));
    assert.ok(checking.isValidationError(error));
    assert.deepEqual(checking.validate(REQUEST), { valid: true, issues: [] });
    assert.deepEqual(checking.buildMessage(DRAFT), REQUEST);
    while (answers.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    answers[0](Response.json({ recipient_id: "4815162342", message_id: "m_1" }));
    assert.equal((await underWay).message_id, "m_1");
  },
);

test("a thousand visits to the end of the stack leave it as it was", { timeout: 300_000 }, () => {
  const expected = checking.validate(INVALID);
  const visits = [
    () => checking.validate(INVALID),
    () => checking.validateJson('{"message":{"text":""}}'),
    () => checking.buildMessage({ ...DRAFT, text: "" }),
  ];
  for (const visit of visits) {
    for (let times = 0; times < VISITS; times += 1) {
      assert.throws(() => atTheEndOfTheStack(visit), RangeError);
    }
    assert.deepEqual(checking.validate(INVALID), expected);
    assert.deepEqual(checking.buildMessage(DRAFT), REQUEST);
  }
});
