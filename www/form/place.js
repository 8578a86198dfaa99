// A place on the form that issues can belong to: a pointer, a list of issues, and the controls that the list describes.
import { errorsFirst, issueItem } from "../check/issue-item.js";
import { h, setAttribute, uid } from "../page/dom.js";

const PLACES = new WeakMap();

/** The pointer of the place that an element stands in; undefined where it is none. */
export function pointerOfElement(element) {
  for (let at = element; at; at = at.parentElement) if (PLACES.has(at)) return PLACES.get(at)();
  return undefined;
}

/** fixesOf(issue): what can be done about it with one click: { label, apply }[]. */
export function createPlace({ pointer, controls, focus, fixesOf }) {
  const list = h("ul", { class: "issues", id: uid("issues"), hidden: true });
  const described = controls.map((control) => [
    control,
    control.getAttribute("aria-describedby") ?? "",
  ]);
  let shown = "[]";
  for (const control of controls) PLACES.set(control, pointer);

  return {
    pointer,
    list,
    focus,
    showIssues(issues) {
      // Redrawing what is there already would make a screen reader lose its place.
      const next = JSON.stringify(issues);
      if (next === shown) return;
      shown = next;
      list.replaceChildren(
        ...errorsFirst(issues).map((issue) => issueItem(issue, fixesOf?.(issue))),
      );
      list.hidden = issues.length === 0;
      const wrong = issues.some((issue) => issue.severity === "error");
      for (const [control, own] of described) {
        setAttribute(
          control,
          "aria-describedby",
          [own, issues.length > 0 && list.id].filter(Boolean).join(" ") || undefined,
        );
        // A group of controls has no such thing as a value, so it cannot be an invalid one.
        if (control.matches("input, select, textarea"))
          setAttribute(control, "aria-invalid", wrong && "true");
        control.classList.toggle("has-error", wrong);
        control.classList.toggle("has-warning", !wrong && issues.length > 0);
      }
    },
  };
}
