// Reads what people write instead of JSON: single or curly quotes, names and words without quotes, comments, missing or trailing commas,
// Python's True, False and None, PHP's arrays, Ruby's hashes. Documentation and chats are full of it. Variables (names, calls, `${names}`
// in templates, f-strings, <PLACEHOLDERS>) become {{name}}, for whoever asks for their values.

const QUOTES = { '"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "’": "’", "`": "`" };
const WORDS = {
  true: true,
  false: false,
  null: null,
  True: true,
  False: false,
  None: null,
  undefined: null,
};
const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const MOST_DEPTH = 128;
// Members whose values are words of the API: one that stands without quotes is the word, no variable.
const OF_WORDS =
  /^(?:(?:messaging_|content_|template_|media_|notification_)?type|tag|sender_action|reaction|platform|locale|currency)$/;
const NAME = /^[A-Za-z_$][\w$]*$/;
// What stands between the brackets of a call is looked over no further than this.
const LONGEST_CALL = 2000;

/** The value that begins at `from`, where it ends, and the names of its variables. Throws a SyntaxError where there is none. */
export function readLenient(text, from = 0) {
  let at = from;
  const variables = new Set();
  const lastComment = text.lastIndexOf("*/");
  const value = read(0);
  return { value, end: at, variables: [...variables] };

  function variable(name) {
    const short = name.replace(/^\$/, "");
    variables.add(short);
    return `{{${short}}}`;
  }

  function fail(what) {
    throw new SyntaxError(`${what} at character ${at + 1}`);
  }

  function skip() {
    for (;;) {
      const space = /(?:[\s\u00A0\uFEFF]+|\/\/[^\n]*|#[^\n]*|\\\r?\n)+/y;
      space.lastIndex = at;
      if (space.test(text)) at = space.lastIndex;
      // Whether a comment ends is known: it is not looked for again and again.
      if (!text.startsWith("/*", at) || at > lastComment) return;
      at = text.indexOf("*/", at + 2) + 2 || text.length;
    }
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
      // PHP's point joins texts too.
      if (text[at] !== "+" && !/^\.\s{0,9}["'$]/.test(text.slice(at, at + 12))) {
        at = before;
        return all;
      }
      at += 1;
      skip();
      all += term();
    }
  }

  function term() {
    if (isQuoted()) return quoted();
    const found = expression();
    if (!found) return bare(/[^\s,:{}[\]"'+]+/y);
    at = found.end;
    return variable(found.name);
  }

  function isSum() {
    const found = expression();
    return found !== undefined && /^\s*\+\s*["'`]/.test(text.slice(found.end, found.end + 20));
  }

  // A name, its members and its calls: user.name, $user->name, user["id"], t("greeting"), format!(...).
  function expression() {
    const first = /[A-Za-z_$][\w$]*/y;
    first.lastIndex = at;
    let name = first.exec(text)?.[0];
    if (name === undefined) return undefined;
    let end = first.lastIndex;
    for (;;) {
      const member = /(?:\?\.|\.|->|::)([A-Za-z_$][\w$]*)/y;
      member.lastIndex = end;
      const found = member.exec(text);
      const open = text[end] === "!" && text[end + 1] === "(" ? end + 1 : end;
      const close =
        found || (text[open] !== "(" && text[open] !== "[") ? undefined : closingOf(open);
      if (found) {
        name += `.${found[1]}`;
        end = member.lastIndex;
      } else if (close !== undefined) {
        const key =
          text[open] === "["
            ? /^\s*["']?([\w$]+)["']?\s*$/.exec(text.slice(open + 1, close))?.[1]
            : undefined;
        if (key !== undefined) name += `.${key}`;
        end = close + 1;
      } else {
        return { name, end };
      }
    }
  }

  function closingOf(open) {
    let depth = 0;
    let quote;
    for (let n = open; n < text.length && n < open + LONGEST_CALL; n += 1) {
      const letter = text[n];
      if (quote !== undefined) {
        if (letter === "\\") n += 1;
        else if (letter === quote) quote = undefined;
      } else if (letter === '"' || letter === "'" || letter === "`") quote = letter;
      else if ("([{".includes(letter)) depth += 1;
      else if (")]}".includes(letter)) {
        depth -= 1;
        if (depth === 0) return n;
      }
    }
    return undefined;
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
      const isShort = isBare && (text[at] === "," || text[at] === "}") && NAME.test(name);
      const isRocket = text.startsWith("=>", at);
      if (text[at] !== ":" && !isRocket && !isShort) fail(`No colon after ${JSON.stringify(name)}`);
      if (!isShort) at += isRocket ? 2 : 1;
      put(all, name, isShort ? variable(name) : read(depth + 1, name));
    }
  }

  // PHP's arrays are lists and, with arrows, objects.
  function list(depth) {
    const all = [];
    const members = {};
    at += 1;
    for (;;) {
      if (ends("]")) return Object.keys(members).length > 0 ? members : all;
      const item = read(depth + 1);
      skip();
      if (text.startsWith("=>", at)) {
        at += 2;
        put(members, String(item), read(depth + 1, String(item)));
      } else {
        all.push(item);
      }
    }
  }

  function put(object, name, value) {
    Object.defineProperty(object, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
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
    const filled =
      open === "`"
        ? /\$\{\s*([^{}]+?)\s*\}/g
        : isFormat
          ? /\{\s*([A-Za-z_][^{}:!]*?)\s*\}/g
          : undefined;
    const done = (found) =>
      filled ? found.replaceAll(filled, (_, name) => variable(name)) : found;
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
      all +=
        code === undefined
          ? (ESCAPES[text[at]] ?? text[at] ?? "")
          : String.fromCharCode(Number.parseInt(code, 16));
      if (code !== undefined) at += 4;
    }
    return fail("A quote is not closed");
  }

  // An apostrophe inside a word ('don't') closes nothing.
  function closes(close) {
    return (
      close !== "'" ||
      !/^[\p{L}\p{N}]/u.test(text.slice(at + 1, at + 3)) ||
      !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, at - 2), at))
    );
  }

  function word(name) {
    const found = OF_WORDS.test(name ?? "") ? undefined : expression();
    if (
      found &&
      !Object.hasOwn(WORDS, found.name) &&
      /^[^\S\n]*(?:[,}\])+;\n]|\/\/|#|=>|$)/.test(text.slice(found.end, found.end + 40))
    ) {
      at = found.end;
      return variable(found.name);
    }
    const all = bare(/<[^<>\n]*>|[^\s,:{}[\]"'](?:[^,{}[\]\n]|\[\w+\])*/y);
    if (Object.hasOwn(WORDS, all)) return WORDS[all];
    const placeholder = /^<\s*([^<>]+?)\s*>$/.exec(all)?.[1];
    if (placeholder !== undefined) return variable(placeholder);
    return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(all) && Number.isFinite(Number(all))
      ? Number(all)
      : all;
  }

  function bare(pattern) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? fail("No value");
    at = pattern.lastIndex;
    return found.trim();
  }
}
