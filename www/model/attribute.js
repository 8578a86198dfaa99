// Gives each issue to the place on the form that it is about: the deepest one whose pointer leads to the issue's.
import { contains } from "./pointer.js";

export function attribute(issues, places) {
  const byPlace = new Map(places.map((place) => [place, []]));
  const loose = [];
  for (const issue of issues) {
    let best;
    for (const place of places) {
      if (!contains(place.pointer(), issue.pointer)) continue;
      if (!best || place.pointer().length > best.pointer().length) best = place;
    }
    (best ? byPlace.get(best) : loose).push(issue);
  }
  return { byPlace, loose };
}

export function count(issues) {
  const errors = issues.filter((issue) => issue.severity === "error").length;
  return { errors, warnings: issues.length - errors };
}

// "2 errors, 1 warning", or "" when there is nothing to say.
export function countInWords({ errors, warnings }) {
  return [plural(errors, "error"), plural(warnings, "warning")].filter(Boolean).join(", ");
}

function plural(n, word) {
  if (n === 0) return "";
  return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
}
