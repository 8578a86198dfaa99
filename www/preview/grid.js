// Images in a grid; the hero image is the large one.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";
import { drawButtons } from "./buttons.js";
import { picture } from "./picture.js";

export function drawGrid(element) {
  const images = listIn(element.images).map(objectIn);
  return h(
    "div",
    { class: "card" },
    h(
      "div",
      { class: "grid", "data-count": Math.min(images.length, 6) },
      images.map((image) => {
        const drawn = picture(image);
        if (image.is_hero_image === true) drawn.classList.add("hero");
        return drawn;
      }),
    ),
    line("card-title", textIn(element.title)),
    line("card-subtitle", textIn(element.subtitle)),
    drawButtons(element.buttons),
  );
}
