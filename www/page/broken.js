// While the JSON is broken the form shows the last message and lets nobody change it: that would throw the text away.
import { h } from "./dom.js";

/** mend: goes to the text. Gives { sync(state) }. */
export function createBroken({ panel, form, store, mend }) {
  const button = (label, run) =>
    h("button", { type: "button", class: "plain", onclick: run }, label);
  const element = h(
    "div",
    { class: "stale", hidden: true },
    h("span", null, "The JSON is broken, so the form shows the last message that could be read."),
    h(
      "span",
      { class: "stale-buttons" },
      button("Mend the JSON", mend),
      button("Discard the text", () => store.replace(store.state.request, { place: "discard" })),
    ),
  );
  panel.prepend(element);
  return {
    sync(state) {
      element.hidden = !state.broken;
      form.inert = state.broken === true;
    },
  };
}
