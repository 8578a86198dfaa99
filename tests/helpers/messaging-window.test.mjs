// `messagingWindow`: each state, each boundary and the millisecond before it, each platform, and
// invalid input.
import assert from "node:assert/strict";
import { test } from "node:test";
import { messagingWindow } from "../../pkg-template/messaging-window/messaging-window.js";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 12);
const ANY = [{ messaging_type: "RESPONSE" }, { messaging_type: "UPDATE" }];
const HUMAN = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };
const FEEDBACK = { messaging_type: "MESSAGE_TAG", tag: "CUSTOMER_FEEDBACK" };

/** The window of a person who wrote `age` milliseconds ago. */
function after(age, options) {
  return messagingWindow({ lastInboundAt: NOW - age, now: NOW, ...options });
}

function drafts(result) {
  return result.options.map(({ draft }) => draft);
}

function codes(result) {
  return result.warnings.map(({ code }) => code);
}

const CASES = [
  // age, humanAgent, platform: state, drafts, when it closes (after the message), warnings
  [0, false, "messenger", "standard", ANY, DAY, []],
  [DAY - 1, false, "messenger", "standard", ANY, DAY, []],
  [DAY - 1, true, "messenger", "standard", ANY, DAY, []],
  [DAY - 1, true, "instagram", "standard", ANY, DAY, []],
  [DAY, false, "messenger", "feedback", [FEEDBACK], 7 * DAY, ["ad_window"]],
  [DAY, true, "messenger", "human_agent", [HUMAN, FEEDBACK], 7 * DAY, ["ad_window"]],
  [DAY, true, "instagram", "human_agent", [HUMAN], 7 * DAY, ["ad_window"]],
  [DAY, false, "instagram", "closed", [], null, ["ad_window"]],
  [7 * DAY - 1, false, "messenger", "feedback", [FEEDBACK], 7 * DAY, ["ad_window"]],
  [7 * DAY - 1, true, "messenger", "human_agent", [HUMAN, FEEDBACK], 7 * DAY, ["ad_window"]],
  [7 * DAY - 1, true, "instagram", "human_agent", [HUMAN], 7 * DAY, ["ad_window"]],
  [7 * DAY - 1, false, "instagram", "closed", [], null, ["ad_window"]],
  [7 * DAY, false, "messenger", "closed", [], null, []],
  [7 * DAY, true, "messenger", "closed", [], null, []],
  [7 * DAY, true, "instagram", "closed", [], null, []],
  [400 * DAY, true, "messenger", "closed", [], null, []],
];

for (const [age, humanAgent, platform, state, expected, closes, warnings] of CASES) {
  test(`${age} ms after, ${platform}, ${humanAgent ? "with" : "without"} human agents: ${state}`, () => {
    const result = after(age, { humanAgent, platform });
    assert.equal(result.state, state);
    assert.deepEqual(drafts(result), expected);
    assert.deepEqual(result.closesAt, closes === null ? null : new Date(NOW - age + closes));
    assert.deepEqual(codes(result), warnings);
    for (const option of result.options) {
      assert.deepEqual(option.closesAt, result.closesAt);
    }
  });
}

test("a draft can be spread into another", () => {
  const [first] = after(HOUR).options;
  assert.deepEqual(
    { to: "PSID", text: "hello", ...first.draft },
    { to: "PSID", text: "hello", messaging_type: "RESPONSE" },
  );
});

test("each option says what the message may be, and where that is documented", () => {
  const contents = (result) => result.options.map(({ content }) => content);
  assert.deepEqual(contents(after(HOUR)), ["any", "any"]);
  assert.deepEqual(contents(after(2 * DAY, { humanAgent: true })), [
    "human_agent",
    "feedback_template",
  ]);
});

test("a person who never wrote can only be reached without a window", () => {
  for (const lastInboundAt of [null, undefined]) {
    const result = messagingWindow({ lastInboundAt, now: NOW, humanAgent: true });
    const { otherwise, ...rest } = result;
    assert.deepEqual(rest, { state: "closed", closesAt: null, options: [], warnings: [] });
    assert.deepEqual(
      otherwise.map(({ kind }) => kind),
      ["utility_message", "one_time_notification", "marketing_message", "private_reply"],
    );
  }
  const onInstagram = messagingWindow({ lastInboundAt: null, platform: "instagram" });
  assert.deepEqual(
    onInstagram.otherwise.map(({ kind }) => kind),
    ["private_reply"],
  );
});

test("alternatives without a window are listed in every state", () => {
  for (const platform of ["messenger", "instagram"]) {
    const never = messagingWindow({ lastInboundAt: null, platform }).otherwise;
    for (const age of [0, 2 * DAY, 8 * DAY]) {
      assert.deepEqual(after(age, { platform }).otherwise, never);
    }
  }
});

test("the warning about ads says until when, and cites the policy page", () => {
  const [warning] = after(2 * DAY).warnings;
  assert.deepEqual(warning.until, new Date(NOW + 5 * DAY));
  assert.match(
    warning.message,
    /policy page of 2026-09-28.*7 days.*guides say 24 hours.*2026-11-27T12:00:00\.000Z/,
  );
  assert.equal(
    warning.docs,
    "https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/",
  );
});

test("a message from the future leaves the window open, with a warning", () => {
  const result = after(-1500);
  assert.equal(result.state, "standard");
  assert.deepEqual(drafts(result), ANY);
  assert.deepEqual(result.closesAt, new Date(NOW + 1500 + DAY));
  assert.deepEqual(codes(result), ["inbound_in_future"]);
  assert.match(result.warnings[0].message, /1500 ms after now/);
  assert.deepEqual(codes(after(-1)), ["inbound_in_future"]);
  assert.deepEqual(codes(after(0)), []);
});

