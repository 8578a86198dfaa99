// Quick replies: chips below the newest message. The label of some kinds comes from the person's profile.
import { objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";

// No phone shows more.
const MOST = 30;
const FROM_THE_PROFILE = { user_phone_number: "their phone number", user_email: "their e-mail address" };

export function drawQuickReplies(replies) {
  if (replies.length === 0) return [];
  return [
    h(
      "ul",
      { class: "chips", "aria-label": "Quick replies in the preview" },
      replies.slice(0, MOST).map((reply) => chip(objectIn(reply))),
    ),
  ];
}

function chip({ content_type: type, title, image_url: image }) {
  const asked = FROM_THE_PROFILE[textIn(type)];
  return h(
    "li",
    { class: asked ? "chip asked" : "chip" },
    textIn(image) !== "" && h("span", { class: "chip-image", "aria-hidden": "true" }),
    h("bdi", null, asked ?? (textIn(title) || (textIn(image) === "" ? "…" : ""))),
  );
}
