// A list: add, copy, remove, reorder. Row n always shows item n, so that a move is a change of the message and nothing else; only the
// focus and what is folded have to be carried along.
import { listIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { createItem } from "./item.js";

// More rows than anybody scrolls through; the JSON has them all.
const MOST_ROWS = 150;
// Longer lists are folded when they come.
const MOST_OPEN = 3;

export function createList(form, { pointer, key, itemName, onEmpty }) {
  const { store, schema } = form;
  const rows = [];
  // Whether the row of each item is open.
  let open = [];
  const list = h("ol", { class: "rows" });
  const add = h("button", { type: "button", class: "quiet add" }, `Add ${itemName.toLowerCase()}`);
  const foldAll = h("button", {
    type: "button",
    class: "plain fold-all",
    onclick: () => setAll(!open.some(Boolean)),
  });
  const rest = h("p", { class: "hint", hidden: true });
  const element = h(
    "div",
    { class: "list" },
    list,
    rest,
    h("div", { class: "list-foot" }, add, foldAll),
  );
  let node;
  let expected;

  const items = () => listIn(store.read(pointer()));
  const actions = {
    move,
    duplicate,
    takeAway,
    remember(index, is) {
      open[index] = is;
      label();
    },
  };

  // The list as this view has changed it: what is folded goes with it.
  function change(next, nextOpen) {
    open = nextOpen;
    expected = next;
    form.moved(pointer());
    store.write(pointer(), next);
  }

  function setAll(is) {
    open = items().map(() => is);
    for (const row of rows) row.setOpen(is);
    label();
    form.onReveal();
  }

  function label() {
    foldAll.hidden = rows.length < 2;
    foldAll.textContent = open.some(Boolean) ? "Fold all" : "Unfold all";
  }

  add.addEventListener("click", () => {
    const { items: itemNode } = schema.shapeOf(node, items());
    const index = items().length;
    change([...items(), schema.blank(itemNode ?? {})], [...open, true]);
    form.begin(`${pointer()}/${index}`);
    form.onReveal();
    rows.at(-1).focus();
    form.announce(`${itemName} ${rows.length} added.`);
  });

  function duplicate(index) {
    const all = items();
    change(
      all.toSpliced(index + 1, 0, structuredClone(all[index])),
      open.toSpliced(index + 1, 0, true),
    );
    rows[index + 1]?.focus();
    form.announce(`${itemName} ${index + 1} copied to place ${index + 2}.`);
  }

  // An empty list is not the same as no list: with the last item the member goes, and the focus to what adds it again.
  function takeAway(index) {
    const next = items().toSpliced(index, 1);
    if (next.length === 0) {
      form.moved(pointer());
      onEmpty();
    } else {
      change(next, open.toSpliced(index, 1));
      rows[Math.min(index, rows.length - 1)].focusButton("remove");
    }
    form.announce(`${itemName} ${index + 1} removed.`);
  }

  function moveTo(from, to) {
    const all = items();
    if (to < 0 || to >= all.length || from === to) return false;
    change(
      all.toSpliced(from, 1).toSpliced(to, 0, all[from]),
      open.toSpliced(from, 1).toSpliced(to, 0, open[from]),
    );
    form.announce(`${itemName} moved to place ${to + 1} of ${all.length}.`);
    return true;
  }

  function move(index, by) {
    if (moveTo(index, index + by)) rows[index + by].focusButton(by < 0 ? "up" : "down");
  }

  // Dragging comes with the first pointer that nears a grip.
  list.addEventListener(
    "pointerover",
    async () => {
      const { default: Sortable } = await import("sortablejs/modular/sortable.core.esm.js");
      Sortable.create(list, {
        handle: ".grip",
        draggable: ".row",
        animation: 120,
        // The browser's own dragging knows no touch.
        forceFallback: true,
        fallbackTolerance: 3,
        onEnd({ item, oldIndex, newIndex }) {
          // The rows stay where they are; the items move.
          item.remove();
          list.insertBefore(item, list.children[oldIndex] ?? null);
          moveTo(oldIndex, newIndex);
        },
      });
    },
    { once: true },
  );

  return {
    element,
    focus: () => (rows[0] ?? { focus: () => add.focus() }).focus(),
    places: () => rows.flatMap((row) => row.places()),
    reveal([index, ...path]) {
      if (index !== undefined) rows[Number(index)]?.reveal(path);
    },
    sync(value, nextNode, state) {
      node = nextNode;
      const all = listIn(value);
      const now = all.slice(0, MOST_ROWS);
      const itemNode = schema.shapeOf(node, all).items ?? {};
      if (open.length !== all.length && value !== expected)
        open = all.map((_, n) => open[n] ?? all.length <= MOST_OPEN);
      while (rows.length > now.length) rows.pop().element.remove();
      while (rows.length < now.length) {
        const row = createItem(form, {
          list: pointer,
          index: rows.length,
          key: `${key}[]`,
          itemName,
          actions,
        });
        rows.push(row);
        list.append(row.element);
      }
      rows.forEach((row, n) => {
        row.setOpen(open[n] ?? true);
        row.sync(now[n], itemNode, state, now.length);
      });
      list.hidden = rows.length === 0;
      label();
      rest.hidden = all.length === now.length;
      rest.textContent = `and ${all.length - now.length} more: they are in the JSON`;
    },
  };
}
