// Undo and redo: buttons, and the usual keys wherever no text is being edited (there the browser's own undo works).
import { iconButton } from "./dom.js";

export function createHistory({ root, store, announce }) {
  const undo = iconButton("Undo", "↶", () => run("Undo", store.undo));
  const redo = iconButton("Redo", "↷", () => run("Redo", store.redo));
  root.append(undo, redo);

  function run(name, action) {
    const before = store.state;
    action();
    announce(store.state === before ? `Nothing to ${name.toLowerCase()}.` : `${name}: done.`);
  }

  document.addEventListener("keydown", (event) => {
    if (
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea")
    )
      return;
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
