// The members of an object: those that are there, those that must be, and buttons for those that may be added. Where members take each
// other's place ("exactly one of"), a choice says which one it is.
import { humanName } from "../model/names.js";
import { format } from "../model/pointer.js";
import { offered } from "../model/schema.js";
import { SECRET } from "../model/secrets.js";
import { objectIn } from "../model/values.js";
import { arrange, h, uid } from "../page/dom.js";
import { createMember } from "./member.js";

/** envelope: where the members go that say to whom and why, see envelope.js; only the request itself has one. */
export function createObject(form, { pointer, key, envelope }) {
  const { store, schema } = form;
  const members = new Map();
  const selectors = new Map();
  const fields = h("div", { class: "fields" });
  const additions = h("div", { class: "additions", role: "group", "aria-label": "Members to add" });
  const element = h("div", { class: "object" }, envelope?.element, fields, additions);
  let node;
  let drawn = "";

  const value = () => objectIn(store.read(pointer()));
  const at = (name) => pointer() + format([name]);

  function member(name) {
    if (!members.has(name)) {
      members.set(
        name,
        createMember(form, {
          name,
          pointer: () => at(name),
          key: `${key}.${name}`,
          write: (next) => write(name, next),
        }),
      );
    }
    return members.get(name);
  }

  function write(name, next) {
    const was = value();
    const { properties } = schema.shapeOf(node, was);
    const chosen =
      Object.hasOwn(properties, name) && offered(schema.resolve(properties[name])).includes(next);
    if (chosen) store.write(pointer(), rechosen(was, name, next));
    // A payload that only repeats the title goes on repeating it; one of its own stays.
    else if (
      name === "title" &&
      next !== undefined &&
      was.payload !== undefined &&
      was.payload === was.title
    )
      store.write(pointer(), { ...was, title: next, payload: next });
    else store.write(at(name), next);
    if (next === undefined) focusAfter(name);
  }

  // What another choice had is kept, and comes back with it.
  function rechosen(was, name, next) {
    const changed = schema.rechosen(node, was, name, next);
    form.shelf.set(shelfKey(name, was[name]), was);
    const before = form.shelf.get(shelfKey(name, next));
    if (before === undefined) return changed;
    const same = Object.keys(before).filter(
      (one) => one !== name && Object.hasOwn(was, one) && changed[one] === was[one],
    );
    return { ...before, ...Object.fromEntries(same.map((one) => [one, was[one]])), [name]: next };
  }

  const shelfKey = (name, choice) => `${at(name)} ${JSON.stringify(choice)}`;

  function focusAfter(name) {
    const button = [...element.querySelectorAll("button.addition")].find(
      (one) =>
        one.dataset.name === name && (one.closest(".object") === element || envelope?.holds(name)),
    );
    (button ?? element.querySelector("input, select, textarea, button"))?.focus();
  }

  function add(name) {
    const { properties } = schema.shapeOf(node, value());
    form.begin(at(name));
    store.write(at(name), schema.blankRequired(properties[name]));
    members.get(name)?.focus();
    form.announce(`${humanName(name)} added.`);
  }

  // One member of a group takes the place of the others; a text is kept where both are texts.
  function swap(group, name) {
    const was = value();
    const next = Object.fromEntries(Object.entries(was).filter(([one]) => !group.includes(one)));
    const { properties } = schema.shapeOf(node, next);
    for (const one of group) if (Object.hasOwn(was, one)) form.shelf.set(shelfKey(one), was[one]);
    const text = group.map((one) => was[one]).find((one) => typeof one === "string");
    const blank = schema.blankRequired(properties[name]);
    const before = form.shelf.get(shelfKey(name));
    if (before === undefined) form.begin(at(name));
    store.write(pointer(), {
      ...next,
      [name]: before ?? (blank === "" && text !== undefined ? text : blank),
    });
  }

  function selector(group) {
    const id = group.join();
    if (!selectors.has(id))
      selectors.set(
        id,
        createSelector(group, (name) => swap(group, name), schema.resolve(node).title),
      );
    return selectors.get(id);
  }

  function drawAdditions(names) {
    const next = names.join();
    if (next === drawn) return;
    drawn = next;
    const [inside, outside] = [
      names.filter((name) => envelope?.holds(name)),
      names.filter((name) => !envelope?.holds(name)),
    ];
    fill(additions, outside);
    if (envelope) fill(envelope.additions, inside);
  }

  function fill(into, names) {
    into.replaceChildren(
      ...names.map((name) =>
        h(
          "button",
          { type: "button", class: "addition", "data-name": name, onclick: () => add(name) },
          h("span", { "aria-hidden": "true" }, "+ "),
          h("span", { class: "visually-hidden" }, "Add "),
          humanName(name),
        ),
      ),
    );
    into.hidden = names.length === 0;
  }

  return {
    element,
    focus: () =>
      (
        fields.querySelector("input, select, textarea") ?? additions.querySelector("button")
      )?.focus(),
    // Opens whatever hides the value at a path below this object.
    reveal([name, ...rest]) {
      if (name === undefined) return;
      if (envelope?.holds(name)) envelope.open();
      members.get(name)?.reveal(rest);
    },
    focusAddition: focusAfter,
    places: () =>
      [...members.values()].filter((one) => one.element.isConnected).flatMap((one) => one.places()),
    sync(current, nextNode, state) {
      node = nextNode;
      const shape = schema.shapeOf(node, current);
      const own = objectIn(current);
      const has = (name) => Object.hasOwn(own, name);
      const isShown = (name) =>
        has(name) ||
        shape.required.includes(name) ||
        (state.asked.has(at(name)) && isSimple(schema.shapeOf(shape.properties[name])));
      const grouped = new Set(shape.groups.flat());
      const known = Object.keys(shape.properties);
      const wanted = [];
      for (const name of [...known, ...Object.keys(own).filter((one) => !known.includes(one))]) {
        const group = shape.groups.find(([first]) => first === name);
        if (group) {
          const select = selector(group);
          select.sync(group.find(has));
          wanted.push(select.element);
        }
        if (has(name) || (isShown(name) && !grouped.has(name))) {
          const one = member(name);
          one.sync(
            own[name],
            shape.properties[name] ?? {},
            state,
            !has(name) || isNeeded(shape, name, own),
          );
          // The choice above has said what it is.
          one.element.classList.toggle("chosen", grouped.has(name));
          one.element.dataset.envelope = String(envelope?.holds(name) === true);
          wanted.push(one.element);
        }
      }
      const isOutside = (one) => one.dataset.envelope === "true";
      arrange(
        fields,
        wanted.filter((one) => !isOutside(one)),
      );
      if (envelope) {
        arrange(envelope.fields, wanted.filter(isOutside));
        envelope.sync(own, state);
      }
      const shown = new Set(
        [...members].filter(([, one]) => wanted.includes(one.element)).map(([name]) => name),
      );
      for (const name of members.keys()) if (!shown.has(name)) members.delete(name);
      const isOffered = (name) =>
        !shown.has(name) && !grouped.has(name) && !shape.forbidden.has(name) && name !== SECRET;
      drawAdditions(
        known.filter(
          (name) => isOffered(name) && !schema.resolve(shape.properties[name]).deprecated,
        ),
      );
    },
  };

  // Needed is what is required even where it is not there: some members are only because of what they hold.
  function isNeeded(shape, name, own) {
    if (shape.groups.some((group) => group.includes(name))) return true;
    if (!shape.required.includes(name)) return false;
    const { [name]: _, ...rest } = own;
    return schema.shapeOf(node, rest).required.includes(name);
  }
}

const isSimple = ({ kind }) => kind !== "object" && kind !== "array" && kind !== "any";

function createSelector(group, choose, title) {
  const id = uid("one-of");
  const select = h(
    "select",
    { id },
    group.map((name) => h("option", { value: name }, humanName(name))),
  );
  select.addEventListener("change", () => choose(select.value));
  const label =
    title === "SendRequest"
      ? "What is sent"
      : `Kind of ${humanName(title ?? "object").toLowerCase()}`;
  return {
    element: h(
      "div",
      { class: "member one-of" },
      h(
        "div",
        { class: "field" },
        h("div", { class: "label-line" }, h("label", { for: id }, label)),
        select,
      ),
    ),
    sync(name) {
      if (name === undefined) select.selectedIndex = -1;
      else select.value = name;
    },
  };
}
