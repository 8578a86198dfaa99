// A utility message: its wording is in the template that Meta approved, so what can be shown is what fills its places.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { line } from "./bubble.js";

export function drawUtility({ name, language, components }, pointer) {
  const parts = listIn(components).map((one, n) => ({
    ...objectIn(one),
    at: `${pointer}/components/${n}/parameters`,
  }));
  const [buttons, texts] = [parts.filter(isButtons), parts.filter((part) => !isButtons(part))];
  const buttonRows = buttons.flatMap(({ parameters, at }) =>
    listIn(parameters).map((one, n) => ({ ...objectIn(one), at: `${at}/${n}` })),
  );
  return [
    h(
      "div",
      { class: "card utility", "data-pointer": pointer },
      line(
        "card-kind",
        `Template ${textIn(name) || "…"} · ${textIn(objectIn(language).code) || "…"}`,
      ),
      texts.map(({ type, parameters, at }) =>
        h(
          "div",
          { class: `utility-part ${textIn(type).toLowerCase() === "header" ? "header" : ""}` },
          listIn(parameters).map((one, n) => filled(objectIn(one), `${at}/${n}/text`)),
        ),
      ),
      buttonRows.length > 0 &&
        h(
          "ul",
          { class: "card-buttons" },
          buttonRows.map(({ payload, url, at }) =>
            h(
              "li",
              { class: "card-button", "data-pointer": at },
              h("bdi", null, textIn(payload) || textIn(url) || "…"),
            ),
          ),
        ),
    ),
  ];
}

const isButtons = ({ type }) => textIn(type).toLowerCase() === "buttons";

function filled({ parameter_name: name, text }, pointer) {
  return h(
    "p",
    { class: "filled", dir: "auto", "data-pointer": pointer },
    textIn(name) !== "" && h("span", { class: "filled-name" }, `${textIn(name)}: `),
    h("mark", null, textIn(text) || "…"),
  );
}
