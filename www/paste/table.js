// Reads a table (CSV, also with semicolons or tabs) as many requests: one column says who, others say what. A column whose name is not
// known to the request fills {{its name}} wherever that stands in the message.
import { fill, placeholdersIn } from "../model/placeholders.js";
import { set } from "../model/pointer.js";

const RECIPIENT = new Set([
  "to",
  "id",
  "psid",
  "igsid",
  "recipient",
  "recipient_id",
  "recipient.id",
]);
const TEXT = new Set(["text", "message", "message.text"]);
const TOP = new Set(["messaging_type", "tag", "notification_type", "persona_id", "sender_action"]);

/** Whether the first line looks like a head with a column of recipients. */
export function isTable(text) {
  const [head = ""] = text.trimStart().split("\n", 1);
  if (/[{}]/.test(head) || !text.trim().includes("\n")) return false;
  const names = rowsOf(head, separatorOf(head))[0] ?? [];
  return names.some((name) => RECIPIENT.has(normal(name)));
}

/** The requests: [{ line, request, empty? } or { line, problem }], empty: the columns that the message needs and this row leaves empty. `base` is the message where the table itself brings none. */
export function readTable(text, base) {
  const separator = separatorOf(text.trimStart().split("\n", 1)[0]);
  const [head = [], ...rows] = rowsOf(text.trim(), separator);
  const columns = head.map((name) => ({ name: name.trim(), pointer: pointerOf(normal(name)) }));
  const needed = new Set(placeholdersIn(base));
  const ownMessage = columns.some(
    ({ pointer }) => pointer?.startsWith("/message") || pointer === "/sender_action",
  );
  return rows.map((row, n) => {
    if (row.length > columns.length)
      return { line: n + 2, problem: `${row.length} cells, but ${columns.length} columns` };
    const request = requestOf(row, columns, ownMessage ? { messaging_type: "RESPONSE" } : base);
    const empty = ownMessage
      ? []
      : columns
          .map(({ name }) => name)
          .filter((name, at) => needed.has(name) && (row[at] ?? "").trim() === "");
    return { line: n + 2, request, ...(empty.length > 0 && { empty }) };
  });
}

function requestOf(row, columns, base) {
  const words = new Map(columns.map(({ name }, at) => [name, row[at] ?? ""]));
  let request = fill(base, words);
  columns.forEach(({ pointer }, at) => {
    const cell = row[at] ?? "";
    if (pointer === "/recipient") request = { ...request, recipient: { id: cell.trim() } };
    else if (pointer !== undefined && cell !== "") request = set(request, pointer, cell);
  });
  return request;
}

const normal = (name) => name.trim().toLowerCase().replaceAll(" ", "_");

function pointerOf(name) {
  if (RECIPIENT.has(name)) return "/recipient";
  if (TEXT.has(name)) return "/message/text";
  if (TOP.has(name)) return `/${name}`;
  return /^(message|recipient)\./.test(name) ? `/${name.replaceAll(".", "/")}` : undefined;
}

function separatorOf(head) {
  const counts = [",", ";", "\t"].map((letter) => [letter, head.split(letter).length]);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

// RFC 4180: cells in double quotes may hold separators, line breaks and doubled quotes.
function rowsOf(text, separator) {
  const rows = [[]];
  let cell = "";
  let inQuotes = false;
  for (let at = 0; at <= text.length; at += 1) {
    const letter = text[at];
    if (inQuotes && letter !== undefined) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') {
        cell += letter;
        at += 1;
      } else inQuotes = false;
    } else if (letter === '"' && cell.trim() === "") {
      inQuotes = true;
      cell = "";
    } else if (letter === separator || letter === "\n" || letter === undefined) {
      rows.at(-1).push(cell.replace(/\r$/, ""));
      cell = "";
      if (letter === "\n") rows.push([]);
    } else {
      cell += letter;
    }
  }
  return rows.filter((row) => row.some((one) => one.trim() !== ""));
}
