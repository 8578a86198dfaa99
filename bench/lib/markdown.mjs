// Formats tables and numbers for docs/benchmarks.md.

/** A table; the first column is text, the others are numbers. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    line(head.map((_, index) => (index === 0 ? "---" : "---:"))),
    ...rows.map(line),
  ].join("\n");
}

/** Three digits are all that a shared machine can provide. */
export function digits(number) {
  if (!Number.isFinite(number)) {
    return "-";
  }
  return number >= 100
    ? Math.round(number).toLocaleString("en")
    : number.toPrecision(number < 1 ? 2 : 3);
}

/** A ratio, as 0.58 or 1.05. */
export const times = (number) => (Number.isFinite(number) ? number.toFixed(2) : "-");

/** Bytes with their thousands parted. */
export const bytes = (number) => number.toLocaleString("en");
