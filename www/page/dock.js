// On a phone: the preview, the check and Send stay within reach of the thumb, whatever the page shows.
import { h } from "./dom.js";

export function createDock({ root, stage, onSend, onCheck }) {
  const preview = h(
    "button",
    { type: "button", class: "quiet", "aria-expanded": "false", onclick: () => toggle() },
    "Preview",
  );
  const status = h("button", { type: "button", class: "dock-status", onclick: onCheck });
  root.append(
    preview,
    status,
    h(
      "button",
      { type: "button", class: "primary", onclick: onSend, "aria-label": "Send this message" },
      "Send",
    ),
  );

  function toggle(open = !stage.classList.contains("pinned")) {
    stage.classList.toggle("pinned", open);
    preview.setAttribute("aria-expanded", String(open));
    preview.textContent = open ? "Close preview" : "Preview";
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stage.classList.contains("pinned")) toggle(false);
  });

  return {
    sync(source) {
      status.textContent = source.textContent;
      status.className = `dock-status ${source.className}`;
    },
    close: () => toggle(false),
  };
}
