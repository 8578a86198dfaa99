// Reads a value that is to be posted: the JSON that `JSON.stringify` makes of it, once, because a getter may say something else the next time.

/** The core reads 1 MiB of UTF-8. A string has at least as many bytes as units, so a longer one need not be copied to be refused. */
const MAX_TEXT = 1024 * 1024;

/** Made when it is first needed: a module that does something on import cannot be dropped by a bundler. */
let encoder;
/** Room for the UTF-8 of an ordinary message: encoding into it is faster than into a new array each time, and than the glue's way. */
let room;

/** A text as UTF-8; `undefined` where there is none. */
export function utf8(text) {
  encoder ??= new TextEncoder();
  return text === undefined ? undefined : encoder.encode(text);
}

/** The same, until the next call, for texts that are checked often. */
export function bytesOf(text) {
  encoder ??= new TextEncoder();
  room ??= new Uint8Array(32 * 1024);
  // A unit takes three bytes at most.
  return text.length * 3 > room.length
    ? encoder.encode(text)
    : room.subarray(0, encoder.encodeInto(text, room).written);
}

/** @returns {{ text: string } | { reason: string }} the text, or why there is none */
export function jsonOf(value) {
  let text;
  try {
    text = JSON.stringify(value);
  } catch {
    return { reason: "unserializable" };
  }
  if (text === undefined) {
    return { reason: "undefined" };
  }
  return text.length > MAX_TEXT ? { reason: "too_large" } : { text };
}

/** @returns {{ text: string } | { bytes: Uint8Array } | { reason: string }} what was given as JSON, or why it is none */
export function textOf(json) {
  try {
    if (typeof json === "string") {
      return json.length > MAX_TEXT ? { reason: "too_large" } : { text: wellFormed(json) };
    }
    if (ArrayBuffer.isView(json) && builtIn(json, Symbol.toStringTag) === "Uint8Array") {
      const length = builtIn(json, "byteLength");
      if (length > MAX_TEXT) {
        return { reason: "too_large" };
      }
      // The glue copies it, by its length: members of its own, or of a class of its own, may lie about that. Then it gets a view of ours.
      const isPlain =
        length > 0 &&
        Object.getPrototypeOf(json) === Uint8Array.prototype &&
        !Object.hasOwn(json, "length");
      return {
        bytes: isPlain
          ? json
          : new Uint8Array(builtIn(json, "buffer"), builtIn(json, "byteOffset"), length),
      };
    }
  } catch {
    // A detached buffer, or a member that throws.
  }
  return { reason: "not_text" };
}

/** What the built-in getter of typed arrays says: it knows arrays of other realms, and own members of the caller's array may lie. */
function builtIn(array, name) {
  return Object.getOwnPropertyDescriptor(
    Object.getPrototypeOf(Uint8Array.prototype),
    name,
  ).get.call(array);
}

/** Half of a surrogate pair has no UTF-8. As an escape it gets to the core, which says where it stands. */
function wellFormed(text) {
  if (text.isWellFormed?.()) {
    return text;
  }
  return text.replace(/[\ud800-\udfff]/gu, (half, at) => {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") {
      slashes += 1;
    }
    // Behind an open backslash the escape would turn into plain letters: `\?` stays as wrong as it was.
    return slashes % 2 === 1 ? "?" : `\\u${half.charCodeAt(0).toString(16)}`;
  });
}
