// What the check says: one line, and the list of issues, errors apart from warnings. Each leads to its field and to its line in the JSON.
import { count, countInWords } from "../model/attribute.js";
import { h } from "../page/dom.js";
import { docsOf, errorsFirst, fixButtons } from "./issue-item.js";

// A screen reader hears what changed once the typing pauses.
const SPEAK_AFTER_MS = 700;
const NOTHING_WRONG = "Ready to send";
const HEADINGS = { error: "Errors", warning: "Warnings" };
// A list of a thousand helps nobody, and the package counts them all.
const MOST_LISTED = 100;

// lead(issue): goes to its field; leadToLine(issue): goes to its line, which lineOf(issue) numbers; fixesOf(issue): see fixes.js.
export function createCheckView({ root, announce, retry, lead, leadToLine, lineOf, fixesOf }) {
  const status = h("p", { class: "status" });
  const jump = h("button", { type: "button", class: "quiet", hidden: true }, "Show the first");
  const again = h(
    "button",
    { type: "button", class: "quiet", hidden: true, onclick: retry },
    "Try again",
  );
  const summary = h("div", { class: "summary", tabindex: "-1", hidden: true });
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

  let worst;
  const showFirst = () => (worst ? lead(worst) : summary.focus());
  jump.addEventListener("click", showFirst);

  // Redrawn only when it says something else, so that nobody loses their place in it.
  let listed = "[]";
  function list(issues) {
    const next = JSON.stringify(issues.map((issue) => [issue, lineOf(issue)]));
    if (next === listed) return;
    listed = next;
    const groups = Object.keys(HEADINGS).map((severity) => [
      severity,
      issues.filter((issue) => issue.severity === severity),
    ]);
    summary.replaceChildren(
      ...groups
        .filter(([, ofThem]) => ofThem.length > 0)
        .map(([severity, ofThem]) =>
          h(
            "section",
            { class: `summary-group ${severity}` },
            h("h3", null, HEADINGS[severity]),
            h("ul", null, ofThem.slice(0, MOST_LISTED).map(summaryItem)),
            ofThem.length > MOST_LISTED &&
              h("p", { class: "hint" }, `and ${ofThem.length - MOST_LISTED} more`),
          ),
        ),
    );
    summary.hidden = issues.length === 0;
  }

  function summaryItem(issue) {
    const bound =
      issue.limit !== undefined &&
      issue.actual !== undefined &&
      `${issue.actual.toLocaleString("en")} of ${issue.limit.toLocaleString("en")} ${issue.unit ?? ""}`;
    return h(
      "li",
      { class: "summary-item" },
      h(
        "button",
        { type: "button", class: "lead", onclick: () => lead(issue) },
        h("bdi", null, issue.message),
      ),
      fixButtons(fixesOf(issue)),
      h(
        "p",
        { class: "issue-meta" },
        h("code", { class: "issue-code" }, issue.code),
        h(
          "code",
          { class: "issue-pointer" },
          issue.pointer === "" ? "(the whole request)" : issue.pointer,
        ),
        bound && h("span", { class: "issue-bound" }, bound.trim()),
        h(
          "button",
          {
            type: "button",
            class: "plain",
            "aria-label": `Line ${lineOf(issue)} of the JSON: ${issue.code}`,
            onclick: () => leadToLine(issue),
          },
          `line ${lineOf(issue)}`,
        ),
        docsOf(issue),
      ),
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
      status.textContent = `The package did not load, so nothing is checked: ${reasonOf(error)}`;
      again.hidden = false;
      announce(status.textContent);
    },
    // begun: issues of what was only just added, which nobody has filled in yet.
    show(report, begun = []) {
      const told = report.issues.filter((issue) => !begun.includes(issue));
      if (told.length === 0 && begun.length > 0) {
        status.className = "status waiting";
        status.textContent = "Something is still to be filled in";
        again.hidden = true;
        worst = begun[0];
        jump.hidden = false;
        list([]);
        return;
      }
      const numbers = count(told);
      const words = countInWords(numbers);
      status.className = `status ${numbers.errors > 0 ? "error" : numbers.warnings > 0 ? "warning" : "valid"}`;
      status.textContent =
        numbers.errors > 0 ? words : numbers.warnings > 0 ? `Can be sent, ${words}` : NOTHING_WRONG;
      again.hidden = true;
      [worst] = errorsFirst(told);
      jump.hidden = !worst;
      list(told);
      say(worst ? `${status.textContent}. ${worst.message}` : status.textContent);
    },
  };
}

// A policy that forbids the module says so in words that only its author knows.
function reasonOf({ message }) {
  return /wasm|WebAssembly|unsafe-eval/i.test(message) && /Security|policy|unsafe/i.test(message)
    ? "the Content-Security-Policy of this host forbids WebAssembly. It has to allow 'wasm-unsafe-eval' in script-src."
    : message;
}
