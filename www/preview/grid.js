// Images in a grid; the hero image is the large one.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";
import { drawButtons } from "./buttons.js";
import { picture } from "./picture.js";

export function drawGrid(element, pointer) {
  const images = listIn(element.images).map(objectIn);
  return h(
    "div",
    { class: "card", "data-pointer": pointer },
    h(
      "div",
      { class: "grid", "data-count": Math.min(images.length, 6) },
      images.map((image, n) => {
        const drawn = picture(image, "Image", `${pointer}/images/${n}/url`);
        if (image.is_hero_image === true) drawn.classList.add("hero");
        return drawn;
      }),
    ),
    line("card-title", textIn(element.title), `${pointer}/title`),
    line("card-subtitle", textIn(element.subtitle), `${pointer}/subtitle`),
    drawButtons(element.buttons, `${pointer}/buttons`),
  );
}
