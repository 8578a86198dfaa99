// People paste parts: a message, a template, a button, an event of their webhook. Each is put into the request that it is a part of.
import { isObject, objectIn, textIn } from "../model/values.js";

const CONTENTS = [
  "text",
  "attachment",
  "attachments",
  "quick_replies",
  "template",
  "sticker_id",
  "dynamic_text",
];
const OF_A_REQUEST = ["recipient", "message", "sender_action", "messaging_type", "to"];
const MEDIA = /^(image|audio|video|file|template|like_heart|media_share)$/i;
const BUTTONS =
  /^(web_url|postback|phone_number|account_link|account_unlink|game_play|audio_call)$/;

const has = (value, names) => isObject(value) && names.some((name) => Object.hasOwn(value, name));

/** Whether a value is a request or a draft, or something that `wrap` knows. */
export function isKnown(value) {
  return has(value, OF_A_REQUEST) || wrapped(value) !== undefined;
}

/**
 * The request that a part belongs to.
 * @param {unknown} value
 * @param {unknown} base where the recipient comes from
 * @returns {{ request: unknown, what: string, note?: string, platform?: string, inboundAt?: number } | undefined}
 */
export function wrap(value, base) {
  const event = eventIn(value);
  if (event) return replyTo(event);
  if (has(value, ["recipient", "to"])) return undefined;
  const { recipient, message } = objectIn(base);
  const to = (rest) => ({ ...(recipient !== undefined && { recipient }), ...rest });
  if (has(value, ["message", "sender_action", "messaging_type"])) {
    return recipient === undefined
      ? undefined
      : { request: to(value), what: "a request without a recipient" };
  }
  const found = wrapped(value, textIn(objectIn(message).text));
  return (
    found && {
      request: to({ messaging_type: "RESPONSE", message: found.message }),
      what: found.what,
    }
  );
}

// A list is one of parts that stand together.
function wrapped(value, text = "") {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || !list.every(isObject)) return undefined;
  const all = (test) => list.every(test);
  const template = (payload) => ({ attachment: { type: "template", payload } });
  if (all(({ content_type: type }) => typeof type === "string"))
    return {
      what: plural(list, "a quick reply", "quick replies"),
      message: { text, quick_replies: list },
    };
  if (all(({ type, template_type: kind }) => BUTTONS.test(textIn(type)) && kind === undefined))
    return {
      what: plural(list, "a button", "buttons"),
      message: template({ template_type: "button", text, buttons: list }),
    };
  if (!Array.isArray(value)) {
    if (typeof value.template_type === "string")
      return { what: "a template", message: template(value) };
    if (MEDIA.test(textIn(value.type)) && (isObject(value.payload) || value.type === "like_heart"))
      return { what: "an attachment", message: { attachment: value } };
    if (has(value, CONTENTS)) return { what: "a message", message: value };
  }
  if (
    all(
      (one) =>
        typeof one.title === "string" &&
        has(one, ["subtitle", "image_url", "buttons", "default_action"]),
    )
  )
    return {
      what: plural(list, "an element", "elements"),
      message: template({ template_type: "generic", elements: list }),
    };
  return undefined;
}

const plural = (list, one, many) => (list.length === 1 ? one : many);

// The first event of a webhook's body, or an event by itself.
function eventIn(value) {
  if (!isObject(value)) return undefined;
  const entries = Array.isArray(value.entry) ? value.entry : [];
  const events = entries
    .flatMap((entry) => [objectIn(entry).messaging, objectIn(entry).standby].flat())
    .filter(isObject);
  const own =
    isObject(value.sender) && isObject(value.recipient) && value.timestamp !== undefined
      ? [value]
      : [];
  const [first] = [...events, ...own].filter(
    ({ sender, message }) => isObject(sender) && objectIn(message).is_echo !== true,
  );
  return (
    first && {
      ...first,
      platform:
        value.object === "instagram"
          ? "instagram"
          : value.object === "page"
            ? "messenger"
            : undefined,
    }
  );
}

function replyTo({ sender, message, postback, timestamp, platform }) {
  const { mid, text } = objectIn(message);
  const said = textIn(text) || textIn(objectIn(postback).title);
  return {
    what: "a webhook event",
    platform,
    inboundAt: Number(timestamp) || undefined,
    note: said === "" ? undefined : `The person wrote: “${said}”.`,
    request: {
      recipient: { id: textIn(sender.id) },
      messaging_type: "RESPONSE",
      message: { text: "" },
      ...(textIn(mid) !== "" && { reply_to: { mid } }),
    },
  };
}
