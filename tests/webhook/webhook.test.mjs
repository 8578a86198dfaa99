// messenger-send/webhook: signatures, events of every shape, and echoes that settle a send.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { newStamp, readEvents, settle, verifySignature } from "../../pkg-template/webhook/index.js";
import { stampMetadata, stampOf } from "../../pkg-template/webhook/stamp.js";

const SECRET = "0123456789abcdef0123456789abcdef";
const PAGE = "1234567890";
const PERSON = "7001002003004005";
const AT = 1_700_000_000_000;

const hook = (messaging, more) => ({
  object: "page",
  entry: [{ id: PAGE, time: AT, messaging, ...more }],
});
const from = (event) => ({
  sender: { id: PERSON },
  recipient: { id: PAGE },
  timestamp: AT,
  ...event,
});
const to = (event) => ({
  sender: { id: PAGE },
  recipient: { id: PERSON },
  timestamp: AT,
  ...event,
});
/** The event without the common members. */
function only(events) {
  assert.equal(events.length, 1);
  const { pageId, isStandby, raw, ...event } = events[0];
  assert.deepEqual([pageId, isStandby, typeof raw], [PAGE, false, "object"]);
  return event;
}

test("a signature is right for exactly this body, this secret and this header", async () => {
  const body = '{"object":"page","text":"ä😀"}';
  const header = `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}`;
  const bytes = new TextEncoder().encode(body);
  const inside = new Uint8Array([0, ...bytes, 0]).subarray(1, -1);
  for (const same of [
    body,
    bytes,
    bytes.buffer,
    Buffer.from(body),
    inside,
    new DataView(bytes.buffer),
  ]) {
    assert.equal(await verifySignature(same, header, SECRET), true);
  }
  assert.equal(
    await verifySignature(body, header.toUpperCase().replace("SHA", "sha"), SECRET),
    true,
  );
  assert.equal(await verifySignature(`${body} `, header, SECRET), false);
  assert.equal(await verifySignature(body, header, `${SECRET}0`), false);
  const last = header.at(-1) === "0" ? "1" : "0";
  for (const wrong of [
    undefined,
    null,
    "",
    "sha256=",
    header.slice(0, -1),
    `${header}0`,
    header.slice(0, -1) + last,
    header.replace("256", "1"),
    header.slice(7),
    [header],
    5,
  ]) {
    assert.equal(await verifySignature(body, wrong, SECRET), false, String(wrong));
  }
  assert.equal(
    await verifySignature(
      "",
      `sha256=${createHmac("sha256", SECRET).update("").digest("hex")}`,
      SECRET,
    ),
    true,
  );
});

test("a parsed body and an empty secret are mistakes of the program, and are told", async () => {
  const header = `sha256=${"0".repeat(64)}`;
  await assert.rejects(verifySignature({ object: "page" }, header, SECRET), {
    name: "TypeError",
    message: /the body as it came/,
  });
  await assert.rejects(verifySignature(null, header, SECRET), TypeError);
  for (const secret of ["", undefined, null, 5]) {
    await assert.rejects(verifySignature("", header, secret), {
      name: "TypeError",
      message: /app's secret/,
    });
  }
});

test("a message, with all that a sender needs of it", () => {
  const message = {
    mid: "m_1",
    text: "Yes",
    quick_reply: { payload: "YES" },
    reply_to: { mid: "m_0" },
    attachments: [
      { type: "image", payload: { url: "https://example.org/a.png", sticker_id: 369239263222822 } },
    ],
  };
  const expected = {
    kind: "message",
    personId: PERSON,
    at: AT,
    mid: "m_1",
    text: "Yes",
    replyTo: "m_0",
    attachments: [
      {
        type: "image",
        url: "https://example.org/a.png",
        stickerId: "369239263222822",
        payload: message.attachments[0].payload,
      },
    ],
    quickReplyPayload: "YES",
  };
  const body = hook([from({ message })]);
  for (const same of [
    body,
    JSON.stringify(body),
    new TextEncoder().encode(JSON.stringify(body)),
    new TextEncoder().encode(JSON.stringify(body)).buffer,
  ]) {
    assert.deepEqual(only(readEvents(same)), expected);
  }
  assert.deepEqual(readEvents(body)[0].raw, from({ message }));
});

test("every other kind", () => {
  const kinds = [
    [
      { postback: { mid: "m_1", title: "Buy", payload: "BUY" } },
      { kind: "postback", personId: PERSON, at: AT, mid: "m_1", title: "Buy", payload: "BUY" },
    ],
    [
      { reaction: { reaction: "love", emoji: "❤️", action: "react", mid: "m_1" } },
      {
        kind: "reaction",
        personId: PERSON,
        at: AT,
        isRemoved: false,
        mid: "m_1",
        emoji: "❤️",
        reaction: "love",
      },
    ],
    [
      { reaction: { action: "unreact", mid: "m_1" } },
      { kind: "reaction", personId: PERSON, at: AT, isRemoved: true, mid: "m_1" },
    ],
    [
      { delivery: { mids: ["m_1", 5], watermark: AT } },
      { kind: "delivery", personId: PERSON, at: AT, mids: ["m_1"], watermark: AT },
    ],
    [
      { delivery: { watermark: String(AT) } },
      { kind: "delivery", personId: PERSON, at: AT, mids: [], watermark: AT },
    ],
    [{ read: { watermark: AT } }, { kind: "read", personId: PERSON, at: AT, watermark: AT }],
    [{ read: { mid: "m_1" } }, { kind: "read", personId: PERSON, at: AT, mid: "m_1" }],
    [{ optin: { type: "notification_messages" } }, { kind: "other", personId: PERSON, at: AT }],
  ];
  for (const [event, expected] of kinds) {
    assert.deepEqual(only(readEvents(hook([from(event)]))), expected);
  }
});

