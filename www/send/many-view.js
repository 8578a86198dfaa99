// A list of messages: read from what is pasted, dropped or chosen, checked row by row, and sent by the package's sendAll.
import { h } from "../page/dom.js";
import { createDownloads } from "./downloads.js";
import { readList } from "./list.js";
import { createManyRun } from "./many-run.js";
import { createManyTable } from "./many-table.js";

const READ_AFTER_MS = 250;

/** root: what is sent; side: how. onPreview(item): the row on the phone, undefined for the message again. */
export function createManyView({
  root,
  side,
  store,
  checker,
  target,
  announce,
  onPreview,
  onChange,
}) {
  const area = h("textarea", {
    id: "many-text",
    class: "many-text",
    rows: "5",
    dir: "ltr",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "many-hint",
  });
  const file = h("input", {
    type: "file",
    id: "many-file",
    accept: ".csv,.tsv,.txt,.json,.jsonl,.ndjson",
  });
  const found = h("p", { class: "found", role: "status" });
  const skip = h("input", { type: "checkbox", id: "many-skip" });
  const skipLabel = h("label", { for: skip.id });
  const skipLine = h("div", { class: "check-line", hidden: true }, skip, skipLabel);
  const table = createManyTable({ onPreview: preview });
  const downloads = createDownloads();
  const run = createManyRun({
    root: side,
    store,
    checker,
    target,
    announce,
    read,
    rows: sendable,
    onResults,
    downloads,
  });
  root.append(
    h(
      "p",
      { class: "hint", id: "many-hint" },
      "One request or draft a line as JSON, or a table with a column psid. A column text brings the text; without one, everybody gets the composed message, with {{column}} filled in.",
    ),
    h(
      "div",
      { class: "drop" },
      h("label", { for: area.id, class: "visually-hidden" }, "Messages"),
      area,
      h(
        "div",
        { class: "file-choice" },
        h("label", { for: file.id }, "Paste, drop or choose a file"),
        file,
      ),
    ),
    found,
    skipLine,
    table.element,
  );

  let list = { items: [], doubled: [] };
  let timer;
  area.addEventListener("input", () => {
    onChange();
    clearTimeout(timer);
    timer = setTimeout(read, READ_AFTER_MS);
  });
  skip.addEventListener("change", () => run.ready(sendable()));
  file.addEventListener("change", () => takeFile(file.files[0]));
  root.addEventListener("dragover", (event) => event.preventDefault());
  root.addEventListener("drop", (event) => {
    const [dropped] = event.dataTransfer.files;
    if (!dropped) return;
    event.preventDefault();
    takeFile(dropped);
  });

  async function takeFile(given) {
    if (given) take(await given.text());
  }

  function take(text) {
    area.value = text;
    onChange();
    return read();
  }

  function sendable() {
    return list.items.filter(
      ({ request, problem, sameAs }) =>
        request !== undefined && problem === undefined && !(skip.checked && sameAs !== undefined),
    );
  }

  async function read() {
    clearTimeout(timer);
    let api;
    try {
      api = await checker.load();
    } catch (error) {
      found.textContent = `The package did not load: ${error.message}`;
      return;
    }
    const { platform, request, broken } = store.state;
    list = readList(area.value, { api, platform, base: request });
    found.textContent = [
      list.summary,
      broken && "The message is the last one that could be read: its JSON is broken now.",
    ]
      .filter(Boolean)
      .join(" ");
    const { doubled, items } = list;
    skipLine.hidden = doubled.length === 0;
    skipLabel.textContent = `Leave out ${doubled.length.toLocaleString("en")} ${doubled.length === 1 ? "row" : "rows"} to people who are in the list already`;
    // Two different messages to one person may well be meant; the same one twice is not.
    skip.checked =
      doubled.length > 0 &&
      items.every(
        ({ sameAs, copyOf, problem }) =>
          sameAs === undefined || problem !== undefined || copyOf !== undefined,
      );
    table.show(items);
    run.ready(sendable());
    preview(undefined);
  }

  function onResults(results) {
    table.show(list.items, results);
    downloads.offer(list.items, results);
  }

  function preview(item) {
    table.mark(item);
    const rows = list.items.filter(({ request }) => request !== undefined);
    const at = rows.indexOf(item);
    onPreview(
      item && {
        ...item,
        next: rows[at + 1] && (() => preview(rows[at + 1])),
        before: rows[at - 1] && (() => preview(rows[at - 1])),
      },
    );
  }

  // The rows are made of the composed message, so they are read again when it has changed.
  let readFrom;
  return {
    take,
    text: () => area.value,
    setText(text) {
      area.value = text;
    },
    show() {
      const key = `${store.state.platform}${JSON.stringify(store.state.request)}${area.value}`;
      if (key === readFrom || area.value === "") return;
      readFrom = key;
      read();
    },
  };
}
