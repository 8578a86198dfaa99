// The files of what became of each message.
import { h } from "../page/dom.js";
import { rowOf, toCsv, toJsonLines } from "./results.js";

/** Gives { element, offer(items, results, status), hide() }; status: of what has no result. */
export function createDownloads() {
  const element = h("div", { class: "send-buttons", hidden: true });
  const button = (label, name, type, text) =>
    h("button", { type: "button", class: "quiet", onclick: () => save(name, type, text()) }, label);

  return {
    element,
    offer(items, results, status) {
      const rows = items.map((item) =>
        rowOf(
          item,
          results.get(item) ?? (status && item.problem === undefined ? { status } : undefined),
        ),
      );
      element.hidden = false;
      element.replaceChildren(
        button("Download as CSV", "results.csv", "text/csv", () => toCsv(rows)),
        button("Download as JSON lines", "results.jsonl", "application/x-ndjson", () =>
          toJsonLines(rows),
        ),
      );
    },
    hide() {
      element.hidden = true;
    },
  };
}

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