test("an echo names the person it went to, in both forms of the reference, and on standby", () => {
  const message = {
    is_echo: true,
    app_id: 1517776481860111,
    metadata: "order 7",
    mid: "m_1",
    text: "hello",
  };
  const expected = {
    kind: "echo",
    personId: PERSON,
    at: AT,
    mid: "m_1",
    text: "hello",
    attachments: [],
    appId: "1517776481860111",
    metadata: "order 7",
  };
  assert.deepEqual(only(readEvents(hook([to({ message })]))), expected);
  assert.deepEqual(only(readEvents(hook([from({ message })]))), expected);
  const [event] = readEvents(hook(undefined, { standby: [to({ message })] }));
  assert.deepEqual([event.kind, event.isStandby, event.personId], ["echo", true, PERSON]);
});

test("events keep their order across entries", () => {
  const message = (mid) => from({ message: { mid, text: mid } });
  const events = readEvents({
    entry: [
      ...hook([message("m_1"), message("m_2")]).entry,
      { id: "2", messaging: [message("m_3")] },
    ],
  });
  assert.deepEqual(
    events.map(({ mid, pageId }) => [mid, pageId]),
    [
      ["m_1", PAGE],
      ["m_2", PAGE],
      ["m_3", "2"],
    ],
  );
});

test("odd shapes have no events or only other events; nothing throws", () => {
  const cyclic = {};
  cyclic.entry = cyclic;
  const hostile = {
    get entry() {
      throw new Error("no");
    },
  };
  const nothing = [
    undefined,
    null,
    "",
    "{",
    "[]",
    "null",
    5,
    5n,
    Symbol("x"),
    () => {},
    [],
    {},
    cyclic,
    hostile,
    { entry: {} },
    { entry: [null, 5, [], "x", { id: PAGE }, { messaging: [from({})] }] },
    new Uint8Array([0xff]),
    hook("x"),
    hook([null, 5, "x", []]),
  ];
  for (const body of nothing) {
    assert.deepEqual(readEvents(body), []);
  }
  const odd = [
    from({ message: 5 }),
    from({ message: null, postback: [] }),
    from({ message: { text: "no mid" } }),
    { message: { mid: "m_1" }, timestamp: AT },
    { sender: { id: PERSON }, message: { mid: "m_1" }, timestamp: "soon" },
    { sender: null, recipient: 5, timestamp: AT, postback: {} },
  ];
  assert.deepEqual(
    readEvents(hook(odd)).map(({ kind }) => kind),
    Array(odd.length).fill("other"),
  );
  const [bare] = readEvents(
    hook([
      from({
        message: {
          mid: "m_1",
          text: 5,
          attachments: [null, { type: 5 }, { type: "image", payload: "x" }],
          reply_to: "x",
          quick_reply: [],
        },
      }),
    ]),
  );
  assert.deepEqual(bare.attachments, [
    { type: "unknown", payload: undefined },
    { type: "image", payload: "x" },
  ]);
  assert.equal("text" in bare || "replyTo" in bare || "quickReplyPayload" in bare, false);
});

test("10 MiB are read, one more byte is not", () => {
  const text = JSON.stringify(hook([from({ message: { mid: "m_1" } })]));
  const room = 10 * 1024 * 1024;
  assert.equal(readEvents(text.padEnd(room)).length, 1);
  assert.equal(readEvents(text.padEnd(room + 1)).length, 0);
  assert.equal(readEvents(new TextEncoder().encode(text.padEnd(room + 1))).length, 0);
});

test("a stamp is unlike every other, and stands behind the caller's own metadata", () => {
  const stamps = Array.from({ length: 1000 }, newStamp);
  assert.equal(new Set(stamps).size, 1000);
  assert.match(stamps[0], /^ms-[0-9a-f]{32}$/);
  const [stamp] = stamps;
  for (const own of [undefined, "", "order 7", "x".repeat(900), stamps[1]]) {
    assert.equal(stampOf(stampMetadata(own, stamp)), stamp);
  }
  assert.equal(stampMetadata("order 7", stamp), `order 7 ${stamp}`);
  for (const none of [
    undefined,
    null,
    5,
    "",
    "order 7",
    `${stamp}x`,
    `x${stamp}`,
    stamp.slice(0, -1),
    stamp.toUpperCase(),
  ]) {
    assert.equal(stampOf(none), undefined, String(none));
  }
});

test("an echo with the stamp settles a send; nothing else does", () => {
  const stamp = newStamp();
  const echo = (metadata) => to({ message: { is_echo: true, mid: "m_1", metadata } });
  const events = readEvents(
    hook([echo("other"), echo(newStamp()), echo(stampMetadata("order 7", stamp))]),
  );
  assert.equal(settle(stamp, events), "delivered");
  assert.equal(settle({ stamp }, events), "delivered");
  assert.equal(settle(Object.assign(new Error("?"), { stamp }), events), "delivered");
  assert.equal(settle(stamp, events.slice(0, 2)), undefined);
  // A person who writes the stamp does not send an echo.
  assert.equal(
    settle(
      stamp,
      readEvents(hook([from({ message: { mid: "m_1", text: stamp, metadata: stamp } })])),
    ),
    undefined,
  );
  for (const none of [
    undefined,
    null,
    {},
    { stamp: undefined },
    { stamp: 5 },
    "",
    new Error("?"),
  ]) {
    assert.equal(settle(none, events), undefined);
  }
  for (const none of [undefined, null, [], [null], "x"]) {
    assert.equal(settle(stamp, none), undefined);
  }
});
