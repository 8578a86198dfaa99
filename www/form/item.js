// One item of a list, with the buttons that move it and take it away.
import { h, iconButton, uid } from "../page/dom.js";
import { CONTROLS, controlFor } from "./controls.js";
import { createObject } from "./object.js";
import { createPlace } from "./place.js";

export function createItem(form, { list, index, key, itemName, move, takeAway }) {
  const pointer = () => `${list()}/${index}`;
  const title = `${itemName} ${index + 1}`;
  const button = (name, glyph, action) => iconButton(`${name} ${title.toLowerCase()}`, glyph, action);
  const buttons = {
    up: button("Move up", "↑", () => move(index, -1)),
    down: button("Move down", "↓", () => move(index, 1)),
    remove: button("Remove", "×", () => takeAway(index)),
  };
  const body = h("div", { class: "row-body" });
  const group = h(
    "div",
    { class: "row-group", role: "group", "aria-label": title },
    h(
      "div",
      { class: "row-head" },
      h("span", { class: "row-title", "aria-hidden": "true" }, title),
      h("div", { class: "row-buttons" }, Object.values(buttons)),
    ),
  );
  const place = createPlace({ pointer, controls: [group], focus: () => part.focus() });
  group.append(place.list, body);

  let kind;
  let part;

  function change(shape, next) {
    kind = next;
    part = next === "object" ? createObject(form, { pointer, key: `${key}.${shape.title ?? ""}` }) : single(shape, next);
    body.replaceChildren(part.element);
  }

  function single(shape, next) {
    const own = CONTROLS[next]({ id: uid("item"), shape, write: (value) => form.store.write(pointer(), value) });
    own.control.setAttribute("aria-label", title);
    return {
      element: own.element,
      focus: () => own.control.focus(),
      places: () => [],
      sync: (value, node) => own.sync(value, form.schema.shapeOf(node, value)),
    };
  }

  return {
    element: h("li", { class: "row" }, group),
    places: () => [place, ...part.places()],
    focus: () => part.focus(),
    focusButton(name) {
      const wanted = buttons[name];
      (wanted.disabled ? (name === "up" ? buttons.down : buttons.up) : wanted).focus();
    },
    sync(value, node, state, length) {
      const shape = form.schema.shapeOf(node, value);
      // A list of lists has no form of its own.
      const fitting = controlFor(shape, value) ?? (shape.kind === "object" ? "object" : "raw");
      if (fitting !== kind) change(shape, fitting);
      buttons.up.disabled = index === 0;
      buttons.down.disabled = index === length - 1;
      part.sync(value, node, state);
    },
  };
}
