// Says whether the message is right, and lists the issues that no field of the form can show.
import { count, countInWords } from "../model/attribute.js";
import { h } from "./dom.js";
import { errorsFirst, issueItem } from "./issue-item.js";

// A screen reader should hear where the message stands when the typing pauses, not at every letter.
const SPEAK_AFTER_MS = 800;

export function createCheckView({ root, announce, retry }) {
  const status = h("p", { class: "status waiting" });
  const jump = h("button", { type: "button", class: "quiet", hidden: true }, "Show the first");
  const list = h("ul", { class: "issues loose", tabindex: "-1", "aria-label": "Issues that no field shows", hidden: true });
  const again = h("button", { type: "button", class: "quiet", hidden: true, onclick: retry }, "Try again");
  root.append(h("div", { class: "status-line" }, status, jump, again), list);

  let spoken;
  let timer;
  function say(text) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (text !== spoken && spoken !== undefined) announce(text);
      spoken = text;
    }, SPEAK_AFTER_MS);
  }

  let first;
  const showFirst = () => (first ?? list).focus();
  jump.addEventListener("click", showFirst);

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
    show(report, { byPlace, loose }) {
      const numbers = count(report.issues);
      const words = countInWords(numbers);
      status.className = `status ${numbers.errors > 0 ? "error" : numbers.warnings > 0 ? "warning" : "valid"}`;
      status.textContent = numbers.errors > 0 ? words : numbers.warnings > 0 ? `Can be sent, ${words}` : "Nothing to mend";
      say(status.textContent);
      again.hidden = true;

      const atFields = [...byPlace].filter(([, issues]) => issues.length > 0);
      first = (atFields.find(([, issues]) => count(issues).errors > 0) ?? atFields[0])?.[0];
      jump.hidden = !first;

      list.replaceChildren(...errorsFirst(loose).map((issue) => issueItem(issue, { place: true })));
      list.hidden = loose.length === 0;
    },
  };
}
