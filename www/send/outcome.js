// What became of a message: what is said of an error is what the error says of itself.
import { count, countInWords } from "../model/attribute.js";
import { h } from "../page/dom.js";

const DELIVERY = {
  not_sent: "It was not sent.",
  rejected: "It was refused: the person did not get it.",
  unknown: "Nobody knows: the person may have got it.",
};
const OF_A_RECEIPT = ["message_id", "recipient_id", "attachment_id", "attempts", "usage"];
const OF_AN_ERROR = [
  "message",
  "kind",
  "delivery",
  "attempts",
  "retryable",
  "retryAfterMs",
  "status",
  "code",
  "subcode",
  "type",
  "isTransient",
  "userTitle",
  "userMessage",
  "fbtraceId",
  "data",
  "usage",
];

export function receipted(receipt) {
  return { kind: "good", title: "Sent", text: [], facts: factsOf(receipt, OF_A_RECEIPT) };
}

export function failed(error) {
  return {
    kind: error.delivery === "unknown" ? "unsure" : "bad",
    title: `${error.delivery === "unknown" ? "Not confirmed" : "Not delivered"}: ${error.kind}`,
    text: [DELIVERY[error.delivery], error.hint],
    facts: factsOf(error, OF_AN_ERROR),
  };
}

export function invalid(issues, showFirst) {
  return {
    kind: "bad",
    title: "Not sent: the message is not right yet",
    text: [`The package refused it before any request: ${countInWords(count(issues))}.`],
    action: h("button", { type: "button", class: "quiet", onclick: showFirst }, "Show the first"),
  };
}

export function problem(title, error) {
  return { kind: "bad", title, text: [String(error?.message ?? error)] };
}

/** Draws one into an element, and gives what is to be read out. */
export function drawOutcome(element, { kind, title, subject, text, facts = [], action }) {
  const lines = text.filter(Boolean);
  element.className = `outcome ${kind}`;
  element.replaceChildren(
    h("h3", null, title),
    ...(subject ? [h("p", { class: "outcome-subject", dir: "auto" }, subject)] : []),
    ...lines.map((line) => h("p", { dir: "auto" }, line)),
    ...(facts.length > 0
      ? [
          h(
            "dl",
            null,
            facts.map(([name, value]) =>
              h("div", null, h("dt", null, name), h("dd", null, h("bdi", null, value))),
            ),
          ),
        ]
      : []),
    ...(action ? [action] : []),
  );
  element.hidden = false;
  return [title, ...lines].join(" ");
}

function factsOf(source, names) {
  return names
    .filter((name) => source[name] !== undefined && source[name] !== null)
    .map((name) => [
      name,
      typeof source[name] === "object" ? JSON.stringify(source[name]) : String(source[name]),
    ]);
}
