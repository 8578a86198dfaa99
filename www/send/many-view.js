// Sends a list: read from what is pasted, dropped or chosen, checked as a whole, sent by the package's sendAll, with its progress and a
// file of what became of each.
import { errorsFirst } from "../check/issue-item.js";
import { plural } from "../model/attribute.js";
import { built } from "../model/draft.js";
import { readPaste } from "../paste/read.js";
import { h } from "../page/dom.js";
import { createProgress } from "./progress.js";
import { rowOf, toCsv, toJsonLines } from "./results.js";
import { createTarget } from "./target.js";

const READ_AFTER_MS = 250;
const MOST_PROBLEMS = 20;

export function createManyView({ root, store, checker, announce }) {
  const area = h("textarea", { id: "many-text", class: "many-text", rows: "6", dir: "ltr", spellcheck: "false", autocomplete: "off", "aria-describedby": "many-hint" });
  const file = h("input", { type: "file", id: "many-file", accept: ".csv,.tsv,.txt,.json,.jsonl,.ndjson" });
  const found = h("p", { class: "found", role: "status" });
  const problems = h("ul", { class: "many-problems", hidden: true });
  const target = createTarget({ name: "send-many-to" });
  const start = h("button", { type: "button", class: "primary" }, "Send all");
  const cancel = h("button", { type: "button", class: "quiet", hidden: true }, "Stop");
  const progress = createProgress();
  const downloads = h("div", { class: "send-buttons", hidden: true });
  root.append(
    h(
      "p",
      { class: "hint", id: "many-hint" },
      "One request or draft a line as JSON, or a table with a column psid. A column text brings the text; without one, everybody gets the message above, with {{column}} filled in.",
    ),
    h("div", { class: "drop" }, h("label", { for: area.id, class: "visually-hidden" }, "Messages"), area, h("div", { class: "file-choice" }, h("label", { for: file.id }, "Paste, drop or choose a file"), file)),
    found,
    problems,
    target.element,
    h("div", { class: "send-buttons" }, start, cancel),
    progress.element,
    downloads,
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

  // The package says of each what is wrong before anything is sent.
  async function read() {
    const pasted = readPaste(area.value, store.state.request);
    const given = pasted?.kind === "one" ? [{ line: 1, request: pasted.request }] : (pasted?.items ?? []);
    let api;
    try {
      api = await checker.load();
    } catch (error) {
      found.textContent = `The package did not load: ${error.message}`;
      return;
    }
    const { platform } = store.state;
    items = given.map((item) => (item.request === undefined ? item : { ...item, request: built(item.request, api, platform) }));
    const wrong = items.flatMap(({ line, request, problem }) => {
      if (problem !== undefined) return [{ line, text: problem }];
      const report = api.validate(request, { platform });
      return report.valid ? [] : [{ line, text: errorsFirst(report.issues)[0].message }];
    });
    found.textContent = area.value.trim() === "" ? "" : summaryOf(items, wrong, pasted);
    problems.hidden = wrong.length === 0;
    problems.replaceChildren(
      ...wrong.slice(0, MOST_PROBLEMS).map(({ line, text }) => h("li", null, h("b", null, `Line ${line}: `), h("bdi", null, text))),
      ...(wrong.length > MOST_PROBLEMS ? [h("li", null, `and ${wrong.length - MOST_PROBLEMS} more`)] : []),
    );
  }

  async function send() {
    if (abort) return;
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
    abort = new AbortController();
    busy(true);
    progress.begin(readable.length);
    try {
      const summary = await api.sendAll(
        readable.map(({ request }) => request),
        {
          ...to.options,
          platform: store.state.platform,
          signal: abort.signal,
          onResult: (result) => results.set(readable[result.index], result),
          onProgress: progress.show,
        },
      );
      announce(progress.end(summary));
    } catch (error) {
      announce(progress.fail(error));
    } finally {
      abort = undefined;
      busy(false);
      offer(all.map((item) => rowOf(item, results.get(item))));
    }
  }

  function busy(is) {
    start.setAttribute("aria-disabled", String(is));
    if (!is && document.activeElement === cancel) start.focus();
    cancel.hidden = !is;
    if (is) downloads.hidden = true;
  }

  function offer(rows) {
    downloads.hidden = false;
    downloads.replaceChildren(
      h("button", { type: "button", class: "quiet", onclick: () => save("results.csv", "text/csv", toCsv(rows)) }, "Download as CSV"),
      h("button", { type: "button", class: "quiet", onclick: () => save("results.jsonl", "application/x-ndjson", toJsonLines(rows)) }, "Download as JSON lines"),
    );
  }

  return { take };
}

function summaryOf(items, wrong, pasted) {
  if (items.length === 0) return "No message is found in this.";
  const [from, notes] = [pasted.from, pasted.notes];
  const right = items.length - wrong.length;
  return [`${plural(items.length, "message")} from ${from}: ${right === items.length ? "all can be sent" : `${right} can be sent, ${wrong.length} cannot`}.`, ...notes].join(" ");
}

function save(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
