// A choice of a few, side by side: radio buttons that look like one switch.
import { h } from "./dom.js";

/** options: { value, name }[]. Gives { element, sync(value) }. */
export function createSegments({ name, label, options, onChoose }) {
  const inputs = options.map(({ value }) =>
    h("input", { type: "radio", name, value, onchange: () => onChoose(value) }),
  );
  const element = h(
    "fieldset",
    { class: "segmented" },
    h("legend", { class: "visually-hidden" }, label),
    options.map((option, n) => h("label", null, inputs[n], h("span", null, option.name))),
  );
  return {
    element,
    sync(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
