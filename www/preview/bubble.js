// The plain pieces of a conversation.
import { h } from "../page/dom.js";

// What the Page says.
export function bubble(text) {
  return h("p", { class: "bubble", dir: "auto" }, text);
}

// Something is missing, so there is nothing to see.
export function empty(text) {
  return h("p", { class: "bubble empty" }, text);
}

// What the person said before.
export function incoming(text) {
  return h("div", { class: "incoming" }, h("p", { class: "bubble in", dir: "auto" }, text));
}

// A line about the message that is no part of it, and what it is about.
export function note(kind, text, quote) {
  return h("div", { class: `note-line ${kind}` }, h("p", { dir: "auto" }, text), quote && h("p", { class: "quote", dir: "auto" }, quote));
}

// A line of a card, left out where it is empty.
export function line(kind, text) {
  return text === "" ? undefined : h("p", { class: kind, dir: "auto" }, text);
}
