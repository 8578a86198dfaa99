// Reads the parts of Messenger and Instagram webhooks that a sender needs.
// https://developers.facebook.com/documentation/business-messaging/messenger-platform/webhooks
import { stampOf } from "./stamp.js";

/** Meta puts at most 1000 events into one webhook; each is far below 10 KiB. */
const MAX_LENGTH = 10 * 1024 * 1024;

/**
 * The members without which a person's action is of no use to a sender, so that it counts as
 * "other".
 */
const NEEDED = {
  message: ["personId", "at", "mid"],
  postback: ["personId", "at"],
  reaction: ["personId", "at", "mid"],
};

export function readEvents(body) {
  const events = [];
  for (const entry of listOf(parsed(body)?.entry)) {
    const pageId = idOf(entry?.id);
    for (const [list, isStandby] of [
      [entry?.messaging, false],
      [entry?.standby, true],
    ]) {
      for (const raw of listOf(list)) {
        if (isObject(raw) && pageId !== undefined) {
          const event = readEvent(raw, pageId, isStandby);
          const isWhole = (NEEDED[event.kind] ?? []).every((name) => event[name] !== undefined);
          events.push(isWhole ? event : otherEvent(event));
        }
      }
    }
  }
  return events;
}

export function settle(errorOrStamp, events) {
  const stamp = typeof errorOrStamp === "string" ? errorOrStamp : errorOrStamp?.stamp;
  const isEcho = (event) => event?.kind === "echo" && event.stamp === stamp;
  return typeof stamp === "string" && listOf(events).some(isEcho) ? "delivered" : undefined;
}

/**
 * The JSON of a body, as plain data: a parsed body is read again, so that no getter and no cycle
 * gets through.
 */
function parsed(body) {
  try {
    const text = typeof body === "string" || isBytes(body) ? body : JSON.stringify(body);
    const length = text.length ?? text.byteLength;
    return length > MAX_LENGTH
      ? undefined
      : JSON.parse(typeof text === "string" ? text : new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}

function readEvent(raw, pageId, isStandby) {
  const { message, postback, reaction, delivery, read } = raw;
  const isEcho = message?.is_echo === true;
  const common = {
    pageId,
    ...defined({ personId: personOf(raw, pageId, isEcho), at: timeOf(raw.timestamp) }),
    isStandby,
    raw,
  };
  if (isEcho) {
    const { app_id: appId, metadata } = message;
    return {
      kind: "echo",
      ...common,
      ...contentOf(message),
      ...defined({ appId: idOf(appId), metadata: textOf(metadata), stamp: stampOf(metadata) }),
    };
  }
  if (isObject(message)) {
    return {
      kind: "message",
      ...common,
      ...contentOf(message),
      ...defined({ quickReplyPayload: textOf(message.quick_reply?.payload) }),
    };
  }
  if (isObject(postback)) {
    const { mid, title, payload } = postback;
    return {
      kind: "postback",
      ...common,
      ...defined({ mid: textOf(mid), title: textOf(title), payload: textOf(payload) }),
    };
  }
  if (isObject(reaction)) {
    const { mid, action, emoji, reaction: name } = reaction;
    const isRemoved = action === "unreact";
    return {
      kind: "reaction",
      ...common,
      isRemoved,
      ...defined({ mid: textOf(mid), emoji: textOf(emoji), reaction: textOf(name) }),
    };
  }
  if (isObject(delivery)) {
    return {
      kind: "delivery",
      ...common,
      mids: listOf(delivery.mids).filter(isText),
      ...defined({ watermark: timeOf(delivery.watermark) }),
    };
  }
  if (isObject(read)) {
    // Messenger has a time, Instagram a message id.
    return {
      kind: "read",
      ...common,
      ...defined({ watermark: timeOf(read.watermark), mid: textOf(read.mid) }),
    };
  }
  return otherEvent(common);
}

function otherEvent({ pageId, personId, at, isStandby, raw }) {
  return { kind: "other", pageId, ...defined({ personId, at }), isStandby, raw };
}

function contentOf({ mid, text, attachments, reply_to: replyTo }) {
  return {
    ...defined({ mid: textOf(mid), text: textOf(text), replyTo: textOf(replyTo?.mid) }),
    attachments: listOf(attachments).filter(isObject).map(attachmentOf),
  };
}

function attachmentOf({ type, payload }) {
  return {
    type: textOf(type) ?? "unknown",
    ...defined({ url: textOf(payload?.url), stickerId: idOf(payload?.sticker_id) }),
    payload,
  };
}

/**
 * The recipient of an echo, otherwise the sender; the reference has examples in which the two are
 * swapped.
 */
function personOf({ sender, recipient }, pageId, isEcho) {
  const ids = isEcho ? [recipient?.id, sender?.id] : [sender?.id, recipient?.id];
  return ids.map(idOf).find((id) => id !== undefined && id !== pageId);
}

/** Ids are strings, but some come as numbers. */
function idOf(value) {
  return Number.isSafeInteger(value) ? String(value) : textOf(value);
}

function textOf(value) {
  return isText(value) ? value : undefined;
}

function timeOf(value) {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? number : undefined;
}

function defined(members) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const isText = (value) => typeof value === "string";
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isBytes = (value) =>
  ArrayBuffer.isView(value) || value?.[Symbol.toStringTag] === "ArrayBuffer";
const listOf = (value) => (Array.isArray(value) ? value : []);
