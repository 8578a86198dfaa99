// The conversation as whoever holds the phone sees it, roughly: what the platforms do not document is drawn plainly.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { drawAction } from "./action.js";
import { drawAttachment } from "./attachment.js";
import { at, bubble, empty, note, turn } from "./bubble.js";
import { drawQuickReplies } from "./quick-replies.js";
import { drawUtility } from "./utility.js";

// The one sticker that the documentation names.
const THUMBS_UP = "369239263222822";

/** view: "person" for the person's phone, "page" for the Page's inbox. */
export function drawConversation(value, { view = "person" } = {}) {
  const request = objectIn(value);
  const about = [why(request), how(request)].filter(Boolean);
  const persona = textIn(request.persona_id);
  const page = view === "person" ? "them" : "me";
  const person = view === "person" ? "me" : "them";
  const quoted = textIn(objectIn(request.reply_to).mid);
  const said =
    request.sender_action !== undefined
      ? "Thank you, that was quick!"
      : quoted === ""
        ? "Hello!"
        : "Is this one in stock?";
  const theirs = h("p", { class: "bubble", dir: "auto" }, said);
  const ofPerson = turn(person, [theirs], { face: "person" });
  if (request.sender_action !== undefined) {
    const { ours, reaction, after } = drawAction(
      request,
      view === "person" ? "Your Page reacts" : "You react",
    );
    if (reaction) theirs.append(reaction);
    return [...about, ofPerson, ours && turn(page, ours), after].filter(Boolean);
  }
  const above =
    quoted !== "" &&
    at(
      "/reply_to/mid",
      h(
        "div",
        { class: "answered" },
        h(
          "p",
          { class: "note-line", dir: "auto" },
          view === "person" ? "Your Page replied to you" : "You replied",
        ),
        h("p", { class: "quote", dir: "auto", title: quoted }, "Is this one in stock?"),
      ),
    );
  const name = persona !== "" && at("/persona_id", h("span", null, `Persona ${persona}`));
  return [
    ...about,
    ofPerson,
    turn(page, content(objectIn(request.message)), {
      face: persona === "" ? "page" : "persona",
      name,
      above,
    }),
  ];
}

export function drawReplies(value) {
  const { message, sender_action: action } = objectIn(value);
  return action === undefined
    ? drawQuickReplies(listIn(objectIn(message).quick_replies), "/message/quick_replies")
    : [];
}

function content(message) {
  const parts = [];
  const text = textIn(message.text);
  if (text !== "") parts.push(bubble(text, "/message/text"));
  if (message.dynamic_text !== undefined)
    parts.push(bubble(textIn(objectIn(message.dynamic_text).text), "/message/dynamic_text/text"));
  if (message.attachment !== undefined)
    parts.push(...drawAttachment(objectIn(message.attachment), "/message/attachment"));
  const images = listIn(message.attachments);
  if (images.length > 0)
    parts.push(
      h(
        "div",
        { class: "images", "data-count": Math.min(images.length, 4) },
        images.map((one, n) => drawAttachment(objectIn(one), `/message/attachments/${n}`)),
      ),
    );
  if (message.sticker_id !== undefined) parts.push(sticker(textIn(message.sticker_id)));
  if (message.template !== undefined)
    parts.push(...drawUtility(objectIn(message.template), "/message/template"));
  return parts.length > 0 ? parts : [empty("Nothing to show yet", "/message")];
}

function sticker(id) {
  const name = id === THUMBS_UP ? "Thumbs up" : "Sticker";
  return at(
    "/message/sticker_id",
    h(
      "div",
      { class: "picture sticker", role: "img", "aria-label": `${name}: ${id}` },
      id === THUMBS_UP
        ? h("span", { class: "thumbs-up" }, "👍")
        : [h("span", { class: "picture-name" }, name), h("span", { class: "picture-host" }, id)],
    ),
  );
}

function why({ tag, recipient }) {
  const { comment_id: comment, post_id: post } = objectIn(recipient);
  if (comment !== undefined || post !== undefined)
    return note(
      "about",
      `A private answer to a ${comment === undefined ? "post" : "comment"}`,
      "/recipient",
    );
  return textIn(tag) === "" ? undefined : note("about", `Tagged ${textIn(tag)}`, "/tag");
}

function how({ notification_type: type }) {
  if (type === "SILENT_PUSH") return note("about", "Arrives without a sound", "/notification_type");
  return type === "NO_PUSH"
    ? note("about", "Arrives without a notification", "/notification_type")
    : undefined;
}
