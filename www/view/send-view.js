// Sends the request to the local Graph and shows what became of it. What it says of an error is what the error says of itself.
import { countInWords, count } from "../model/attribute.js";
import { loadGraph } from "../model/graph.js";
import { h } from "./dom.js";

const DELIVERY = {
  not_sent: "It was not sent.",
  rejected: "It was refused: the person did not get it.",
  unknown: "Nobody knows: the person may have got it.",
};

export function createSendView({ root, store, checker, announce, showFirst }) {
  const button = h("button", { type: "button", class: "primary" }, "Send to the local Graph");
  const cancel = h("button", { type: "button", class: "quiet", hidden: true }, "Cancel");
  const progress = h("p", { class: "progress", hidden: true });
  const outcome = h("div", { class: "outcome", hidden: true });
  root.append(
    h("p", { class: "note" }, "A stand-in for graph.facebook.com on this machine answers: nobody gets a message."),
    h("div", { class: "send-buttons" }, button, cancel),
    progress,
    outcome,
  );

  let abort;
  cancel.addEventListener("click", () => abort?.abort());
  button.addEventListener("click", async () => {
    if (abort) return;
    abort = new AbortController();
    const { request, platform } = store.state;
    outcome.hidden = true;
    busy(true, "Sending…");
    try {
      show(await deliver(request, platform, abort.signal));
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

  async function deliver(request, platform, signal) {
    let api;
    try {
      api = await checker.load();
    } catch (error) {
      return problem("The package did not load", error);
    }
    let target;
    try {
      target = await loadGraph();
    } catch (error) {
      return {
        kind: "bad",
        title: "Nothing to send to",
        text: ["This page was served without a Graph. Start both with “npm start”; composing and checking work all the same.", error.message],
      };
    }
    try {
      const receipt = await api.send(request, {
        platform,
        signal,
        baseUrl: target.graph,
        accessToken: target.token,
        onRetry: ({ attempt, delayMs, error }) => {
          tell(`Attempt ${attempt} met “${error.kind}”. The next one follows in ${inSeconds(delayMs)}.`);
        },
      });
      return receipted(receipt);
    } catch (error) {
      if (api.isValidationError(error)) return invalid(error);
      if (api.isSendError(error)) return failed(error);
      return problem("This should not happen", error);
    }
  }

  function show({ kind, title, text, facts = [], action }) {
    outcome.className = `outcome ${kind}`;
    outcome.replaceChildren(
      h("h3", null, title),
      ...text.filter(Boolean).map((line) => h("p", { dir: "auto" }, line)),
      ...(facts.length > 0 ? [h("dl", null, facts.map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, h("bdi", null, value)))))] : []),
      ...(action ? [action] : []),
    );
    outcome.hidden = false;
    announce([title, ...text.filter(Boolean)].join(" "));
  }

  function receipted(receipt) {
    return { kind: "good", title: "Sent", text: [], facts: factsOf(receipt, ["message_id", "recipient_id", "attachment_id", "attempts", "usage"]) };
  }

  function failed(error) {
    return {
      kind: error.delivery === "unknown" ? "unsure" : "bad",
      title: `${error.delivery === "unknown" ? "Not confirmed" : "Not delivered"}: ${error.kind}`,
      text: [DELIVERY[error.delivery], error.hint],
      facts: [
        ["message", error.message],
        ...factsOf(error, [
          "kind",
          "delivery",
          "attempts",
          "retryable",
          "retryAfterMs",
          "status",
          "code",
          "subcode",
          "type",
          "isTransient",
          "userTitle",
          "userMessage",
          "fbtraceId",
          "data",
          "usage",
        ]),
      ],
    };
  }

  function invalid(error) {
    return {
      kind: "bad",
      title: "Not sent: the message is not right yet",
      text: [`The package refused it before any request: ${countInWords(count(error.issues))}.`],
      action: h("button", { type: "button", class: "quiet", onclick: showFirst }, "Show the first"),
    };
  }

  function problem(title, error) {
    return { kind: "bad", title, text: [String(error?.message ?? error)] };
  }
}

function factsOf(source, names) {
  return names
    .filter((name) => source[name] !== undefined && source[name] !== null)
    .map((name) => [name, typeof source[name] === "object" ? JSON.stringify(source[name]) : String(source[name])]);
}

function inSeconds(milliseconds) {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
