// Looks over a text that is JSON or means to be: its pieces for colouring, and where each value stands. It never gives up: people look
// at broken texts more than at whole ones. Reading them is left to JSON.parse and to the package.
import { format } from "../model/pointer.js";

const PIECE = /("(?:[^"\\\n]|\\[^\n])*"?)|(-?\d[\w.+-]*)|(true|false|null)\b|([{}[\]])|([:,])|(\s+)|([^\s"{}[\]:,]+)/gy;
const KINDS = ["string", "number", "word", "bracket", "mark", "space", "other"];

/** @returns {{ pieces: { kind: string, start: number, end: number }[], starts: Map<string, number> }} starts: by JSON pointer */
export function scan(text) {
  const pieces = [];
  const starts = new Map();
  const open = [];
  PIECE.lastIndex = 0;
  for (let found = PIECE.exec(text); found !== null; found = PIECE.exec(text)) {
    const [piece] = found;
    const kind = KINDS[found.slice(1).findIndex((one) => one !== undefined)];
    const start = found.index;
    const inside = open.at(-1);
    const isName = kind === "string" && inside?.list === false && inside.name === undefined;
    pieces.push({ kind: isName ? "name" : kind, start, end: start + piece.length });
    if (kind === "space") continue;
    if (isName) {
      inside.name = unquoted(piece);
      inside.nameAt = start;
    } else if (piece === "," && inside) {
      if (inside.list) inside.index += 1;
      else inside.name = undefined;
    } else if (piece === "}" || piece === "]") {
      open.pop();
    } else if (kind !== "mark") {
      // A member begins with its name.
      starts.set(pointerOf(open), inside?.nameAt ?? start);
      if (piece === "{" || piece === "[") open.push({ list: piece === "[", index: 0, name: undefined, nameAt: undefined });
    }
  }
  return { pieces, starts };
}

/** Where a pointer stands; a member that is missing stands where its object begins. */
export function startOf(starts, pointer) {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    if (starts.has(at) || at === "") return starts.get(at) ?? 0;
  }
}

/** The number of the line that a place is on, from 0. */
export function lineAt(text, offset) {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

function pointerOf(open) {
  return format(open.map(({ list, index, name }) => (list ? index : (name ?? ""))));
}

function unquoted(piece) {
  try {
    return JSON.parse(piece);
  } catch {
    return piece.slice(1);
  }
}
