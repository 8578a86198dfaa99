// Says whether the message is right, and lists every issue: errors first and apart from warnings, each leading to its field.
import { count, countInWords } from "../model/attribute.js";
import { h } from "./dom.js";
import { errorsFirst, issueItem } from "./issue-item.js";

// A screen reader should hear where the message stands when the typing pauses, not at every letter.
const SPEAK_AFTER_MS = 800;
const NOTHING_WRONG = "Ready to send";
const HEADINGS = { error: "Errors", warning: "Warnings" };

export function createCheckView({ root, announce, retry }) {
  const status = h("p", { class: "status waiting" });
  const jump = h("button", { type: "button", class: "quiet", hidden: true }, "Show the first");
  const again = h("button", { type: "button", class: "quiet", hidden: true, onclick: retry }, "Try again");
  const summary = h("div", { class: "summary", tabindex: "-1", role: "group", "aria-label": "All issues", hidden: true });
  root.append(h("div", { class: "status-line" }, status, jump, again), summary);

  // That nothing is wrong is no news on a page that has just been opened.
  let spoken = NOTHING_WRONG;
  let timer;
  function say(text) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (text !== spoken) announce(text);
      spoken = text;
    }, SPEAK_AFTER_MS);
  }

  let first;
  const showFirst = () => (first ?? summary).focus();
  jump.addEventListener("click", showFirst);

  // The places of the form by issue, renewed with every report; the list itself is redrawn only when it says something
  // else, so that nobody loses their place in it.
  let placeOf = new Map();
  let listed = "";
  function list(issues) {
    const next = JSON.stringify(issues.map((issue) => [issue, placeOf.has(issue)]));
    if (next === listed) return;
    listed = next;
    const groups = Object.keys(HEADINGS).map((severity) => [severity, issues.filter((issue) => issue.severity === severity)]);
    summary.replaceChildren(
      ...groups
        .filter(([, ofThem]) => ofThem.length > 0)
        .map(([severity, ofThem]) =>
          h("section", { class: `summary-group ${severity}` }, h("h3", null, HEADINGS[severity]), h("ul", null, ofThem.map(summaryItem))),
        ),
    );
    summary.hidden = issues.length === 0;
  }

  function summaryItem(issue) {
    if (!placeOf.has(issue)) return issueItem(issue, { place: true });
    const lead = () => [...placeOf].find(([other]) => other.code === issue.code && other.pointer === issue.pointer)?.[1].focus();
    return h(
      "li",
      { class: "summary-item" },
      h("button", { type: "button", class: "lead", onclick: lead }, h("bdi", null, issue.message)),
      h("code", { class: "issue-pointer" }, issue.pointer),
    );
  }

  return {
    showFirst,
    showWaiting() {
      status.className = "status waiting";
      status.textContent = "Loading the rules…";
      again.hidden = true;
    },
    showFailure(error) {
      status.className = "status error";
      status.textContent = `The package did not load, so nothing is checked: ${error.message}`;
      again.hidden = false;
      announce(status.textContent);
    },
    show(report, { byPlace }) {
      const numbers = count(report.issues);
      const words = countInWords(numbers);
      status.className = `status ${numbers.errors > 0 ? "error" : numbers.warnings > 0 ? "warning" : "valid"}`;
      status.textContent = numbers.errors > 0 ? words : numbers.warnings > 0 ? `Can be sent, ${words}` : NOTHING_WRONG;
      again.hidden = true;

      placeOf = new Map([...byPlace].flatMap(([place, issues]) => issues.map((issue) => [issue, place])));
      const [worst] = errorsFirst([...placeOf.keys()]);
      first = placeOf.get(worst);
      jump.hidden = !first;
      list(report.issues);
      const [loudest] = errorsFirst(report.issues);
      say(loudest ? `${status.textContent}. ${loudest.message}` : status.textContent);
    },
  };
}
