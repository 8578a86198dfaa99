// The gallery: ready messages, each drawn small. Undo, and Back, bring what was there before.
import { GALLERY } from "../examples/examples.js";
import { objectIn, textIn } from "../model/values.js";
import { drawConversation, drawReplies } from "../preview/conversation.js";
import { ask, closeDialog } from "./dialog.js";
import { h } from "./dom.js";

export function createGallery({ button, store, announce }) {
  button.addEventListener("click", open);

  function open() {
    const search = h("input", {
      type: "search",
      class: "gallery-search",
      "aria-label": "Search the examples",
      placeholder: "Search: carousel, receipt, sender_action …",
      autocomplete: "off",
    });
    const none = h("p", { class: "hint", hidden: true }, "No example has these words.");
    const groups = GALLERY.map((group) => {
      const cards = group.examples.map((example) => ({
        example,
        element: card(example),
        words: wordsOf(group, example),
      }));
      return {
        cards,
        element: h(
          "section",
          { class: "gallery-group", "aria-label": group.name },
          h("h3", null, group.name),
          h(
            "ul",
            { class: "gallery-cards" },
            cards.map(({ element }) => h("li", null, element)),
          ),
        ),
      };
    });
    search.addEventListener("input", () => {
      const asked = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { cards, element } of groups) {
        for (const one of cards)
          one.element.parentElement.hidden = !asked.every((word) => one.words.includes(word));
        element.hidden = cards.every((one) => one.element.parentElement.hidden);
      }
      none.hidden = groups.some(({ element }) => !element.hidden);
    });
    ask({
      title: "Examples",
      kind: "gallery",
      body: [search, none, ...groups.map(({ element }) => element)],
    });
    search.focus();
  }

  function card(example) {
    const { id, name, request, platform } = example;
    const isChosen =
      store.state.platform === platform &&
      JSON.stringify(store.state.request) === JSON.stringify(request);
    return h(
      "button",
      {
        type: "button",
        class: "example",
        "data-example": id,
        "aria-pressed": String(isChosen),
        onclick: (event) => use(example, event.currentTarget),
      },
      thumbnail(example),
      h("span", { class: "example-name" }, name),
      h("code", { class: "example-wire" }, wireName(example)),
    );
  }

  function use({ name, request, platform }, element) {
    closeDialog(element);
    store.replace(request, { platform });
    announce(`The example “${name}” is there.`);
  }
}

// The same drawing as on the phone, for the eye only: nothing in it can be reached.
function thumbnail({ request, platform }) {
  return h(
    "span",
    { class: "thumb", "aria-hidden": "true", inert: true },
    h(
      "span",
      { class: "phone", "data-platform": platform, "data-look": "page" },
      h("span", { class: "thread" }, drawConversation(request).slice(-1)),
      h("span", { class: "phone-replies" }, drawReplies(request)),
    ),
  );
}

/** What the wire calls it: the most telling of its names. */
export function wireName({ request }) {
  const message = objectIn(request.message);
  const attachment = objectIn(message.attachment);
  const { persona_id: persona, tag, reply_to: reply, notification_type: notification } = request;
  const [recipient] = Object.keys(objectIn(request.recipient));
  if (request.sender_action !== undefined) return textIn(request.sender_action);
  if (attachment.type !== undefined)
    return textIn(objectIn(attachment.payload).template_type) || textIn(attachment.type);
  if (message.quick_replies !== undefined)
    return textIn(objectIn(message.quick_replies[0]).content_type) === "text"
      ? "quick_replies"
      : textIn(objectIn(message.quick_replies[0]).content_type);
  if (message.attachments !== undefined) return "attachments";
  if (message.template !== undefined) return "UTILITY";
  if (message.sticker_id !== undefined) return "sticker_id";
  if (recipient !== "id") return recipient ?? "text";
  return (
    textIn(tag) ||
    (persona && "persona_id") ||
    (reply && "reply_to") ||
    textIn(notification) ||
    "text"
  );
}

function wordsOf(group, example) {
  return `${group.name} ${example.name} ${wireName(example)} ${example.platform} ${example.id}`.toLowerCase();
}
