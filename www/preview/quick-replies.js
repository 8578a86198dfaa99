// Quick replies: chips below the newest message. The label of some kinds comes from the person's profile.
import { objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { at } from "./bubble.js";

// No phone shows more.
const MOST = 30;
const FROM_THE_PROFILE = {
  user_phone_number: "their phone number",
  user_email: "their e-mail address",
};

export function drawQuickReplies(replies, pointer) {
  if (replies.length === 0) return [];
  return [
    h(
      "ul",
      { class: "chips", "aria-label": "Quick replies in the preview" },
      replies
        .slice(0, MOST)
        .map((reply, n) => h("li", null, chip(objectIn(reply), `${pointer}/${n}`))),
    ),
  ];
}

function chip({ content_type: type, title, image_url: image }, pointer) {
  const asked = FROM_THE_PROFILE[textIn(type)];
  return at(
    pointer,
    h(
      "button",
      { type: "button", class: asked ? "chip tap asked" : "chip tap" },
      textIn(image) !== "" &&
        h("span", { class: "chip-image", "aria-hidden": "true", "data-src": textIn(image) }),
      h("bdi", null, asked ?? (textIn(title) || (textIn(image) === "" ? "…" : ""))),
    ),
  );
}
