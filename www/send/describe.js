// A request in a few words: who gets it, and what it is.
import { listIn, objectIn, textIn } from "../model/values.js";

const LONGEST = 80;

/** { to, what } */
export function describe(value) {
  const request = objectIn(value);
  const [[kind, id] = []] = Object.entries(objectIn(request.recipient));
  const to =
    kind === undefined
      ? "nobody"
      : kind === "id"
        ? textIn(id) || "nobody"
        : `${kind} ${textIn(id)}`;
  return { to, what: whatIn(request) };
}

function whatIn(request) {
  if (request.sender_action !== undefined) return textIn(request.sender_action);
  const message = objectIn(request.message);
  const payload = objectIn(objectIn(message.attachment).payload);
  const [first] = listIn(payload.elements).map(objectIn);
  const words = [
    message.text,
    payload.text,
    payload.title,
    objectIn(first).title,
    payload.merchant_name,
    objectIn(message.template).name,
  ]
    .map(textIn)
    .find(Boolean);
  const kind =
    textIn(payload.template_type) ||
    textIn(objectIn(message.attachment).type) ||
    (message.template !== undefined ? "utility" : "");
  const short =
    words === undefined
      ? ""
      : `“${words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words}”`;
  return [kind.replaceAll("_", " "), short].filter(Boolean).join(" ") || "an empty message";
}
