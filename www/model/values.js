// Small questions about JSON values. Everything on the page may be of another type than it should: people paste what they have.
export function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

// The value as an object, a list or a text, or an empty one where it is none: for those who only show it.
export const objectIn = (value) => (isObject(value) ? value : {});
export const listIn = (value) => (Array.isArray(value) ? value : []);
export const textIn = (value) =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";

// The package reads no deeper, and neither does anything here.
const MOST_DEPTH = 128;

/** Whether a text that may be JSON is nested deeper than anything here wants to follow. */
export function isTooDeep(text) {
  let depth = 0;
  for (const [bracket] of text.matchAll(/"(?:[^"\\]|\\[\s\S]?)*"?|[{}[\]]/g)) {
    if (bracket === "{" || bracket === "[") depth += 1;
    else if (bracket === "}" || bracket === "]") depth -= 1;
    if (depth > MOST_DEPTH) return true;
  }
  return false;
}
