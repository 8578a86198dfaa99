// The form of a text message, put together from its fields. Other kinds of content will be other lists of parts.
import { h } from "../view/dom.js";
import { createField } from "./field.js";
import { createQuickReplies } from "./quick-replies.js";
import { createRecipient } from "./recipient.js";

export function createForm({ root, store, announce }) {
  const recipient = createRecipient({ store });
  const messagingType = createField({
    store,
    pointer: () => "/messaging_type",
    kind: "select",
    label: "Messaging type",
    none: "(none)",
    choices: (state) => ["", ...state.choices.messaging_type],
  });
  // A tag is typed, not chosen: people come with tags that they have used for years, and want to know what became of them.
  const tags = h("datalist", { id: "tags" });
  const tag = createField({
    store,
    pointer: () => "/tag",
    label: "Tag",
    attributes: { list: "tags", spellcheck: "false", autocapitalize: "characters", placeholder: "none" },
  });
  const text = createField({
    store,
    pointer: () => "/message/text",
    kind: "textarea",
    label: "Text",
    limit: "text",
    keepEmpty: () => true,
    attributes: { rows: "4" },
  });
  const quickReplies = createQuickReplies({ store, announce });
  const parts = [recipient, messagingType, tag, text, quickReplies];

  root.append(
    recipient.element,
    h("div", { class: "pair" }, messagingType.element, tag.element),
    text.element,
    quickReplies.element,
    tags,
  );
  // Enter in a field must not load the page anew.
  root.addEventListener("submit", (event) => event.preventDefault());

  return {
    places: () => parts.flatMap((part) => part.places()),
    sync(state) {
      tags.replaceChildren(...state.choices.tag.map((value) => h("option", { value })));
      for (const part of parts) part.sync(state);
    },
  };
}
