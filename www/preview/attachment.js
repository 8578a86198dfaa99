// An attachment: media, Instagram's own, or a template.
import { objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { at, empty } from "./bubble.js";
import { namesOf, picture } from "./picture.js";
import { drawTemplate } from "./template.js";

export function drawAttachment({ type, payload }, pointer) {
  const medium = objectIn(payload);
  const inside = `${pointer}/payload`;
  const address = `${inside}/${medium.attachment_id !== undefined && medium.url === undefined ? "attachment_id" : "url"}`;
  // Graph's table and the guides spell some of them in different letter cases.
  switch (textIn(type).toLowerCase()) {
    case "image":
      return [h("div", { class: "photo" }, picture(medium, "Image", address))];
    case "video":
      return [
        h(
          "div",
          { class: "photo video" },
          picture(medium, "Video", address),
          h("span", { class: "play", "aria-hidden": "true" }, "▶"),
        ),
      ];
    case "audio":
      return [at(address, audio(medium))];
    case "file":
      return [at(address, file(medium))];
    case "template":
      return drawTemplate(medium, inside);
    case "like_heart":
      return [at(pointer, h("div", { class: "heart", role: "img", "aria-label": "Heart" }, "♥"))];
    case "media_share":
      return [
        h(
          "div",
          { class: "card post", "data-pointer": `${inside}/id` },
          h(
            "div",
            { class: "picture square", role: "img", "aria-label": "Your post" },
            h("span", { class: "picture-name" }, "Your post"),
          ),
          h("p", { class: "card-subtitle", dir: "auto" }, textIn(medium.id)),
        ),
      ];
    default:
      return [empty(`No preview of ${textIn(type) || "an attachment without a type"}`, pointer)];
  }
}

function audio(medium) {
  const [name] = namesOf(textIn(medium.url), textIn(medium.attachment_id), "Audio");
  return h(
    "div",
    { class: "bubble audio", role: "img", "aria-label": `Audio: ${name}` },
    h("span", { class: "audio-play" }, "▶"),
    h(
      "span",
      { class: "wave" },
      Array.from({ length: 18 }, () => h("i", null)),
    ),
    h("span", { dir: "auto" }, name),
  );
}

function file(medium) {
  const [name, host] = namesOf(textIn(medium.url), textIn(medium.attachment_id), "File");
  return h(
    "div",
    { class: "bubble file" },
    h("span", { class: "file-icon", "aria-hidden": "true" }),
    h(
      "span",
      { class: "file-names" },
      h("b", { dir: "auto" }, name),
      host && h("span", { dir: "auto" }, host),
    ),
  );
}
