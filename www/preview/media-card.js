// A picture or a video with buttons.
import { textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { drawButtons } from "./buttons.js";
import { picture } from "./picture.js";

export function drawMediaCard(element, pointer) {
  const isVideo = textIn(element.media_type) === "video";
  return h(
    "div",
    { class: `card ${isVideo ? "video" : ""}`, "data-pointer": pointer },
    h(
      "div",
      { class: "card-media" },
      picture(
        element,
        isVideo ? "Video" : "Image",
        `${pointer}/${element.url !== undefined ? "url" : "attachment_id"}`,
      ),
      isVideo && h("span", { class: "play", "aria-hidden": "true" }, "▶"),
    ),
    drawButtons(element.buttons, `${pointer}/buttons`),
  );
}
