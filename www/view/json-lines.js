// Prints JSON line by line, each with the pointer of what stands there, and each piece with its kind.
import { format } from "../model/pointer.js";

export function jsonLines(value) {
  const lines = [];
  print(value, [], 0, [], "");
  return lines;

  function push(depth, path, ...pieces) {
    lines.push({ depth, pointer: format(path), pieces: pieces.filter(([, text]) => text !== "") });
  }

  function print(at, path, depth, lead, comma) {
    if (at === null || typeof at !== "object") {
      push(depth, path, ...lead, [kindOf(at), JSON.stringify(at)], ["mark", comma]);
      return;
    }
    const [open, close] = Array.isArray(at) ? ["[", "]"] : ["{", "}"];
    const entries = Array.isArray(at) ? at.map((item, index) => [index, item]) : Object.entries(at).filter(([, item]) => item !== undefined);
    if (entries.length === 0) {
      push(depth, path, ...lead, ["mark", open + close + comma]);
      return;
    }
    push(depth, path, ...lead, ["mark", open]);
    entries.forEach(([key, item], n) => {
      const name = Array.isArray(at) ? [] : [["name", JSON.stringify(key)], ["mark", ": "]];
      print(item, [...path, key], depth + 1, name, n < entries.length - 1 ? "," : "");
    });
    push(depth, path, ["mark", close + comma]);
  }
}

function kindOf(value) {
  return value === null ? "null" : typeof value;
}
