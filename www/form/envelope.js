// To whom and why: one line, which opens. The content of the message is what people come for.
import { objectIn, textIn } from "../model/values.js";
import { h, uid } from "../page/dom.js";

const HELD = new Set([
  "recipient",
  "messaging_type",
  "tag",
  "notification_type",
  "reply_to",
  "persona_id",
  "metadata",
  "thread_control",
  "folder",
  "page",
  "platform",
  "access_token",
  "suggestion_action",
]);

export function createEnvelope() {
  const id = uid("envelope");
  const summary = h("span", { class: "envelope-summary", dir: "auto" });
  const badge = h("span", { class: "badge", hidden: true });
  const button = h(
    "button",
    {
      type: "button",
      class: "envelope-line",
      "aria-expanded": "false",
      "aria-controls": id,
      onclick: () => toggle(),
    },
    h("span", { class: "chevron", "aria-hidden": "true" }),
    summary,
    badge,
  );
  const fields = h("div", { class: "fields" });
  const additions = h("div", {
    class: "additions",
    role: "group",
    "aria-label": "Members to add to the envelope",
  });
  const body = h("div", { class: "envelope-body object", id, hidden: true }, fields, additions);

  function toggle(open = body.hidden) {
    body.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  return {
    element: h("div", { class: "envelope" }, button, body),
    fields,
    additions,
    holds: (name) => HELD.has(name),
    open: () => toggle(true),
    sync(request, { badges }) {
      summary.textContent = [
        `To ${recipientOf(request)}`,
        textIn(request.messaging_type),
        textIn(request.tag),
        textIn(objectIn(request.reply_to).mid) && "a reply",
      ]
        .filter(Boolean)
        .join(" · ");
      const severity = [...HELD].map((name) => badges.get(`/${name}`)).find(Boolean);
      badge.hidden = severity === undefined;
      badge.className = `badge ${severity ?? ""}`;
      badge.textContent = severity ?? "";
    },
  };
}

function recipientOf({ recipient }) {
  const [[name, value] = []] = Object.entries(objectIn(recipient));
  const text = textIn(value) || "nobody yet";
  return name === undefined || name === "id" ? text : `${name} ${text}`;
}
