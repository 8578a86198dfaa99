// The plain pieces of a conversation. `at` marks an element with the pointer of what it shows, so that a click on it leads to its field.
import { h } from "../page/dom.js";

export function at(pointer, element) {
  if (element && pointer !== undefined) element.dataset.pointer = pointer;
  return element;
}

export function bubble(text, pointer) {
  return at(pointer, h("p", { class: "bubble", dir: "auto" }, text));
}

// Something is missing, so there is nothing to see.
export function empty(text, pointer) {
  return at(pointer, h("p", { class: "bubble empty" }, text));
}

// A line about the message that is no part of it.
export function note(kind, text, pointer) {
  return at(pointer, h("p", { class: `note-line ${kind}`, dir: "auto" }, text));
}

/** What one side says, the newest with its picture beside it. side: "me" or "them", as whoever holds the phone sees it. */
export function turn(side, parts, { face = "page", name, above } = {}) {
  return h(
    "div",
    { class: `turn ${side}` },
    side === "them" && h("span", { class: `avatar ${face}`, "aria-hidden": "true" }),
    h(
      "div",
      { class: "parts" },
      name && h("p", { class: "speaker", dir: "auto" }, name),
      above,
      parts,
    ),
  );
}

// A line of a card, left out where it is empty.
export function line(kind, text, pointer) {
  return text === "" ? undefined : at(pointer, h("p", { class: kind, dir: "auto" }, text));
}
