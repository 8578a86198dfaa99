// The package's short way to say a request: the shortest draft that `buildMessage` turns into exactly this request.
import { isObject } from "../model/values.js";

const MEDIA = ["image", "audio", "video", "file"];
const AROUND = [
  "tag",
  "notification_type",
  "persona_id",
  "suggestion_action",
  "thread_control",
  "folder",
];

/** The draft, or undefined where there is none; api: the package. */
export function draftOf(request, api, platform) {
  if (!api || !isObject(request)) return undefined;
  const wanted = canonical(request);
  for (const draft of candidates(request)) {
    try {
      if (canonical(api.buildMessage(draft, { platform })) === wanted) return draft;
    } catch {
      // Not this one: another says it in more words.
    }
  }
  return undefined;
}

function* candidates(request) {
  const {
    recipient,
    messaging_type: type,
    message,
    reply_to: reply,
    sender_action: action,
    payload,
  } = request;
  if (!isObject(recipient)) return;
  const to =
    Object.keys(recipient).length === 1 && typeof recipient.id === "string"
      ? recipient.id
      : recipient;
  const mid = isObject(reply) && Object.keys(reply).length === 1 ? reply.mid : reply;
  const around = {
    ...(reply !== undefined && { reply_to: mid }),
    ...Object.fromEntries(
      AROUND.filter((name) => Object.hasOwn(request, name)).map((name) => [name, request[name]]),
    ),
  };
  // messaging_type is left out where the package finds the same by itself.
  for (const said of [{}, type === undefined ? undefined : { messaging_type: type }].filter(
    Boolean,
  )) {
    if (action !== undefined) {
      if ((action === "react" || action === "unreact") && isObject(payload))
        yield { to, [action]: payload, ...said, ...around };
      yield { to, sender_action: action, ...said, ...around };
    }
    if (!isObject(message)) continue;
    const { quick_replies: replies, metadata, ...content } = message;
    const rest = {
      ...(replies !== undefined && { quick_replies: shortReplies(replies) }),
      ...(metadata !== undefined && { metadata }),
      ...said,
      ...around,
    };
    for (const short of contents(content)) yield { to, ...short, ...rest };
    yield { to, message, ...said, ...around };
  }
}

function* contents({ text, attachment, attachments, sticker_id: sticker, template, ...others }) {
  if (Object.keys(others).length > 0) return;
  if (text !== undefined) yield { text };
  if (sticker !== undefined) yield { sticker };
  if (isObject(template)) {
    const language =
      isObject(template.language) && Object.keys(template.language).length === 1
        ? template.language.code
        : template.language;
    yield { utility: { ...template, language } };
  }
  if (isObject(attachment)) {
    const { type, payload } = attachment;
    if (type === "template") yield* [{ template: shortButtons(payload) }, { template: payload }];
    if (MEDIA.includes(type)) yield* [{ [type]: payload?.url }, { [type]: payload }];
  }
  if (Array.isArray(attachments))
    yield* [
      { images: attachments.map((one) => one?.payload?.url) },
      { images: attachments.map((one) => one?.payload) },
    ];
}

function shortReplies(replies) {
  if (!Array.isArray(replies)) return replies;
  return replies.map((one) =>
    isObject(one) &&
    one.content_type === "text" &&
    one.title === one.payload &&
    Object.keys(one).length === 3
      ? one.title
      : one,
  );
}

// A button's type follows from what it has.
function shortButtons(value) {
  if (Array.isArray(value)) return value.map(shortButtons);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    name === "buttons" && Array.isArray(item) ? item.map(shortButton) : shortButtons(item),
  ]);
  return Object.fromEntries(entries);
}

function shortButton(button) {
  if (!isObject(button)) return button;
  const { type, ...rest } = button;
  if (type === "web_url" && rest.url !== undefined) return rest;
  if (type === "postback" && rest.payload !== undefined && rest.url === undefined) return rest;
  return type === "phone_number" && Object.keys(rest).length === 2
    ? { title: rest.title, phone_number: rest.payload }
    : button;
}

// The same members in any order are the same request.
function canonical(value) {
  return JSON.stringify(value, (_, item) =>
    isObject(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
