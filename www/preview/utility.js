// A utility message: its wording is in the template that Meta approved, so what can be shown is what fills its places.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";

export function drawUtility({ name, language, components }) {
  const parts = listIn(components).map(objectIn);
  const [buttons, texts] = [parts.filter(isButtons), parts.filter((part) => !isButtons(part))];
  const buttonRows = buttons.flatMap(({ parameters }) => listIn(parameters).map(objectIn));
  return [
    h(
      "div",
      { class: "card utility" },
      line("card-kind", `Template ${textIn(name) || "…"} · ${textIn(objectIn(language).code) || "…"}`),
      texts.map(({ type, parameters }) =>
        h(
          "div",
          { class: `utility-part ${textIn(type).toLowerCase() === "header" ? "header" : ""}` },
          listIn(parameters).map((one) => filled(objectIn(one))),
        ),
      ),
      buttonRows.length > 0 &&
        h(
          "ul",
          { class: "card-buttons" },
          buttonRows.map(({ payload, url }) => h("li", { class: "card-button" }, h("bdi", null, textIn(payload) || textIn(url) || "…"))),
        ),
    ),
  ];
}

const isButtons = ({ type }) => textIn(type).toLowerCase() === "buttons";

function filled({ parameter_name: name, text }) {
  return h(
    "p",
    { class: "filled", dir: "auto" },
    textIn(name) !== "" && h("span", { class: "filled-name" }, `${textIn(name)}: `),
    h("mark", null, textIn(text) || "…"),
  );
}
