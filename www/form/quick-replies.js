// The list of quick replies: add, take away, reorder. Row n always shows item n of the request, so that a move is a
// change of the request and nothing else; only the focus has to be carried along.
import { h, uid } from "../view/dom.js";
import { createCounter } from "./counter.js";
import { createField } from "./field.js";
import { createPlace } from "./place.js";

const POINTER = "/message/quick_replies";
const NEW = { content_type: "text", title: "", payload: "" };

export function createQuickReplies({ store, announce }) {
  const items = () => {
    const value = store.read(POINTER);
    return Array.isArray(value) ? value : [];
  };
  // An empty list is not the same as no list: with the last reply the member goes too.
  const writeItems = (next) => store.write(POINTER, next.length > 0 ? next : undefined);

  const rows = [];
  const counter = createCounter({ limit: "quick_replies" });
  const list = h("ol", { class: "rows" });
  const add = h("button", { type: "button", class: "quiet add" }, "Add a quick reply");
  const titleId = uid("quick-replies");
  const group = h(
    "div",
    { class: "group", role: "group", "aria-labelledby": titleId, "aria-describedby": counter.element.id },
    h("div", { class: "label-line" }, h("h3", { id: titleId }, "Quick replies"), counter.element),
    list,
  );
  const place = createPlace({ pointer: () => POINTER, controls: [group], focus: () => add.focus() });
  group.append(place.list, add);

  add.addEventListener("click", () => {
    writeItems([...items(), NEW]);
    rows.at(-1).focus();
    announce(`Quick reply ${rows.length} added.`);
  });

  function takeAway(index) {
    writeItems(items().toSpliced(index, 1));
    if (rows.length === 0) add.focus();
    else rows[Math.min(index, rows.length - 1)].focusButton("remove");
    announce(`Quick reply ${index + 1} removed.`);
  }

  function move(index, by) {
    const next = [...items()];
    const to = index + by;
    if (to < 0 || to >= next.length) return;
    [next[index], next[to]] = [next[to], next[index]];
    writeItems(next);
    rows[to].focusButton(by < 0 ? "up" : "down");
    announce(`Quick reply moved to place ${to + 1} of ${next.length}.`);
  }

  return {
    element: group,
    places: () => [place, ...rows.flatMap((row) => row.places())],
    sync(state) {
      const now = items();
      while (rows.length > now.length) rows.pop().element.remove();
      while (rows.length < now.length) {
        const row = createRow({ store, index: rows.length, move, takeAway });
        rows.push(row);
        list.append(row.element);
      }
      for (const row of rows) row.sync(state, now.length);
      list.hidden = rows.length === 0;
      counter.sync(now, state);
    },
  };
}

// What a reply said before it became one that asks for an e-mail address, say: changing the kind back brings it back.
const before = new WeakMap();

function createRow({ store, index, move, takeAway }) {
  const pointer = `${POINTER}/${index}`;
  const own = (name) => `${pointer}/${name}`;
  const item = () => store.read(pointer) ?? {};
  const isText = () => item().content_type === "text";

  const kind = createField({
    store: {
      read: store.read,
      write: (_, value) => {
        const was = item();
        const { title, payload, image_url, ...rest } = was;
        const own = was.content_type === "text" ? { title, payload, ...(image_url && { image_url }) } : before.get(was);
        const kept = was.content_type === "text" ? rest : was;
        const next = { ...(value === "text" ? { ...NEW, ...own } : {}), ...kept, content_type: value };
        before.set(next, own);
        store.write(pointer, next);
      },
    },
    pointer: () => own("content_type"),
    kind: "select",
    label: "Kind",
    labelHidden: true,
    none: "(none)",
    choices: (state) => state.choices.content_type,
  });
  const title = createField({
    store: {
      read: store.read,
      // A payload that only repeats the title goes on repeating it; one of its own stays.
      write: (at, value) => {
        const was = item();
        if (value !== undefined && was.payload === was.title) store.write(pointer, { ...was, title: value, payload: value });
        else store.write(at, value);
      },
    },
    pointer: () => own("title"),
    label: "Title",
    limit: "title",
    bar: false,
    keepEmpty: isText,
  });
  const payload = createField({
    store,
    pointer: () => own("payload"),
    label: "Payload",
    limit: "payload",
    quiet: true,
    keepEmpty: isText,
    attributes: { spellcheck: "false", autocapitalize: "off" },
  });
  const image = createField({
    store,
    pointer: () => own("image_url"),
    label: "Image address",
    attributes: { inputmode: "url", spellcheck: "false", autocapitalize: "off" },
  });
  const fields = { title, payload, image_url: image };

  const number = index + 1;
  const button = (name, glyph, action) => {
    const label = `${name} quick reply ${number}`;
    return h(
      "button",
      { type: "button", class: "icon", "aria-label": label, title: label, onclick: action },
      h("span", { "aria-hidden": "true" }, glyph),
    );
  };
  const buttons = {
    up: button("Move up", "↑", () => move(index, -1)),
    down: button("Move down", "↓", () => move(index, 1)),
    remove: button("Remove", "×", () => takeAway(index)),
  };
  // Most replies have no picture, so its field waits to be asked for.
  let imageWanted = false;
  const addImage = h("button", { type: "button", class: "plain" }, "Add image", h("span", { class: "visually-hidden" }, ` to quick reply ${number}`));
  addImage.addEventListener("click", () => {
    imageWanted = true;
    showFields();
    image.focus();
  });
  const body = h(
    "div",
    { class: "row-body", role: "group", "aria-label": `Quick reply ${number}` },
    h(
      "div",
      { class: "row-head" },
      h("span", { class: "row-number", "aria-hidden": "true" }, number),
      kind.element,
      addImage,
      h("div", { class: "row-buttons" }, Object.values(buttons)),
    ),
    h("div", { class: "row-fields" }, title.element, payload.element, image.element),
  );
  const place = createPlace({ pointer: () => pointer, controls: [body], focus: () => kind.focus() });

  // Only a text reply has words of its own; but what is in the request is always shown, and no field is taken away
  // from under the fingers.
  function showFields() {
    for (const [name, { element }] of Object.entries(fields)) {
      const wanted = isText() && (name !== "image_url" || imageWanted);
      element.hidden = !wanted && !Object.hasOwn(item(), name) && !element.contains(document.activeElement);
    }
    addImage.hidden = !isText() || !image.element.hidden;
  }

  return {
    element: h("li", { class: "row" }, body, place.list),
    places: () => [place, ...[kind, title, payload, image].flatMap((field) => field.places())],
    focus: () => title.focus(),
    focusButton(name) {
      const wanted = buttons[name];
      (wanted.disabled ? (name === "up" ? buttons.down : buttons.up) : wanted).focus();
    },
    sync(state, length) {
      buttons.up.disabled = index === 0;
      buttons.down.disabled = index === length - 1;
      for (const field of [kind, ...Object.values(fields)]) field.sync(state);
      showFields();
    },
  };
}
