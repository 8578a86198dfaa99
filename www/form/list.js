// A list: add, take away, reorder. Row n always shows item n, so that a move is a change of the message and nothing else; only the
// focus has to be carried along.
import { listIn } from "../model/values.js";
import { h } from "../page/dom.js";
import { createItem } from "./item.js";

// More rows than anybody scrolls through; the JSON has them all.
const MOST_ROWS = 150;

export function createList(form, { pointer, key, itemName }) {
  const { store, schema } = form;
  const rows = [];
  const list = h("ol", { class: "rows" });
  const add = h("button", { type: "button", class: "quiet add" }, `Add ${itemName.toLowerCase()}`);
  const rest = h("p", { class: "hint", hidden: true });
  const element = h("div", { class: "list" }, list, rest, add);
  let node;

  const items = () => listIn(store.read(pointer()));

  add.addEventListener("click", () => {
    const { items: itemNode } = schema.shapeOf(node, items());
    store.write(pointer(), [...items(), schema.blank(itemNode ?? {})]);
    rows.at(-1).focus();
    form.announce(`${itemName} ${rows.length} added.`);
  });

  // An empty list is not the same as no list: with the last item the member goes, where it may.
  function takeAway(index) {
    const next = items().toSpliced(index, 1);
    store.write(pointer(), next.length > 0 ? next : undefined);
    if (rows.length === 0) add.focus();
    else rows[Math.min(index, rows.length - 1)].focusButton("remove");
    form.announce(`${itemName} ${index + 1} removed.`);
  }

  function move(index, by) {
    const next = [...items()];
    const to = index + by;
    if (to < 0 || to >= next.length) return;
    [next[index], next[to]] = [next[to], next[index]];
    store.write(pointer(), next);
    rows[to].focusButton(by < 0 ? "up" : "down");
    form.announce(`${itemName} moved to place ${to + 1} of ${next.length}.`);
  }

  return {
    element,
    focus: () => (rows[0] ?? { focus: () => add.focus() }).focus(),
    places: () => rows.flatMap((row) => row.places()),
    sync(value, nextNode, state) {
      node = nextNode;
      const all = listIn(value);
      const now = all.slice(0, MOST_ROWS);
      const itemNode = schema.shapeOf(node, all).items ?? {};
      while (rows.length > now.length) rows.pop().element.remove();
      while (rows.length < now.length) {
        const row = createItem(form, { list: pointer, index: rows.length, key: `${key}[]`, itemName, move, takeAway });
        rows.push(row);
        list.append(row.element);
      }
      rows.forEach((row, n) => row.sync(now[n], itemNode, state, now.length));
      list.hidden = rows.length === 0;
      rest.hidden = all.length === now.length;
      rest.textContent = `and ${all.length - now.length} more: they are in the JSON`;
    },
  };
}
