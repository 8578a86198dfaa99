// Tabs, as WAI-ARIA has them: arrow keys go from one to the next, Tab goes on to what is shown.
import { h } from "./dom.js";

/** tabs: { id, name, panel }[]; onShow(id) is told of each change. Gives { show(id) }. */
export function createTabs({ root, label, tabs, onShow = () => {} }) {
  const buttons = tabs.map(({ id, name, panel }) => {
    const button = h(
      "button",
      {
        type: "button",
        class: "tab",
        role: "tab",
        id: `tab-${id}`,
        "aria-controls": panel.id,
        onclick: () => show(id),
      },
      name,
    );
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    return button;
  });
  root.setAttribute("role", "tablist");
  root.setAttribute("aria-label", label);
  root.append(...buttons);
  root.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[
      event.key
    ];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    show(tabs[next].id);
    buttons[next].focus();
  });

  function show(id) {
    tabs.forEach((tab, n) => {
      const is = tab.id === id;
      tab.panel.hidden = !is;
      buttons[n].setAttribute("aria-selected", String(is));
      buttons[n].tabIndex = is ? 0 : -1;
    });
    onShow(id);
  }

  show(tabs[0].id);
  return { show };
}
