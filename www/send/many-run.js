// Sends a list with the package's sendAll: with its progress, a stop, a dry run, and another try for what was refused.
import { ask } from "../page/dialog.js";
import { h } from "../page/dom.js";
import { createProgress } from "./progress.js";

const FIRST = 5;

/**
 * @param {object} options
 * @param {() => Promise<void>} options.read reads the list again
 * @param {() => { request: unknown }[]} options.rows what can be sent
 * @param {(results: Map) => void} options.onResults what became of each row
 */
export function createManyRun({
  root,
  store,
  checker,
  target,
  announce,
  read,
  rows,
  onResults,
  downloads,
}) {
  const button = (label, kind, run) =>
    h("button", { type: "button", class: kind, onclick: run }, label);
  const start = button("Send all", "primary", () => begin((all) => all));
  const first = button(`First ${FIRST} only`, "quiet", () => begin((all) => all.slice(0, FIRST)));
  const dry = button("Dry run", "quiet", dryRun);
  const cancel = h(
    "button",
    { type: "button", class: "quiet", hidden: true, onclick: () => abort?.abort() },
    "Stop",
  );
  const again = h("button", {
    type: "button",
    class: "quiet",
    hidden: true,
    onclick: () => begin(() => failedRows()),
  });
  const count = h("p", { class: "hint" }, "No rows yet.");
  const progress = createProgress();
  const left = h("p", { class: "hint", hidden: true });
  root.append(
    count,
    h("div", { class: "send-buttons" }, start, first, dry, cancel),
    progress.element,
    left,
    h("div", { class: "send-buttons" }, again),
    downloads.element,
  );

  let abort;
  let results = new Map();

  // Refused, or never sent: another try harms nobody. Of what is unknown somebody may have got it already.
  function failedRows() {
    return [...results]
      .filter(
        ([item, { status, error }]) =>
          item.request !== undefined &&
          (status === "failed" || status === "not_sent") &&
          error?.delivery !== "unknown",
      )
      .map(([item]) => item);
  }

  async function begin(choose) {
    if (abort) return;
    const retried = choose === undefined ? [] : choose(rows());
    const isRetry = retried.some((item) => results.has(item));
    if (!isRetry) await read();
    const chosen = isRetry ? retried : choose(rows());
    if (chosen.length === 0) {
      announce("There is nothing to send.");
      count.textContent = "There is nothing to send: no row is right.";
      return;
    }
    abort = new AbortController();
    try {
      await sendAll(chosen, abort.signal, isRetry);
    } finally {
      abort = undefined;
    }
  }

  async function sendAll(chosen, signal, isRetry) {
    let api;
    let to;
    try {
      [api, to] = await Promise.all([checker.load(), target.load()]);
    } catch (error) {
      count.textContent = error.message;
      announce(error.message);
      return;
    }
    const confirmed = to.real ? await confirm(chosen, to) : chosen;
    if (confirmed === undefined) return;
    if (confirmed === "dry") {
      dryRun();
      return;
    }
    if (!isRetry) results = new Map();
    busy(true);
    progress.begin(confirmed.length);
    try {
      const options = await target.prepare(to);
      const summary = await api.sendAll(
        confirmed.map(({ request }) => request),
        {
          ...options,
          platform: store.state.platform,
          signal,
          onResult: (result) => results.set(confirmed[result.index], result),
          onProgress: progress.show,
        },
      );
      announce(progress.end(summary));
    } catch (error) {
      announce(progress.fail(error));
    } finally {
      busy(false);
      finish();
    }
  }

  function finish() {
    const failed = failedRows().length;
    const unknown = [...results.values()].filter(({ status }) => status === "unknown").length;
    again.hidden = failed === 0;
    again.textContent = `Send the ${failed.toLocaleString("en")} that failed again`;
    left.hidden = unknown === 0;
    left.textContent = `${unknown.toLocaleString("en")} of unknown delivery ${unknown === 1 ? "is" : "are"} left alone: the person may have got it.`;
    onResults(results);
  }

  // Real people are asked about before they get anything.
  async function confirm(chosen, to) {
    const people = new Set(chosen.map(({ request }) => JSON.stringify(request.recipient))).size;
    const messages = `${chosen.length.toLocaleString("en")} ${chosen.length === 1 ? "message" : "messages"}`;
    const answer = await ask({
      title: `Send ${messages} to ${people.toLocaleString("en")} ${people === 1 ? "person" : "people"}?`,
      kind: "narrow",
      body: [
        h(
          "p",
          null,
          `They go out in the name of ${to.name}, to real people, and cannot be taken back.`,
        ),
      ],
      buttons: [
        { value: "dry", label: "Dry run" },
        { value: "first", label: `First ${FIRST} only` },
        { value: "all", label: `Send ${messages}`, kind: "primary" },
      ],
    });
    if (answer === "dry") return "dry";
    return answer === "all" ? chosen : answer === "first" ? chosen.slice(0, FIRST) : undefined;
  }

  async function dryRun() {
    await read();
    const all = rows();
    const people = new Set(all.map(({ request }) => JSON.stringify(request.recipient))).size;
    count.textContent = `Dry run: ${all.length.toLocaleString("en")} ${all.length === 1 ? "message" : "messages"} to ${people.toLocaleString("en")} ${people === 1 ? "person" : "people"} would be sent. Nothing left this page.`;
    announce(count.textContent);
    results = new Map();
    downloads.offer(
      all.map((item) => item),
      results,
      "dry_run",
    );
  }

  function busy(is) {
    for (const one of [start, first, dry]) one.setAttribute("aria-disabled", String(is));
    if (!is && document.activeElement === cancel) start.focus();
    cancel.hidden = !is;
    if (is) {
      downloads.hide();
      again.hidden = true;
      left.hidden = true;
    }
  }

  return {
    // The rows are read anew: what became of those before is about other rows.
    ready(all) {
      results = new Map();
      again.hidden = true;
      left.hidden = true;
      count.textContent =
        all.length === 0
          ? "No row can be sent yet."
          : `${all.length.toLocaleString("en")} ${all.length === 1 ? "row" : "rows"} can be sent.`;
    },
  };
}
