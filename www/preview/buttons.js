// The buttons of a card. What they do stands behind them, for those who look closer; what some of them say is the platform's own.
import { listIn, objectIn, textIn } from "../model/values.js";
import { h } from "../page/dom.js";

const OWN_LABELS = { account_link: "Log In", account_unlink: "Log Out" };
const SIGNS = { phone_number: "☎", audio_call: "☎", web_url: "↗", game_play: "▶" };

export function drawButtons(value) {
  const buttons = listIn(value).map(objectIn);
  if (buttons.length === 0) return undefined;
  return h("ul", { class: "card-buttons" }, buttons.map(drawButton));
}

export function drawButton({ type, title }) {
  const kind = textIn(type);
  const label = textIn(title) || OWN_LABELS[kind] || "…";
  return h(
    "li",
    { class: "card-button" },
    h("bdi", null, label),
    Object.hasOwn(SIGNS, kind) && h("span", { class: "sign", "aria-hidden": "true" }, ` ${SIGNS[kind]}`),
  );
}
