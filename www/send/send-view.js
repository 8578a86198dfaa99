// Sends the message and shows what became of it.
import { h } from "../page/dom.js";
import { drawOutcome, failed, invalid, problem, receipted } from "./outcome.js";
import { createTarget } from "./target.js";

export function createSendView({ root, store, checker, announce, showFirst }) {
  const target = createTarget({ name: "send-to" });
  const button = h("button", { type: "button", class: "primary" }, "Send");
  const cancel = h("button", { type: "button", class: "quiet", hidden: true }, "Cancel");
  const progress = h("p", { class: "progress", hidden: true });
  const outcome = h("div", { class: "outcome", hidden: true });
  root.append(target.element, h("div", { class: "send-buttons" }, button, cancel), progress, outcome);
  // Whether there is a choice is seen before the first message.
  target.load().catch(() => {});

  let abort;
  cancel.addEventListener("click", () => abort?.abort());
  button.addEventListener("click", async () => {
    if (abort) return;
    abort = new AbortController();
    outcome.hidden = true;
    busy(true, "Sending…");
    try {
      announce(drawOutcome(outcome, await deliver(store.state, abort.signal)));
    } finally {
      abort = undefined;
      busy(false);
    }
  });

  function busy(is, text = "") {
    // Not `disabled`, which would drop the focus.
    button.setAttribute("aria-disabled", String(is));
    if (!is && document.activeElement === cancel) button.focus();
    cancel.hidden = !is;
    progress.hidden = !is;
    tell(text);
  }

  function tell(text) {
    progress.textContent = text;
    if (text) announce(text);
  }

  async function deliver(state, signal) {
    let api;
    try {
      api = await checker.load();
    } catch (error) {
      return problem("The package did not load", error);
    }
    // What is shown is what is sent: a text that cannot be read is not the message that could be read before it.
    const report = checker.check(state);
    if (!report.valid) return invalid(report.issues, showFirst);
    let to;
    try {
      to = await target.load();
    } catch (error) {
      return problem("Nothing to send to", error);
    }
    try {
      const receipt = await api.send(state.request, {
        ...to.options,
        platform: state.platform,
        signal,
        onRetry: ({ attempt, delayMs, error }) => {
          tell(`Attempt ${attempt} met “${error.kind}”. The next one follows in ${inSeconds(delayMs)}.`);
        },
      });
      return receipted(receipt);
    } catch (error) {
      if (api.isValidationError(error)) return invalid(error.issues, showFirst);
      if (api.isSendError(error)) return failed(error);
      return problem("This should not happen", error);
    }
  }
}

function inSeconds(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
