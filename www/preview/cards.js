// Cards side by side, which scroll sideways.
import { textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";
import { drawButtons } from "./buttons.js";
import { picture } from "./picture.js";

/** pointer: of the list of elements. */
export function drawCards(elements, ratio, pointer) {
  if (elements.length === 0) return [];
  const cards = elements.map((element, n) =>
    h(
      "li",
      { class: "card", "data-pointer": `${pointer}/${n}` },
      textIn(element.image_url) !== "" &&
        shaped(picture({ url: element.image_url }, "Image", `${pointer}/${n}/image_url`), ratio),
      element.isProduct &&
        shaped(
          h(
            "div",
            { class: "picture", role: "img", "aria-label": "Product picture" },
            h("span", { class: "picture-name" }, "Picture of the product"),
          ),
          ratio,
        ),
      line("card-title", textIn(element.title), `${pointer}/${n}/title`),
      line("card-subtitle", textIn(element.subtitle), `${pointer}/${n}/subtitle`),
      hostLine(element.default_action, `${pointer}/${n}/default_action/url`),
      drawButtons(element.buttons, `${pointer}/${n}/buttons`),
    ),
  );
  const alone = elements.length === 1 ? "alone" : "";
  return [
    h(
      "ul",
      {
        class: `carousel ${alone}`,
        tabindex: "0",
        "aria-label": `${elements.length} card${elements.length === 1 ? "" : "s"}`,
      },
      cards,
    ),
  ];
}

function shaped(element, ratio) {
  if (ratio.toLowerCase() === "square") element.classList.add("square");
  return element;
}

function hostLine(action, pointer) {
  try {
    return h(
      "p",
      { class: "card-host", "data-pointer": pointer },
      new URL(textIn(action?.url)).hostname,
    );
  } catch {
    return undefined;
  }
}
