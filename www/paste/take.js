// Takes what is pasted anywhere on the page: one request becomes the message, a list goes to where many are sent.
import { isTidiable } from "../json/tidy.js";
import { built } from "../model/draft.js";
import { isTooDeep } from "../model/values.js";
import { readPaste } from "./read.js";

const EDITABLE = "input, textarea, select, [contenteditable]";

/** Gives take(text), which says whether the text was a request of any kind. */
export function createTaker({ store, checker, notice, takeMany }) {
  function take(text) {
    if (isTooDeep(text)) {
      store.type(text);
      return true;
    }
    const found = readPaste(text, store.state.request);
    if (!found) return false;
    if (found.kind === "many") {
      takeMany(text);
      notice.say(`These are ${found.items.length} messages (${found.from}): they wait below, under “Many”.`);
      return true;
    }
    const request = built(found.request, checker.api, store.state.platform);
    const keepsText = found.source !== undefined && request === found.request && !isTidiable(found.source, request);
    store.replace(request, { source: keepsText ? found.source : undefined });
    notice.say([`Taken over from ${found.from}.`, ...found.notes].join(" "));
    return true;
  }

  document.addEventListener("paste", (event) => {
    if (event.defaultPrevented || event.target.closest?.(EDITABLE)) return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.trim() === "") return;
    event.preventDefault();
    if (!take(text)) notice.say("In what was pasted there is no request: it is no JSON, no curl command, no form fields, no table.");
  });

  return take;
}
