// One labelled control that shows and writes the value at one pointer of the request.
import { h, uid } from "../view/dom.js";
import { createCounter } from "./counter.js";
import { createPlace } from "./place.js";

// options: store, pointer (a function, since rows move), label, hint, kind ("input", "textarea" or "select"), attributes,
// labelHidden (it is still read out), choices (for a select: the option with the value "" takes the member away), limit, quiet and
// bar (see counter.js), and keepEmpty: whether an empty control is an empty string in the request, or no member at all.
export function createField(options) {
  const { store, pointer, label, hint, kind = "input", attributes = {}, keepEmpty = () => false } = options;
  const id = uid("field");
  const counter = options.limit && createCounter({ limit: options.limit, quiet: options.quiet, bar: options.bar });
  const hintElement = hint && h("span", { class: "hint", id: `${id}-hint` }, hint);

  const control = h(kind, {
    id,
    ...(kind === "input" ? { type: "text" } : {}),
    ...(kind === "select" ? {} : { dir: "auto", autocomplete: "off" }),
    "aria-describedby": [hintElement?.id, counter?.element.id].filter(Boolean).join(" ") || undefined,
    ...attributes,
  });
  control.addEventListener(kind === "select" ? "change" : "input", () => {
    const value = control.value;
    store.write(pointer(), value === "" && !keepEmpty() ? undefined : value);
  });

  const place = createPlace({ pointer, controls: [control], focus: () => control.focus() });
  const element = h(
    "div",
    { class: "field" },
    h("div", { class: "label-line" }, h("label", { for: id, class: options.labelHidden && "visually-hidden" }, label), counter?.element),
    control,
    hintElement,
    place.list,
  );

  let offered = "";
  function offer(values, current) {
    const all = values.includes(current) ? values : [...values, current];
    const next = JSON.stringify(all);
    if (next === offered) return;
    offered = next;
    control.replaceChildren(...all.map((value) => h("option", { value }, value === "" ? options.none : value)));
  }

  return {
    element,
    control,
    places: () => [place],
    focus: place.focus,
    sync(state) {
      const value = store.read(pointer());
      const shown = value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
      if (kind === "select") offer(options.choices(state), shown);
      // A text area turns every line break into \n; that alone is no reason to touch what is being typed in.
      if (control.value !== shown.replaceAll("\r\n", "\n")) control.value = shown;
      counter?.sync(value, state);
    },
  };
}
