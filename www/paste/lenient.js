// Reads what people write instead of JSON: single or curly quotes, names and words without quotes, comments, missing or trailing commas,
// Python's True, False and None. Documentation and chats are full of it. Variables (names, <PLACEHOLDERS>, `${names}` in templates, f-strings)
// become {{name}}, for whoever asks for their values.

const QUOTES = { '"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "’": "’", "`": "`" };
const WORDS = { true: true, false: false, null: null, True: true, False: false, None: null, undefined: null };
const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const MOST_DEPTH = 128;
// Members whose values are words of the API: one that stands without quotes is the word, no variable.
const OF_WORDS = /^(?:(?:messaging_|content_|template_|media_|notification_)?type|tag|sender_action|reaction|platform|locale|currency)$/;
const VARIABLE = /^[A-Za-z_$][\w$]*(?:\??\.[\w$]+|\[\w+\]|\(\))*$/;

/** The value that begins at `from`, where it ends, and the names of its variables. Throws a SyntaxError where there is none. */
export function readLenient(text, from = 0) {
  let at = from;
  const variables = new Set();
  const value = read(0);
  return { value, end: at, variables: [...variables] };

  function variable(name) {
    const short = name.replaceAll(/[()]/g, "");
    variables.add(short);
    return `{{${short}}}`;
  }

  function fail(what) {
    throw new SyntaxError(`${what} at character ${at + 1}`);
  }

  function skip() {
    const space = /(?:[\s\u00A0\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*|\\\r?\n)+/y;
    space.lastIndex = at;
    if (space.test(text)) at = space.lastIndex;
  }

  function read(depth, name) {
    if (depth > MOST_DEPTH) fail("Nested too deep");
    skip();
    if (text[at] === "{") return object(depth);
    if (text[at] === "[") return list(depth);
    return isQuoted() || isSum() ? joined() : word(name);
  }

  // Texts that are put together of several: "Hello " + name.
  function joined() {
    let all = term();
    for (;;) {
      const before = at;
      skip();
      if (text[at] !== "+") {
        at = before;
        return all;
      }
      at += 1;
      skip();
      all += term();
    }
  }

  function term() {
    return isQuoted() ? quoted() : variable(bare(/[\w$](?:[\w$?.]|\[\w+\]|\(\))*/y));
  }

  function isSum() {
    const name = /[A-Za-z_$](?:[\w$?.]|\[\w+\]|\(\))*\s*\+\s*["'`]/y;
    name.lastIndex = at;
    return name.test(text);
  }

  function isQuoted() {
    return Object.hasOwn(QUOTES, text[at] ?? "") || /^[fFrRbBuU]["']/.test(text.slice(at, at + 2));
  }

  function object(depth) {
    const all = {};
    at += 1;
    for (;;) {
      if (ends("}")) return all;
      const isBare = !Object.hasOwn(QUOTES, text[at]);
      const name = isBare ? bare(/[^\s:,{}[\]"']+/y) : quoted();
      skip();
      const isShort = isBare && (text[at] === "," || text[at] === "}") && VARIABLE.test(name);
      if (text[at] !== ":" && !isShort) fail(`No colon after ${JSON.stringify(name)}`);
      if (!isShort) at += 1;
      Object.defineProperty(all, name, {
        value: isShort ? variable(name) : read(depth + 1, name),
        enumerable: true,
        configurable: true,
        writable: true,
      });
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
    const isFormat = /[fF]/.test(text[at]);
    if (!Object.hasOwn(QUOTES, text[at])) at += 1;
    const open = text[at];
    const close = QUOTES[open];
    const filled = open === "`" ? /\$\{\s*([^{}]+?)\s*\}/g : isFormat ? /\{\s*([A-Za-z_][^{}:!]*?)\s*\}/g : undefined;
    const done = (found) => (filled ? found.replaceAll(filled, (_, name) => variable(name)) : found);
    let all = "";
    for (at += 1; at < text.length; at += 1) {
      const letter = text[at];
      if (letter === close && closes(close)) {
        at += 1;
        return done(all);
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

  function word(name) {
    const all = bare(/<[^<>\n]*>|[^\s,:{}[\]"'](?:[^,{}[\]\n]|\[\w+\])*/y);
    if (Object.hasOwn(WORDS, all)) return WORDS[all];
    const placeholder = /^<\s*([^<>]+?)\s*>$/.exec(all)?.[1];
    if (placeholder !== undefined || (VARIABLE.test(all) && !OF_WORDS.test(name ?? ""))) return variable(placeholder ?? all);
    return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(all) && Number.isFinite(Number(all)) ? Number(all) : all;
  }

  function bare(pattern) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? fail("No value");
    at = pattern.lastIndex;
    return found.trim();
  }
}
