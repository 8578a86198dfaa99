// {{names}} in the texts of a message, which a table's columns or a person fill in.
const PLACEHOLDER = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** The value with every {{name}} replaced that `words`, a Map, knows. */
export function fill(value, words) {
  if (typeof value === "string")
    return value.replaceAll(PLACEHOLDER, (all, name) => (words.has(name) ? words.get(name) : all));
  if (Array.isArray(value)) return value.map((item) => fill(item, words));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item, words)]));
}

/** The names in a value, each once. */
export function placeholdersIn(value) {
  return [
    ...new Set(Array.from((JSON.stringify(value) ?? "").matchAll(PLACEHOLDER), ([, name]) => name)),
  ];
}
