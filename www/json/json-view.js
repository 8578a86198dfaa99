// The request as it will be posted, as a text that can be edited. What is typed is never rewritten: the editor's text is the state's
// source until something else changes the message.
import { json } from "../code/outputs.js";
import { hasSecret } from "../model/secrets.js";
import { isTooDeep } from "../model/values.js";
import { createCopyButton } from "../page/copy.js";
import { h } from "../page/dom.js";
import { readJson, withLongNumbersQuoted } from "../paste/numbers.js";
import { createHelp } from "./help.js";
import { lineAt, namedPlace, placeOf, pointerAt, scan } from "./places.js";

// The package reads no more than this, so the page does not either.
const MOST_CHARACTERS = 1024 * 1024;
const MOST_MARKED = 200;

/**
 * @param {object} options
 * @param {(text: string) => boolean} options.take reads a text as a request of any kind, and says whether it could
 * @param {() => object | undefined} options.known what the editor's help is made of, see help.js
 * @param {(pointer: string) => void} options.onPoint the cursor is in the value at this pointer
 * @param {(issue: object) => { label: string, apply(): void }[]} options.fixesOf
 */
export function createJsonView({ root, store, take, notice, announce, known, onPoint, fixesOf }) {
  const tidy = h("button", { type: "button", class: "quiet", onclick: tidyUp }, "Tidy");
  const frame = h("div", { class: "editor" }, h("p", { class: "hint" }, "Loading the editor…"));
  root.append(
    h(
      "div",
      { class: "tools" },
      h("p", { class: "hint" }, "Edit it, or paste any request over it."),
      h(
        "div",
        { class: "send-buttons" },
        createCopyButton({ text, what: "The JSON", announce }),
        tidy,
      ),
    ),
    frame,
  );
  let issues = [];
  let editor;
  let loading;
  let marked;
  let scanned = { text: undefined };

  function text() {
    return store.state.source ?? json(store.state.request);
  }

  function places() {
    const now = text();
    if (scanned.text !== now) scanned = { text: now, places: scan(now).places };
    return scanned.places;
  }

  function load() {
    loading ??= import("./editor.js").then(
      ({ createEditor }) => {
        const { complete, help } = createHelp(known);
        frame.replaceChildren();
        editor = createEditor({
          parent: frame,
          text: text(),
          label: "Request as JSON",
          onText,
          onPaste,
          refuses,
          onCursor: (offset) => onPoint(pointerAt(places(), offset)),
          complete,
          help,
        });
        mark();
        return editor;
      },
      (error) => {
        loading = undefined;
        frame.replaceChildren(
          h("p", { class: "hint" }, `The editor did not load: ${error.message}`),
        );
        throw error;
      },
    );
    return loading;
  }

  function tidyUp() {
    if (!store.state.broken) {
      store.replace(store.state.request, { place: "tidy" });
      return;
    }
    notice.say("The text is no JSON yet, so it cannot be laid out: the first mistake is marked.", {
      until: (state) => !state.broken,
    });
    const [first] = issues;
    if (first) select(first);
  }

  function refuses(length, inserted) {
    const why =
      length > MOST_CHARACTERS
        ? `That would be ${(length / 1024 / 1024).toFixed(1)} MB: a request of more than 1 MB is not read.`
        : isTooDeep(inserted)
          ? "That is nested too deeply: a request of more than 128 levels is not read."
          : undefined;
    if (why !== undefined) queueMicrotask(() => notice.say(why));
    return why !== undefined;
  }

  function onPaste(pasted, all) {
    if (refuses(pasted.length, pasted)) return true;
    return (all || /^\s*(?:[$>#%]\s*)?curl\s/i.test(pasted)) && take(pasted);
  }

  // What comes as a whole may be a request in other words; what is typed is not to be guessed at.
  function onText(next, whole) {
    const value = readJson(next);
    const isOther =
      (value === undefined && !/^\s*[{[]/.test(next)) ||
      Array.isArray(value) ||
      (value !== undefined && value?.recipient === undefined) ||
      hasSecret(value) ||
      withLongNumbersQuoted(next) !== next;
    if (whole && isOther && next.trim() !== "") {
      queueMicrotask(() => take(next) || type(next, value));
      return;
    }
    type(next, value);
  }

  function type(next, value) {
    if (value === undefined) store.type(next);
    else store.replace(value, { source: next, place: "source" });
  }

  function rangeOf(issue) {
    const now = text();
    const named = issue.pointer === "" ? namedPlace(now, issue.message) : undefined;
    if (named !== undefined) {
      const from = Math.max(0, Math.min(named, now.length - 1));
      return { from, to: from + 1 };
    }
    return placeOf(places(), issue.pointer);
  }

  // A missing member has no text of its own: the first line of its object is marked.
  function mark() {
    if (!editor || root.hidden) return;
    const now = text();
    const key = JSON.stringify([now, issues]);
    if (key === marked) return;
    marked = key;
    editor.setDiagnostics(
      issues.slice(0, MOST_MARKED).map((issue) => {
        const { from, to } = rangeOf(issue);
        const end = now.indexOf("\n", from);
        return {
          from,
          to: end < 0 ? to : Math.max(from, Math.min(to, end)),
          severity: issue.severity,
          message: issue.message,
          source: issue.code,
          actions: fixesOf(issue).map(({ label, apply }) => ({
            name: label,
            apply: () => apply(),
          })),
        };
      }),
    );
  }

  async function select(issue) {
    const { from, to } = rangeOf(issue);
    const one = await load();
    const end = text().indexOf("\n", from);
    one.select(from, end < 0 ? to : Math.min(to, end));
  }

  return {
    text,
    selected: () => editor?.selected ?? "",
    lineOf: (issue) => lineAt(text(), rangeOf(issue).from) + 1,
    select,
    preload: () => load().catch(() => {}),
    show(next = issues) {
      issues = next;
      if (root.hidden) return;
      load().then(
        (one) => {
          one.setText(text());
          one.shown();
          mark();
        },
        () => {},
      );
    },
  };
}
