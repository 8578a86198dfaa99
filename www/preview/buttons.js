// The buttons of a card. What some of them say is the platform's own.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { at } from "./bubble.js";

const OWN_LABELS = { account_link: "Log In", account_unlink: "Log Out" };
const SIGNS = { phone_number: "☎", audio_call: "☎", web_url: "↗", game_play: "▶" };

/** pointer: of the list; without one the buttons are the platform's own, and no tap of them is shown. */
export function drawButtons(value, pointer) {
  const buttons = listIn(value).map(objectIn);
  if (buttons.length === 0) return undefined;
  return h(
    "ul",
    { class: "card-buttons" },
    buttons.map((one, n) =>
      h("li", null, drawButton(one, pointer === undefined ? undefined : `${pointer}/${n}`)),
    ),
  );
}

export function drawButton({ type, title }, pointer) {
  const kind = textIn(type);
  const label = textIn(title) || OWN_LABELS[kind] || "…";
  const sign =
    Object.hasOwn(SIGNS, kind) &&
    h("span", { class: "sign", "aria-hidden": "true" }, ` ${SIGNS[kind]}`);
  if (pointer === undefined)
    return h("span", { class: "card-button" }, h("bdi", null, label), sign);
  return at(
    pointer,
    h("button", { type: "button", class: "card-button tap" }, h("bdi", null, label), sign),
  );
}
