// One item of a list: a line that says what it is, with the buttons that move, copy and remove it, and the fields below, which can be
// folded away. The fields are made when they are first shown.

import { isObject } from "../model/values.js";
import { h, iconButton, uid } from "../page/dom.js";
import { CONTROLS, controlFor } from "./controls.js";
import { createObject } from "./object.js";
import { createPlace } from "./place.js";

// The members that say what an item is, the clearest first.
const TELLING = [
  "title",
  "text",
  "name",
  "question",
  "media_type",
  "type",
  "content_type",
  "url",
  "id",
  "attachment_id",
];

export function createItem(form, { list, index, key, itemName, actions }) {
  const pointer = () => `${list()}/${index}`;
  const title = `${itemName} ${index + 1}`;
  const button = (name, glyph, action) =>
    iconButton(`${name} ${title.toLowerCase()}`, glyph, () => action(index));
  const buttons = {
    up: button("Move up", "↑", (n) => actions.move(n, -1)),
    down: button("Move down", "↓", (n) => actions.move(n, 1)),
    copy: button("Duplicate", h("span", { class: "glyph-copy" }), actions.duplicate),
    remove: button("Remove", "×", actions.takeAway),
  };
  const bodyId = uid("row");
  const body = h("div", { class: "row-body", id: bodyId });
  const summary = h("span", { class: "row-summary", dir: "auto" });
  const badge = h("span", { class: "badge", hidden: true });
  const fold = h(
    "button",
    {
      type: "button",
      class: "row-fold",
      "aria-expanded": "true",
      "aria-controls": bodyId,
      onclick: () => toggle(),
    },
    h("span", { class: "chevron", "aria-hidden": "true" }),
    h("span", { class: "row-title" }, title),
    summary,
    badge,
  );
  const group = h(
    "div",
    { class: "row-group", role: "group", "aria-label": title },
    h(
      "div",
      { class: "row-head" },
      h("span", { class: "grip", "aria-hidden": "true", title: "Drag to move" }, "⠿"),
      fold,
      h("div", { class: "row-buttons" }, Object.values(buttons)),
    ),
  );
  const place = createPlace({
    pointer,
    controls: [group],
    focus: () => focus(),
    fixesOf: form.fixesOf,
  });
  group.append(place.list, body);

  let kind;
  let part;
  let open = true;
  let last;

  function focus() {
    toggle(true);
    part?.focus();
  }

  function toggle(next = !open) {
    if (next === open) return;
    actions.remember(index, next);
    setOpen(next);
    if (next) form.onReveal();
  }

  function setOpen(next) {
    open = next;
    fold.setAttribute("aria-expanded", String(open));
    body.hidden = !open;
    if (open && last) draw();
  }

  function change(shape, next) {
    kind = next;
    part =
      next === "object"
        ? createObject(form, { pointer, key: `${key}.${shape.title ?? ""}` })
        : single(shape, next);
    body.replaceChildren(part.element);
    group.classList.toggle("plain-item", next !== "object");
  }

  function single(shape, next) {
    const own = CONTROLS[next]({
      id: uid("item"),
      shape,
      write: (value) => form.store.write(pointer(), value),
    });
    own.control.setAttribute("aria-label", title);
    return {
      element: own.element,
      focus: () => own.control.focus(),
      places: () => [],
      reveal() {},
      sync: (value, node) => own.sync(value, form.schema.shapeOf(node, value)),
    };
  }

  function draw() {
    const { value, node, state } = last;
    const shape = form.schema.shapeOf(node, value);
    // A list of lists has no form of its own.
    const fitting = controlFor(shape, value) ?? (shape.kind === "object" ? "object" : "raw");
    if (fitting !== kind) change(shape, fitting);
    part.sync(value, node, state);
  }

  return {
    element: h("li", { class: "row" }, group),
    places: () => [place, ...(open && part ? part.places() : [])],
    focus,
    setOpen,
    reveal(path) {
      toggle(true);
      part?.reveal(path);
    },
    focusButton(name) {
      const wanted = buttons[name];
      (wanted.disabled ? (name === "up" ? buttons.down : buttons.up) : wanted).focus();
    },
    sync(value, node, state, length) {
      last = { value, node, state };
      summary.textContent = summaryOf(value);
      const severity = state.badges.get(pointer());
      badge.hidden = severity === undefined || open;
      badge.className = `badge ${severity ?? ""}`;
      badge.textContent = severity ?? "";
      buttons.up.disabled = index === 0;
      buttons.down.disabled = index === length - 1;
      if (open) draw();
    },
  };
}

function summaryOf(value) {
  if (!isObject(value)) return "";
  const name = TELLING.find((one) => typeof value[one] === "string" && value[one] !== "");
  return name === undefined ? "" : value[name];
}
