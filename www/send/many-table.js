// The rows of a list: who gets what, and what is wrong with which.
import { h } from "../page/dom.js";
import { describe } from "./describe.js";

const MOST_ROWS = 200;
const STATUS = { sent: "sent", failed: "failed", unknown: "unknown", not_sent: "not sent" };

/** onPreview(item): the row is to be seen on the phone. Gives { element, show(items, results), mark(item) }. */
export function createManyTable({ onPreview }) {
  const only = h("input", { type: "checkbox", id: "many-only", onchange: () => draw() });
  const filter = h(
    "div",
    { class: "check-line", hidden: true },
    only,
    h("label", { for: "many-only" }, "Only rows with something to look at"),
  );
  const body = h("tbody", null);
  const more = h("p", { class: "hint", hidden: true });
  const table = h(
    "table",
    { class: "rows-table" },
    h("caption", { class: "visually-hidden" }, "What each row will send"),
    h(
      "thead",
      null,
      h(
        "tr",
        null,
        ["Line", "To", "Sends", "Check"].map((name) => h("th", { scope: "col" }, name)),
      ),
    ),
    body,
  );
  const element = h(
    "div",
    { class: "many-rows", hidden: true },
    filter,
    h("div", { class: "rows-scroll", tabindex: "0", role: "region", "aria-label": "Rows" }, table),
    more,
  );
  let items = [];
  let results = new Map();
  let marked;

  function draw() {
    const odd = items.filter((item) => item.problem !== undefined || item.sameAs !== undefined);
    filter.hidden = odd.length === 0 || odd.length === items.length;
    const wanted = !filter.hidden && only.checked ? odd : items;
    body.replaceChildren(...wanted.slice(0, MOST_ROWS).map(row));
    element.hidden = items.length === 0;
    more.hidden = wanted.length <= MOST_ROWS;
    more.textContent = `and ${(wanted.length - MOST_ROWS).toLocaleString("en")} more rows, which are sent as well`;
  }

  function row(item) {
    const { line, request } = item;
    const { to, what } = request === undefined ? { to: "", what: "" } : describe(request);
    const number =
      request === undefined
        ? String(line)
        : h(
            "button",
            {
              type: "button",
              class: "plain",
              "aria-label": `Preview line ${line}`,
              onclick: () => onPreview(item),
            },
            String(line),
          );
    const [kind, text] = verdict(item, results.get(item));
    return h(
      "tr",
      { class: item === marked ? "marked" : undefined },
      h("th", { scope: "row" }, number),
      h("td", null, h("bdi", null, to)),
      h("td", { class: "row-what", dir: "auto" }, what),
      h("td", { class: `row-check ${kind}` }, h("bdi", null, text)),
    );
  }

  return {
    element,
    show(nextItems, nextResults = new Map()) {
      items = nextItems;
      results = nextResults;
      draw();
    },
    mark(item) {
      marked = item;
      draw();
    },
  };
}

function verdict({ problem, sameAs, copyOf }, result) {
  if (result)
    return [
      result.status,
      result.error?.kind ? `${STATUS[result.status]}: ${result.error.kind}` : STATUS[result.status],
    ];
  if (problem !== undefined) return ["error", problem];
  if (copyOf !== undefined) return ["warning", `The same message as line ${copyOf}`];
  if (sameAs !== undefined) return ["warning", `The same person as line ${sameAs}`];
  return ["valid", "Ready"];
}
