// One member of an object on the form: its label, what it is for, how full it is, its control (or its own members, or its items), and
// the issues that are about it. When the value changes its kind, as pasted messages do, the control is changed too.
import { humanName } from "../model/names.js";
import { h, iconButton, link, prose, uid } from "../page/dom.js";
import { CONTROLS, controlFor } from "./controls.js";
import { createCounter } from "./counter.js";
import { createList } from "./list.js";
import { createObject } from "./object.js";
import { createPlace } from "./place.js";

/**
 * @param {object} form { store, schema, limits, announce }
 * @param {object} options
 * @param {string} options.name the member's name
 * @param {() => string} options.pointer where it stands; rows move
 * @param {string} options.key names its declaration, for the limits
 * @param {(value: unknown) => void} options.write undefined takes it away
 */
export function createMember(form, { name, pointer, key, write }) {
  const label = humanName(name);
  const body = h("div", { class: "member" });
  let kind;
  let part;
  let last = [];

  function change(shape, next) {
    const had = part?.element.contains(document.activeElement);
    kind = next;
    part = isNested(next) ? nested(shape, next) : single(shape, next);
    body.replaceChildren(part.element);
    body.className = `member ${isNested(next) ? "wide" : ""} kind-${next}`;
    if (had) part.focus();
  }

  function single(shape, control) {
    const id = uid("field");
    const counter =
      control === "text" || control === "longText" ? createCounter({ list: false }) : undefined;
    const hint = describe({ description: shape.description }, `${id}-hint`);
    const own = CONTROLS[control]({ id, shape, write });
    setDescribed(own.control, [hint?.id, counter?.element.id]);
    const place = createPlace({
      pointer,
      fixesOf: form.fixesOf,
      controls: [own.control],
      focus: () => own.control.focus(),
    });
    const away = remover();
    const element = h(
      "div",
      { class: "field" },
      h("div", { class: "label-line" }, h("label", { for: id }, label), counter?.element, away),
      own.element,
      hint,
      place.list,
    );
    return {
      element,
      focus: place.focus,
      places: () => [place],
      reveal() {},
      sync(value, node, state, required) {
        away.hidden = required;
        own.sync(value, form.schema.shapeOf(node, value));
        counter?.sync(value, form.limits?.({ ...state, pointer: pointer(), key }));
      },
    };
  }

  function nested(shape, next) {
    const id = uid("group");
    const isList = next === "array";
    const counter = isList ? createCounter({ list: true }) : undefined;
    const hint = describe(shape, `${id}-hint`);
    const inner = isList
      ? createList(form, {
          pointer,
          key,
          itemName: itemName(shape),
          onEmpty: () => write(undefined),
        })
      : createObject(form, { pointer, key });
    const away = remover();
    const element = h(
      "div",
      { class: "group", role: "group", "aria-labelledby": id },
      h(
        "div",
        { class: "label-line" },
        h("span", { class: "group-label", id }, label),
        counter?.element,
        away,
      ),
      hint,
    );
    setDescribed(element, [hint?.id, counter?.element.id]);
    const place = createPlace({
      pointer,
      fixesOf: form.fixesOf,
      controls: [element],
      focus: () => inner.focus(),
    });
    element.append(place.list, inner.element);
    return {
      element,
      focus: inner.focus,
      places: () => [place, ...inner.places()],
      reveal: inner.reveal,
      sync(value, node, state, required) {
        away.hidden = required;
        inner.sync(value, node, state);
        counter?.sync(value, form.limits?.({ ...state, pointer: pointer(), key, list: true }));
      },
    };
  }

  function remover() {
    const title = `Remove ${label}`;
    const take = () => {
      write(undefined);
      form.announce(`${label} removed.`);
    };
    return iconButton(title, "×", take, "away");
  }

  function itemName(shape) {
    return humanName(form.schema.resolve(shape.items).title ?? "Item");
  }

  return {
    element: body,
    focus: () => part.focus(),
    places: () => part.places(),
    reveal: (path) => part.reveal(path),
    sync(value, node, state, required) {
      // Changes copy only what they touch: what is the same object says the same.
      const now = [value, node, required, state.stamp, form.limits];
      if (now.every((one, n) => one === last[n])) return;
      last = now;
      const shape = form.schema.shapeOf(node, value);
      const fitting = controlFor(shape, value) ?? shape.kind;
      // A long text that has become short keeps its room while it is being typed.
      if (fitting !== kind && !(kind === "longText" && fitting === "text")) change(shape, fitting);
      part.sync(value, node, state, required);
    },
  };
}

const isNested = (kind) => kind === "object" || kind === "array";

function describe({ description, source }, id) {
  if (!description) return undefined;
  return h(
    "p",
    { class: "hint", id },
    prose(description),
    ...(source ? [" ", link(source, "Source")] : []),
  );
}

function setDescribed(element, ids) {
  const text = ids.filter(Boolean).join(" ");
  if (text !== "") element.setAttribute("aria-describedby", text);
}
