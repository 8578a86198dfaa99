// Reads what people write instead of JSON: single or curly quotes, names and words without quotes, <PLACEHOLDERS>, comments, missing
// or trailing commas, Python's True, False and None. Documentation and chats are full of it.

const QUOTES = { '"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "’": "’", "`": "`" };
const WORDS = { true: true, false: false, null: null, True: true, False: false, None: null, undefined: null };
const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const MOST_DEPTH = 128;

/** The value that begins at `from`, and where it ends. Throws a SyntaxError where there is none. */
export function readLenient(text, from = 0) {
  let at = from;
  const value = read(0);
  return { value, end: at };

  function fail(what) {
    throw new SyntaxError(`${what} at character ${at + 1}`);
  }

  function skip() {
    const space = /(?:[\s\u00A0\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*|\\\r?\n)+/y;
    space.lastIndex = at;
    if (space.test(text)) at = space.lastIndex;
  }

  function read(depth) {
    if (depth > MOST_DEPTH) fail("Nested too deep");
    skip();
    if (text[at] === "{") return object(depth);
    if (text[at] === "[") return list(depth);
    if (Object.hasOwn(QUOTES, text[at] ?? "")) return quoted();
    return word();
  }

  function object(depth) {
    const all = {};
    at += 1;
    for (;;) {
      if (ends("}")) return all;
      const name = Object.hasOwn(QUOTES, text[at]) ? quoted() : bare(/[^\s:,{}[\]"']+/y);
      skip();
      if (text[at] !== ":") fail(`No colon after ${JSON.stringify(name)}`);
      at += 1;
      Object.defineProperty(all, name, { value: read(depth + 1), enumerable: true, configurable: true, writable: true });
    }
  }

  function list(depth) {
    const all = [];
    at += 1;
    for (;;) {
      if (ends("]")) return all;
      all.push(read(depth + 1));
    }
  }

  // Whether the object or list ends here. Commas, also missing ones and too many, and ellipses are passed over.
  function ends(close) {
    for (;;) {
      skip();
      if (text[at] === ",") at += 1;
      else if (text.startsWith("...", at)) at += 3;
      else if (text[at] === "…") at += 1;
      else break;
    }
    if (at >= text.length) fail(`No ${close}`);
    if (text[at] !== close) return false;
    at += 1;
    return true;
  }

  function quoted() {
    const open = text[at];
    const close = QUOTES[open];
    let all = "";
    for (at += 1; at < text.length; at += 1) {
      const letter = text[at];
      if (letter === close && closes(close)) {
        at += 1;
        return all;
      }
      if (letter !== "\\") {
        all += letter;
        continue;
      }
      at += 1;
      const hex = /u([0-9a-fA-F]{4})/y;
      hex.lastIndex = at;
      const code = hex.exec(text)?.[1];
      all += code === undefined ? (ESCAPES[text[at]] ?? text[at] ?? "") : String.fromCharCode(Number.parseInt(code, 16));
      if (code !== undefined) at += 4;
    }
    return fail("A quote is not closed");
  }

  // An apostrophe inside a word ('don't') closes nothing.
  function closes(close) {
    return close !== "'" || !/^[\p{L}\p{N}]/u.test(text.slice(at + 1, at + 3)) || !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at));
  }

  function word() {
    const all = bare(/<[^<>\n]*>|[^\s,:{}[\]"'][^,{}[\]\n]*/y);
    if (Object.hasOwn(WORDS, all)) return WORDS[all];
    return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(all) && Number.isFinite(Number(all)) ? Number(all) : all;
  }

  function bare(pattern) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? fail("No value");
    at = pattern.lastIndex;
    return found.trim();
  }
}
