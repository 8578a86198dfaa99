// Formats JSON for readers: short values on one line, long texts and lists truncated with their length.

const WIDTH = 72;
const LONGEST_TEXT = 120;
const SHOWN_OF_TEXT = 40;
const MOST_ITEMS = 4;
const SHOWN_ITEMS = 2;

/** A value as JSON, with a remark where something is truncated; such a text cannot be parsed. */
export function abridged(value, indent = "") {
  if (typeof value === "string" && value.length > LONGEST_TEXT) {
    return `${JSON.stringify(value.slice(0, SHOWN_OF_TEXT)).slice(0, -1)} … (${count(value.length)} characters)"`;
  }
  if (value === null || typeof value !== "object") {
    return JSON.stringify(value);
  }
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const items = Array.isArray(value)
    ? listed(value, deeper)
    : Object.entries(value).map(
        ([name, member]) => `${JSON.stringify(name)}: ${abridged(member, deeper)}`,
      );
  if (items.length === 0) {
    return open + close;
  }
  const line = Array.isArray(value) ? `[${items.join(", ")}]` : `{ ${items.join(", ")} }`;
  return line.length + indent.length <= WIDTH && !line.includes("\n")
    ? line
    : `${open}\n${items.map((item) => deeper + item).join(",\n")}\n${indent}${close}`;
}

function listed(list, indent) {
  const shown = list.length > MOST_ITEMS ? list.slice(0, SHOWN_ITEMS) : list;
  const items = shown.map((item) => abridged(item, indent));
  return shown.length < list.length
    ? [...items, `… ${count(list.length - shown.length)} more`]
    : items;
}

const count = (number) => number.toLocaleString("en");
