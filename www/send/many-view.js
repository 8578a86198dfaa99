// Sends a list: read from what is pasted, dropped or chosen, checked as a whole, sent by the package's sendAll, with its progress and a
// file of what became of each.
import { h } from "../page/dom.js";
import { createDownloads } from "./downloads.js";
import { readList } from "./list.js";
import { createProgress } from "./progress.js";
import { rowOf } from "./results.js";
import { createTarget } from "./target.js";

const READ_AFTER_MS = 250;
const MOST_PROBLEMS = 20;

export function createManyView({ root, store, checker, announce }) {
  const area = h("textarea", {
    id: "many-text",
    class: "many-text",
    rows: "6",
    dir: "ltr",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": "many-hint",
  });
  const file = h("input", { type: "file", id: "many-file", accept: ".csv,.tsv,.txt,.json,.jsonl,.ndjson" });
  const found = h("p", { class: "found", role: "status" });
  const problems = h("ul", { class: "many-problems", hidden: true });
  const target = createTarget({ name: "send-many-to" });
  const start = h("button", { type: "button", class: "primary" }, "Send all");
  const cancel = h("button", { type: "button", class: "quiet", hidden: true }, "Stop");
  const progress = createProgress();
  const downloads = createDownloads();
  root.append(
    h(
      "p",
      { class: "hint", id: "many-hint" },
      "One request or draft a line as JSON, or a table with a column psid. A column text brings the text; without one, everybody gets the message above, with {{column}} filled in.",
    ),
    h(
      "div",
      { class: "drop" },
      h("label", { for: area.id, class: "visually-hidden" }, "Messages"),
      area,
      h("div", { class: "file-choice" }, h("label", { for: file.id }, "Paste, drop or choose a file"), file),
    ),
    found,
    problems,
    target.element,
    h("div", { class: "send-buttons" }, start, cancel),
    progress.element,
    downloads.element,
  );

  let items = [];
  let timer;
  let abort;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, READ_AFTER_MS);
  });
  file.addEventListener("change", () => takeFile(file.files[0]));
  root.addEventListener("dragover", (event) => event.preventDefault());
  root.addEventListener("drop", (event) => {
    const [dropped] = event.dataTransfer.files;
    if (!dropped) return;
    event.preventDefault();
    takeFile(dropped);
  });
  cancel.addEventListener("click", () => abort?.abort());
  start.addEventListener("click", send);

  async function takeFile(given) {
    if (given) take(await given.text());
  }

  function take(text) {
    area.value = text;
    read();
  }

  async function read() {
    let api;
    try {
      api = await checker.load();
    } catch (error) {
      found.textContent = `The package did not load: ${error.message}`;
      return;
    }
    const list = readList(area.value, { api, platform: store.state.platform, base: store.state.request });
    items = list.items;
    found.textContent = list.summary;
    problems.hidden = list.wrong.length === 0;
    problems.replaceChildren(
      ...list.wrong.slice(0, MOST_PROBLEMS).map(({ line, text }) => h("li", null, h("b", null, `Line ${line}: `), h("bdi", null, text))),
      ...(list.wrong.length > MOST_PROBLEMS ? [h("li", null, `and ${list.wrong.length - MOST_PROBLEMS} more`)] : []),
    );
  }

  async function send() {
    if (abort) return;
    abort = new AbortController();
    try {
      await sendAll(abort.signal);
    } finally {
      abort = undefined;
    }
  }

  async function sendAll(signal) {
    clearTimeout(timer);
    await read();
    const readable = items.filter(({ request }) => request !== undefined);
    if (readable.length === 0) {
      announce("There is nothing to send.");
      area.focus();
      return;
    }
    let api;
    let to;
    try {
      [api, to] = await Promise.all([checker.load(), target.load()]);
    } catch (error) {
      found.textContent = error.message;
      announce(error.message);
      return;
    }
    const all = items;
    const results = new Map();
    busy(true);
    progress.begin(readable.length);
    try {
      const summary = await api.sendAll(
        readable.map(({ request }) => request),
        {
          ...to.options,
          platform: store.state.platform,
          signal,
          onResult: (result) => results.set(readable[result.index], result),
          onProgress: progress.show,
        },
      );
      announce(progress.end(summary));
    } catch (error) {
      announce(progress.fail(error));
    } finally {
      busy(false);
      downloads.offer(all.map((item) => rowOf(item, results.get(item))));
    }
  }

  function busy(is) {
    start.setAttribute("aria-disabled", String(is));
    if (!is && document.activeElement === cancel) start.focus();
    cancel.hidden = !is;
    if (is) downloads.hide();
  }

  return { take };
}
