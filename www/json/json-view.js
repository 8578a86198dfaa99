// The request as it will be posted, as a text that can be edited, and anything that is pasted over it.
import { json } from "../code/outputs.js";
import { isDraft } from "../model/draft.js";
import { hasSecret } from "../model/secrets.js";
import { isTooDeep } from "../model/values.js";
import { withLongNumbersQuoted } from "../paste/numbers.js";
import { createCopyButton } from "../page/copy.js";
import { h } from "../page/dom.js";
import { createEditor } from "./editor.js";
import { isTidiable } from "./tidy.js";

// store: what is typed goes there. take(text): reads a text as a request of any kind, and says whether it could.
export function createJsonView({ root, store, take, announce }) {
  const hint = h(
    "p",
    { class: "hint", id: "json-hint" },
    "Edit it, or paste any request over it: JSON, a curl command, code, form fields. A table or JSON lines become many messages. Nothing leaves this page.",
  );
  let issues = [];
  const text = () => store.state.source ?? json(store.state.request);
  const tidy = h("button", { type: "button", class: "quiet", onclick: () => store.replace(store.state.request) }, "Tidy");
  root.append(hint, h("div", { class: "tools" }, createCopyButton({ text, what: "The JSON", announce }), tidy));
  const editor = createEditor({ root, label: "Request as JSON", describedby: hint.id, onText, onPaste });

  function onPaste(pasted, { all }) {
    return (all || /^\s*(?:[$>#%]\s*)?curl\s/i.test(pasted)) && take(pasted);
  }

  // What comes as a whole may be a request in other words; what is typed letter by letter is not to be guessed at.
  function onText(next, whole) {
    const value = isTooDeep(next) ? undefined : parsed(next);
    if (value === undefined) {
      if (!(whole && take(next))) store.type(next);
    } else if (hasSecret(value) || withLongNumbersQuoted(next) !== next || (whole && (isDraft(value) || Array.isArray(value)))) {
      take(next);
    } else {
      store.replace(value, { source: whole && isTidiable(next, value) ? undefined : next, place: "source" });
    }
    // What went elsewhere does not stay here.
    editor.show(text(), issues);
  }

  return {
    lineOf: editor.lineOf,
    select: editor.select,
    selectAll: editor.selectAll,
    show(next = issues) {
      issues = next;
      editor.show(text(), issues);
    },
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
