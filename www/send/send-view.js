// Sends the message and shows what became of it, and of which message it is said.

import { h } from "../page/dom.js";
import { describe } from "./describe.js";
import { drawOutcome, failed, invalid, problem, receipted } from "./outcome.js";

/** onAttempt: somebody wants to send, so from now on every mistake is told. */
export function createSendView({ root, store, checker, target, announce, showFirst, onAttempt }) {
  const button = h("button", { type: "button", class: "primary" }, "Send");
  const cancel = h("button", { type: "button", class: "quiet", hidden: true }, "Cancel");
  const progress = h("p", { class: "progress", hidden: true });
  const outcome = h("div", { class: "outcome", hidden: true });
  const past = h("p", { class: "hint past", hidden: true }, "The message has changed since.");
  root.append(h("div", { class: "send-buttons" }, button, cancel), progress, past, outcome);

  let abort;
  let about;
  cancel.addEventListener("click", () => abort?.abort());
  button.addEventListener("click", async () => {
    if (abort) return;
    onAttempt();
    abort = new AbortController();
    outcome.hidden = true;
    past.hidden = true;
    about = { state: store.state };
    busy(true, "Sending…");
    try {
      const said = await deliver(store.state, abort.signal);
      about.refused = said.refused === true;
      announce(drawOutcome(outcome, said));
      sync(store.state);
    } finally {
      abort = undefined;
      busy(false);
    }
  });

  // What was refused here is gone with its reason; what was sent stays, with a word that it was another message.
  function sync(state) {
    if (!about || outcome.hidden) return;
    const changed =
      state.request !== about.state.request ||
      state.source !== about.state.source ||
      state.platform !== about.state.platform;
    if (changed && about.refused) outcome.hidden = true;
    past.hidden = !changed || about.refused;
  }
  store.subscribe(sync);

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
    if (!report.valid) return { ...invalid(report.issues, showFirst), refused: true };
    const { to, what } = describe(state.request);
    const subject = `${what}, to ${to}, at ${new Date().toLocaleTimeString("en", { hour12: false })}`;
    let options;
    try {
      options = await target.prepare(await target.load());
    } catch (error) {
      return problem("Nothing to send to", error);
    }
    try {
      const receipt = await api.send(state.request, {
        ...options,
        platform: state.platform,
        signal,
        onRetry: ({ attempt, delayMs, error }) => {
          tell(
            `Attempt ${attempt} met “${error.kind}”. The next one follows in ${inSeconds(delayMs)}.`,
          );
        },
      });
      return { ...receipted(receipt), subject };
    } catch (error) {
      if (api.isValidationError(error))
        return { ...invalid(error.issues, showFirst), refused: true };
      if (api.isSendError(error)) return { ...failed(error), subject };
      return problem("This should not happen", error);
    }
  }

  return { press: () => button.click() };
}

function inSeconds(milliseconds) {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
