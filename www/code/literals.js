// A JSON value as a literal of other languages.

const INDENT = "  ";
const WIDTH = 80;

function printer({
  text,
  words,
  open,
  close,
  pair,
  number = String,
  list = ["[", "]"],
  step = INDENT,
}) {
  return function print(value, indent = "") {
    if (typeof value === "string") return text(value);
    if (value === null || typeof value !== "object") return words.get(value) ?? number(value);
    const inner = indent + step;
    const isList = Array.isArray(value);
    const items = isList
      ? value.map((item) => print(item, inner))
      : Object.entries(value).map(([name, item]) => pair(name, print(item, inner)));
    const [begin, end] = isList ? list : [open, close];
    if (items.length === 0) return begin + end;
    const padding = isList || step !== INDENT ? "" : " ";
    const line = `${begin}${padding}${items.join(", ")}${padding}${end}`;
    if (line.length + indent.length <= WIDTH && !line.includes("\n")) return line;
    return `${begin}\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}${end}`;
  };
}

const json = (text) => JSON.stringify(text);
const words = (yes, no, nothing) =>
  new Map([
    [true, yes],
    [false, no],
    [null, nothing],
  ]);

export const javascript = printer({
  text: json,
  words: words("true", "false", "null"),
  open: "{",
  close: "}",
  pair(name, item) {
    // As a name in a literal it would set the prototype.
    if (name === "__proto__") return `["__proto__"]: ${item}`;
    return `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : json(name)}: ${item}`;
  },
});

// JSON's escapes are Python's too, save halves of surrogate pairs, which a Python text cannot be sent with either.
export const python = printer({
  text: json,
  words: words("True", "False", "None"),
  open: "{",
  close: "}",
  pair: (name, item) => `${json(name)}: ${item}`,
  step: "    ",
});

export const php = printer({
  text: phpText,
  words: words("true", "false", "null"),
  open: "[",
  close: "]",
  pair: (name, item) => `${phpText(name)} => ${item}`,
  step: "    ",
});

function phpText(text) {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** The inside of serde_json's `json!`, whose objects are those of JSON. */
export const rust = printer({
  text: rustText,
  words: words("true", "false", "null"),
  open: "{",
  close: "}",
  pair: (name, item) => `${rustText(name)}: ${item}`,
  // A whole number is an i32 where nothing else is said.
  number: (value) =>
    Number.isInteger(value) && Math.abs(value) > 0x7fffffff && Math.abs(value) < 2 ** 63
      ? `${BigInt(value)}_i64`
      : String(value),
  step: "    ",
});

// What stands in a Rust literal as it is, and what has to be escaped: controls, and marks that turn the direction of text.
function rustText(text) {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
      /[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      (one) => `\\u{${one.codePointAt(0).toString(16)}}`,
    );
  return `"${escaped}"`;
}
