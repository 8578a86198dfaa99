// Undo and redo: buttons, and the usual keys wherever no text is being edited (there the browser's own undo works).
import { h } from "./dom.js";

export function createHistory({ root, store, announce }) {
  const button = (name, glyph, keys, action) =>
    h("button", { type: "button", class: "icon", "aria-label": name, title: `${name} (${keys})`, onclick: () => run(name, action) }, h("span", { "aria-hidden": "true" }, glyph));
  const undo = button("Undo", "↶", "Ctrl+Z", store.undo);
  const redo = button("Redo", "↷", "Ctrl+Shift+Z", store.redo);
  root.append(undo, redo);

  function run(name, action) {
    const before = store.state;
    action();
    announce(store.state === before ? `Nothing to ${name.toLowerCase()}.` : `${name}: done.`);
  }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) run("Redo", store.redo);
    else run("Undo", store.undo);
  });

  return {
    sync() {
      // Not `disabled`, which would drop the focus.
      undo.setAttribute("aria-disabled", String(!store.canUndo));
      redo.setAttribute("aria-disabled", String(!store.canRedo));
    },
  };
}
