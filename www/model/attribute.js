// Gives each issue to the place on the form that it is about: the deepest one whose pointer leads to the issue's. What a form without
// any place says nothing about stands in the list of issues all the same.

export function attribute(issues, places) {
  const byPointer = new Map(places.map((place) => [place.pointer(), place]));
  const byPlace = new Map(places.map((place) => [place, []]));
  for (const issue of issues) {
    byPlace.get(deepest(byPointer, issue.pointer))?.push(issue);
  }
  return byPlace;
}

function deepest(byPointer, pointer) {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const place = byPointer.get(at);
    if (place || at === "") return place;
  }
}

export function count(issues) {
  const errors = issues.filter((issue) => issue.severity === "error").length;
  return { errors, warnings: issues.length - errors };
}

// "2 errors, 1 warning", or "" when there is nothing to say.
export function countInWords({ errors, warnings }) {
  return [plural(errors, "error"), plural(warnings, "warning")].filter(Boolean).join(", ");
}

export function plural(n, word) {
  if (n === 0) return "";
  return `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;
}
