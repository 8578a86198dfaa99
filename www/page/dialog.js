// Dialogs, which the browser's <dialog> provides: the focus stays inside and returns, Escape closes.
import { h, uid } from "./dom.js";

/**
 * Opens a modal dialog and resolves to the value of the button that closes it, or undefined if it is cancelled.
 * @param {object} options
 * @param {string} options.title
 * @param {Node[]} options.body
 * @param {{ value: string, label: string, kind?: string }[]} [options.buttons] the first is Enter's
 * @param {string} [options.kind] a class of its own
 */
export function ask({ title, body, buttons = [], kind = "" }) {
  const id = uid("dialog");
  const submit = buttons[0];
  const dialog = h(
    "dialog",
    { class: `dialog ${kind}`, "aria-labelledby": id },
    h(
      "form",
      { method: "dialog" },
      h(
        "div",
        { class: "dialog-head" },
        h("h2", { id }, title),
        h(
          "button",
          { type: "button", class: "icon", title: "Close", onclick: () => dialog.close() },
          h("span", { "aria-hidden": "true" }, "×"),
          h("span", { class: "visually-hidden" }, "Close"),
        ),
      ),
      h("div", { class: "dialog-body" }, body),
      buttons.length > 0 &&
        h(
          "div",
          { class: "dialog-buttons" },
          buttons.map((one) =>
            h(
              "button",
              {
                type: one === submit ? "submit" : "button",
                class: one.kind ?? "quiet",
                value: one.value,
                onclick: () => dialog.close(one.value),
              },
              one.label,
            ),
          ),
        ),
    ),
  );
  // The policy forbids that a form goes anywhere, a dialog's too: it is closed by hand.
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    dialog.close(submit?.value ?? "");
  });
  // A click on what is behind closes it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "" ? undefined : dialog.returnValue);
    });
    dialog.showModal();
  });
}

export function closeDialog(element) {
  element.closest("dialog")?.close();
}
