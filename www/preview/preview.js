// The conversation as the person will see it, roughly: what the platforms do not document is drawn plainly. Nothing is loaded from
// anywhere: a picture is a box with the name of its file.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { createSegments } from "../page/segments.js";
import { drawAction } from "./action.js";
import { drawAttachment } from "./attachment.js";
import { bubble, empty, incoming, note } from "./bubble.js";
import { drawQuickReplies } from "./quick-replies.js";
import { drawUtility } from "./utility.js";

const LOOKS = [
  { value: "light", name: "Light" },
  { value: "dark", name: "Dark" },
];

export function createPreview({ root, tools }) {
  const title = h("bdi", { class: "phone-title" });
  const thread = h("div", { class: "thread", tabindex: "0", role: "region", "aria-label": "Preview of the conversation" });
  const replies = h("div", { class: "phone-replies" });
  const phone = h(
    "div",
    { class: "phone" },
    h("div", { class: "phone-head", "aria-hidden": "true" }, h("span", { class: "avatar" }), title),
    thread,
    replies,
  );
  root.append(phone);

  const look = createSegments({ name: "look", label: "Look of the preview", options: LOOKS, onChoose: setLook });
  tools.append(look.element);
  const system = matchMedia("(prefers-color-scheme: dark)");
  setLook(system.matches ? "dark" : "light");

  function setLook(value) {
    phone.dataset.look = value;
    look.sync(value);
  }

  return {
    show({ request, platform }) {
      const { message, sender_action: action } = objectIn(request);
      phone.dataset.platform = platform;
      title.textContent = nameOf(request, platform);
      thread.replaceChildren(...conversation(request, platform));
      const offered = action === undefined ? drawQuickReplies(listIn(objectIn(message).quick_replies)) : [];
      replies.replaceChildren(...offered);
      // The newest is at the bottom, as in every conversation. Not now: to ask for the height would lay out the whole page.
      requestAnimationFrame(() => {
        thread.scrollTop = thread.scrollHeight;
      });
    },
  };
}

function nameOf(request, platform) {
  const persona = textIn(objectIn(request).persona_id);
  if (persona !== "") return `Persona ${persona}`;
  return platform === "instagram" ? "your.business" : "Your Page";
}

function conversation(value, platform) {
  const request = objectIn(value);
  const about = [why(request), how(request)].filter(Boolean);
  if (request.sender_action !== undefined) return [...about, ...drawAction(request)];
  const quoted = textIn(objectIn(request.reply_to).mid);
  return [
    ...about,
    incoming(quoted === "" ? "Hello!" : "Is this one in stock?"),
    quoted !== "" && note("quoted", `You replied to a message (${quoted})`, "Is this one in stock?"),
    ...content(objectIn(request.message), platform),
  ].filter(Boolean);
}

function content(message, platform) {
  const parts = [];
  const text = textIn(message.text);
  if (text !== "") parts.push(bubble(text));
  if (message.dynamic_text !== undefined) parts.push(bubble(textIn(objectIn(message.dynamic_text).text)));
  if (message.attachment !== undefined) parts.push(...drawAttachment(objectIn(message.attachment), platform));
  const images = listIn(message.attachments);
  if (images.length > 0)
    parts.push(
      h(
        "div",
        { class: "images", "data-count": Math.min(images.length, 4) },
        images.map((one) => drawAttachment(objectIn(one), platform)),
      ),
    );
  if (message.sticker_id !== undefined) parts.push(sticker(textIn(message.sticker_id)));
  if (message.template !== undefined) parts.push(...drawUtility(objectIn(message.template)));
  return parts.length > 0 ? parts : [empty("Nothing to show yet")];
}

// The one sticker that the documentation names.
const THUMBS_UP = "369239263222822";

function sticker(id) {
  const name = id === THUMBS_UP ? "Thumbs up" : "Sticker";
  return h(
    "div",
    { class: "picture sticker", role: "img", "aria-label": `${name}: ${id}` },
    h("span", { class: "picture-name" }, name),
    h("span", { class: "picture-host" }, id),
  );
}

function why({ tag, recipient }) {
  const { comment_id: comment, post_id: post } = objectIn(recipient);
  if (comment !== undefined || post !== undefined) return note("about", `A private answer to a ${comment === undefined ? "post" : "comment"}`);
  return textIn(tag) === "" ? undefined : note("about", `Tagged ${textIn(tag)}`);
}

function how({ notification_type: type }) {
  if (type === "SILENT_PUSH") return note("about", "Arrives without a sound");
  return type === "NO_PUSH" ? note("about", "Arrives without a notification") : undefined;
}