test("a time in seconds is treated as such, with a warning", () => {
  const result = messagingWindow({ lastInboundAt: (NOW - HOUR) / 1000, now: NOW });
  assert.deepEqual([result.state, result.closesAt], ["standard", new Date(NOW + 23 * HOUR)]);
  assert.deepEqual(codes(result), ["inbound_in_seconds"]);
  assert.match(result.warnings[0].message, /given in seconds, and is taken as 20/);
  // The largest number of seconds, and the smallest of milliseconds.
  assert.deepEqual(codes(messagingWindow({ lastInboundAt: 1e11 - 1, now: NOW })), [
    "inbound_in_future",
    "inbound_in_seconds",
  ]);
  assert.deepEqual(codes(messagingWindow({ lastInboundAt: 1e11, now: NOW })), []);
});

test("a time can be written in several ways", () => {
  const ways = [
    NOW - HOUR,
    NOW - HOUR + 0.7,
    new Date(NOW - HOUR),
    "2026-11-22T11:00:00Z",
    "2026-11-22T11:00Z",
    "2026-11-22T11:00:00.000Z",
    "2026-11-22T12:00:00+01:00",
    "2026-11-22T05:30:00-0530",
    "2026-11-22T11:00:00+0000",
  ];
  for (const lastInboundAt of ways) {
    for (const now of [NOW, new Date(NOW), "2026-11-22T12:00:00Z"]) {
      const { state, closesAt } = messagingWindow({ lastInboundAt, now });
      assert.deepEqual(
        { state, closesAt },
        { state: "standard", closesAt: new Date(NOW + 23 * HOUR) },
        String(lastInboundAt),
      );
    }
  }
});

test("`now` defaults to the current time", () => {
  assert.equal(messagingWindow({ lastInboundAt: Date.now() - HOUR }).state, "standard");
  assert.equal(
    messagingWindow({ lastInboundAt: Date.now() - 2 * DAY, now: undefined }).state,
    "feedback",
  );
});

test("an invalid time is refused", () => {
  const wrong = [
    "",
    "yesterday",
    "2026-11-22",
    "2026-11-22T11:00:00",
    "2026-13-22T11:00:00Z",
    "2026-02-30T11:00:00Z",
    "2026-04-31T11:00:00+02:00",
    "1795346400000",
    NaN,
    Infinity,
    8.64e15,
    -8.64e15,
    new Date(NaN),
    1n,
    {},
    [],
    true,
    Symbol("a"),
    { getTime: () => NOW },
  ];
  for (const time of wrong) {
    assert.throws(() => messagingWindow({ lastInboundAt: time, now: NOW }), {
      name: "TypeError",
      message:
        /^messagingWindow: lastInboundAt must be a valid Date, milliseconds since 1970, or an ISO 8601 text/,
    });
    assert.throws(() => messagingWindow({ lastInboundAt: NOW, now: time }), {
      name: "TypeError",
      message: /^messagingWindow: now must be/,
    });
  }
  assert.throws(() => messagingWindow({ lastInboundAt: NOW, now: null }), TypeError);
});

test("other options are checked", () => {
  for (const options of [undefined, null, 5, "2026-11-22T11:00:00Z"]) {
    assert.throws(() => messagingWindow(options), {
      name: "TypeError",
      message: "messagingWindow: give an object with lastInboundAt.",
    });
  }
  for (const humanAgent of ["yes", 1, null]) {
    assert.throws(() => messagingWindow({ lastInboundAt: NOW, humanAgent }), {
      name: "TypeError",
      message: "messagingWindow: humanAgent must be true or false.",
    });
  }
  for (const platform of ["whatsapp", null, 1]) {
    assert.throws(() => messagingWindow({ lastInboundAt: NOW, platform }), {
      name: "TypeError",
      message: 'messagingWindow: platform must be "messenger" or "instagram".',
    });
  }
});

test("answers share nothing that a caller could change, and cite Meta's pages", () => {
  const first = after(2 * DAY, { humanAgent: true });
  const copy = structuredClone(first);
  const cited = [...first.options, ...first.otherwise, ...first.warnings];
  assert.equal(cited.length, 7);
  for (const entry of cited) {
    assert.match(entry.docs, /^https:\/\/developers\.facebook\.com\/(docs|documentation)\//);
    assert.match(entry.message, /\.$/);
  }
  first.closesAt.setTime(0);
  first.options[0].draft.tag = "CHANGED";
  first.otherwise.pop();
  assert.deepEqual(after(2 * DAY, { humanAgent: true }), copy);
  assert.notEqual(first.options[0].closesAt.getTime(), 0);
});

test("every time results in a combination that the API accepts", () => {
  const known = new Set([...ANY, HUMAN, FEEDBACK].map((draft) => JSON.stringify(draft)));
  for (let age = -2 * DAY; age < 9 * DAY; age += 37 * 60 * 1000) {
    for (const platform of ["messenger", "instagram"]) {
      for (const humanAgent of [true, false]) {
        const result = after(age, { platform, humanAgent });
        for (const draft of drafts(result)) {
          assert.ok(known.has(JSON.stringify(draft)));
          assert.ok(platform === "messenger" || draft.tag !== "CUSTOMER_FEEDBACK");
          assert.ok(humanAgent || draft.tag !== "HUMAN_AGENT");
        }
        assert.equal(result.options.length === 0, result.state === "closed");
        assert.ok(result.closesAt === null || result.closesAt.getTime() > NOW);
      }
    }
  }
});
