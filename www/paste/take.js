// Takes what is pasted anywhere on the page: one request becomes the message, a list goes to where many are sent. Variables of pasted
// code are asked for.
import { isTidiable } from "../json/tidy.js";
import { built } from "../model/draft.js";
import { fill } from "../model/placeholders.js";
import { isTooDeep } from "../model/values.js";
import { ask } from "../page/dialog.js";
import { h, uid } from "../page/dom.js";
import { readPaste } from "./read.js";

const EDITABLE = "input, textarea, select, [contenteditable], dialog";
const MOST_CHARACTERS = 1024 * 1024;
const NOTHING =
  "In what was pasted there is no request: it is no JSON, no curl command, no form fields, no table.";

/** Gives take(text), which says whether the text was a request of any kind, and takeOrSay(text), which says so to the reader. */
export function createTaker({ store, checker, notice, takeMany }) {
  function take(text) {
    if (text.length > MOST_CHARACTERS || isTooDeep(text)) {
      notice.say(
        text.length > MOST_CHARACTERS
          ? "That is too long: more than 1 MB is not read."
          : "That is nested too deeply: more than 128 levels are not read.",
      );
      return true;
    }
    const found = readPaste(text, store.state.request);
    if (!found) return false;
    if (found.kind === "many") {
      takeMany(text);
      notice.say(
        `These are ${found.items.length} messages (${found.from}): they are under “Many” now.`,
        { keep: true },
      );
      return true;
    }
    const platform = found.platform ?? store.state.platform;
    const request = built(found.request, checker.api, platform);
    const keepsText =
      found.source !== undefined && request === found.request && !isTidiable(found.source, request);
    store.replace(request, { source: keepsText ? found.source : undefined, platform });
    const notes = [
      ...found.notes,
      found.platform === "instagram" && "It is for Instagram.",
      windowOf(found, platform),
    ].filter(Boolean);
    notice.say([`Taken over from ${found.from}.`, ...notes].join(" "));
    if (found.variables.length > 0) askFor(found.variables);
    return true;
  }

  // When the person wrote, as the package judges it.
  function windowOf({ inboundAt }, platform) {
    if (inboundAt === undefined || !checker.api?.messagingWindow) return undefined;
    try {
      const { state, closesAt, options } = checker.api.messagingWindow({
        lastInboundAt: inboundAt,
        platform,
      });
      if (state === "standard")
        return `The window is open until ${closesAt.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })}.`;
      return `The 24-hour window is closed. ${options.map(({ message }) => message).join(" ")}`.trim();
    } catch {
      return undefined;
    }
  }

  async function askFor(names) {
    const fields = names.map((name) => ({
      name,
      input: h("input", { id: uid("variable"), type: "text", dir: "auto", autocomplete: "off" }),
    }));
    const answer = await ask({
      title:
        names.length === 1 ? "The code has a variable" : `The code has ${names.length} variables`,
      kind: "narrow",
      body: [
        h(
          "p",
          { class: "hint" },
          "Say what they stand for. What is left empty stays as {{name}}: under “Many” a column of that name fills it in.",
        ),
        ...fields.map(({ name, input }) =>
          h("div", { class: "field" }, h("label", { for: input.id }, name), input),
        ),
      ],
      buttons: [{ value: "fill", label: "Fill in", kind: "primary" }],
    });
    if (answer !== "fill") return;
    const values = new Map(
      fields.map(({ name, input }) => [name, input.value]).filter(([, value]) => value !== ""),
    );
    if (values.size > 0) store.replace(fill(store.state.request, values), { place: "variables" });
  }

  function takeOrSay(text) {
    if (!take(text)) notice.say(NOTHING);
  }

  document.addEventListener("paste", (event) => {
    if (
      event.defaultPrevented ||
      event.composedPath().some((one) => one instanceof Element && one.matches(EDITABLE))
    )
      return;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.trim() === "") return;
    event.preventDefault();
    takeOrSay(text);
  });

  return { take, takeOrSay };
}
