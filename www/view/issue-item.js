// One issue, as every list of issues shows it.
import { h, link } from "./dom.js";

const NAMES = { error: "Error", warning: "Warning" };

export function issueItem(issue, { place = false } = {}) {
  return h(
    "li",
    { class: `issue ${issue.severity}` },
    h("p", { class: "issue-message" }, h("strong", { class: "issue-severity" }, `${NAMES[issue.severity]}: `), h("bdi", null, issue.message)),
    h(
      "p",
      { class: "issue-meta" },
      h("code", { class: "issue-code" }, issue.code),
      place && h("code", { class: "issue-pointer" }, issue.pointer === "" ? "(the whole request)" : issue.pointer),
      link(issue.docs, "Docs", h("span", { class: "visually-hidden" }, ` on ${issue.code} (new tab)`)),
    ),
  );
}

// Errors before warnings, otherwise in the package's order.
export function errorsFirst(issues) {
  return [...issues.filter((issue) => issue.severity === "error"), ...issues.filter((issue) => issue.severity !== "error")];
}
