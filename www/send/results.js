// What became of many messages, as a file: one line for each, in the order that they were given in.
import { objectIn, textIn } from "../model/values.js";

const COLUMNS = [
  "line",
  "recipient",
  "status",
  "message_id",
  "kind",
  "delivery",
  "code",
  "message",
  "hint",
];

/** One line of the file. item: what was read ({ line, request, problem, code }); result: what sendAll said of it, if anything. */
export function rowOf({ line, request, problem, code }, result) {
  const { receipt, error } = result ?? {};
  return {
    line,
    recipient:
      Object.values(objectIn(objectIn(request).recipient))
        .map(textIn)
        .find(Boolean) ?? "",
    status: result?.status ?? "not_sent",
    message_id: receipt?.message_id ?? "",
    kind: error?.kind ?? (error?.issues ? "validation" : ""),
    delivery: error?.delivery ?? "",
    code:
      error?.code ??
      error?.issues?.find(({ severity }) => severity === "error")?.code ??
      code ??
      "",
    message: problem ?? error?.message ?? "",
    hint: error?.hint ?? "",
  };
}

export function toCsv(rows) {
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))]
    .map((cells) => `${cells.map(cell).join(",")}\r\n`)
    .join("");
}

export function toJsonLines(rows) {
  return rows
    .map(
      (row) =>
        `${JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== "")))}\n`,
    )
    .join("");
}

function cell(value) {
  const text = String(value);
  // A spreadsheet takes what begins like this for a formula, and runs it.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
