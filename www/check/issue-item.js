// One issue, as the fields show it.
import { h, link } from "../page/dom.js";

const NAMES = { error: "Error", warning: "Warning" };

export function issueItem(issue, fixes = []) {
  return h(
    "li",
    { class: `issue ${issue.severity}` },
    h(
      "p",
      { class: "issue-message" },
      h("strong", { class: "issue-severity" }, `${NAMES[issue.severity]}: `),
      h("bdi", null, issue.message),
    ),
    fixButtons(fixes),
    h("p", { class: "issue-meta" }, h("code", { class: "issue-code" }, issue.code), docsOf(issue)),
  );
}

export function fixButtons(fixes) {
  return fixes.length === 0
    ? undefined
    : h(
        "div",
        { class: "fixes" },
        fixes.map(({ label, apply }) =>
          h("button", { type: "button", class: "fix", onclick: apply }, label),
        ),
      );
}

/** A link to the page that says so. */
export function docsOf(issue) {
  return link(
    issue.docs,
    "Docs",
    h("span", { class: "visually-hidden" }, ` on ${issue.code} (new tab)`),
  );
}

// Errors before warnings, otherwise in the package's order.
export function errorsFirst(issues) {
  return [
    ...issues.filter((issue) => issue.severity === "error"),
    ...issues.filter((issue) => issue.severity !== "error"),
  ];
}
