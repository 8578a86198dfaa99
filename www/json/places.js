// Finds where each value stands in a text that is JSON or means to be. It never gives up: people look at broken texts more than at
// whole ones. Reading them is left to JSON.parse and to the package.
import { format } from "../model/pointer.js";

const PIECE = /("(?:[^"\\\n]|\\[^\n])*"?)|([{}[\]])|([:,])|(\s+)|([^\s"{}[\]:,]+)/gy;

/**
 * Reads up to `until`.
 * @returns {{ places: Map<string, { from: number, to: number }>, open: object[], piece?: { kind: string, from: number, to: number } }}
 *   places: by JSON pointer, a member from its name on; open: the objects and lists around `until`; piece: what `until` stands in
 */
export function scan(text, until = text.length) {
  const places = new Map();
  const open = [];
  let piece;
  const close = (pointer, to) => {
    const place = places.get(pointer);
    if (place) place.to = to;
  };
  PIECE.lastIndex = 0;
  for (let found = PIECE.exec(text); found !== null; found = PIECE.exec(text)) {
    const from = found.index;
    const to = PIECE.lastIndex;
    if (from >= until) break;
    const [all, string, bracket, mark, space] = found;
    const inside = open.at(-1);
    const isName = string !== undefined && inside?.list === false && inside.name === undefined;
    if (to >= until && space === undefined) {
      piece = { kind: isName ? "name" : bracket || mark ? "mark" : "value", from, to };
      if (piece.kind !== "mark") break;
    }
    if (space !== undefined) continue;
    if (isName) {
      inside.name = unquoted(all);
      inside.nameAt = from;
      inside.names.push(inside.name);
    } else if (all === "," && inside) {
      if (inside.list) inside.index += 1;
      else inside.name = undefined;
    } else if (all === ":" && inside && !inside.list) {
      inside.colon = true;
    } else if (all === "}" || all === "]") {
      open.pop();
      close(pointerOf(open), to);
    } else if (mark === undefined) {
      places.set(pointerOf(open), { from: inside?.nameAt ?? from, to });
      if (bracket !== undefined)
        open.push({
          list: all === "[",
          index: 0,
          name: undefined,
          nameAt: undefined,
          names: [],
          at: from,
        });
    }
  }
  return { places, open, piece };
}

/** Where a pointer stands; a member that is missing stands where its object begins. */
export function placeOf(places, pointer) {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    if (places.has(at) || at === "") return places.get(at) ?? { from: 0, to: 0 };
  }
}

/** The pointer of the deepest value that an offset stands in. */
export function pointerAt(places, offset) {
  let best = "";
  for (const [pointer, { from, to }] of places)
    if (from <= offset && offset <= to && pointer.length >= best.length) best = pointer;
  return best;
}

/** The number of the line that a place is on, from 0. */
export function lineAt(text, offset) {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1))
    line += 1;
  return line;
}

/** The offset that a sentence of the package names ("at line 3, column 7"); undefined where it names none. */
export function namedPlace(text, message) {
  const [, line, column] = /\bline (\d+), column (\d+)/.exec(message) ?? [];
  if (line === undefined) return undefined;
  let start = 0;
  for (let n = 1; n < Number(line); n += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) break;
    start = end + 1;
  }
  // Columns count characters, offsets count UTF-16 units.
  let offset = start;
  for (let n = 1; n < Number(column) && offset < text.length; n += 1)
    offset += text.codePointAt(offset) > 0xffff ? 2 : 1;
  return Math.min(offset, text.length);
}

export function pointerOf(open) {
  return format(open.map(({ list, index, name }) => (list ? index : (name ?? ""))));
}

function unquoted(piece) {
  try {
    return JSON.parse(piece);
  } catch {
    return piece.slice(1);
  }
}
