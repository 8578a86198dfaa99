// Reads a value to be posted: the output of `JSON.stringify`, called once, because a getter may
// return something else the next time.

/**
 * The core reads at most 1 MiB of UTF-8. A string has at least as many bytes as units, so a longer
 * one is refused without copying it.
 */
const MAX_TEXT = 1024 * 1024;

/**
 * Created when first needed: a bundler cannot drop a module that has side effects on import.
 */
let encoder;
/**
 * A buffer for the UTF-8 of an ordinary message: encoding into it is faster than into a new array
 * each time, and than the glue's way.
 */
let room;

/** A string as UTF-8; `undefined` stays `undefined`. */
export function utf8(text) {
  encoder ??= new TextEncoder();
  return text === undefined ? text : encoder.encode(text);
}

/** Like `utf8`, for strings that are checked often. The result is valid until the next call. */
export function bytesOf(text) {
  encoder ??= new TextEncoder();
  room ??= new Uint8Array(32 * 1024);
  // A unit takes at most three bytes.
  return text.length * 3 > room.length
    ? encoder.encode(text)
    : room.subarray(0, encoder.encodeInto(text, room).written);
}

/** Each result has both members, since an absent one would be read from Object.prototype. */
const found = (text) => ({ text, reason: undefined });
const refusal = (reason) => ({ text: undefined, reason });

/** @returns {{ text: string } | { reason: string }} the JSON, or why there is none */
export function jsonOf(value) {
  let text;
  try {
    text = JSON.stringify(value);
  } catch {
    return refusal("unserializable");
  }
  if (text === undefined) {
    return refusal("undefined");
  }
  return text.length > MAX_TEXT ? refusal("too_large") : found(text);
}

/**
 * @returns {{ text: string | Uint8Array } | { reason: string }} the JSON, as a string or in UTF-8,
 * or why there is none
 */
export function textOf(json) {
  try {
    if (typeof json === "string") {
      return json.length > MAX_TEXT ? refusal("too_large") : found(wellFormed(json));
    }
    if (ArrayBuffer.isView(json) && builtIn(json, Symbol.toStringTag) === "Uint8Array") {
      const length = builtIn(json, "byteLength");
      if (length > MAX_TEXT) {
        return refusal("too_large");
      }
      // The glue copies it by its length, which own members or a subclass may misstate. Then it
      // gets a view of ours.
      const isPlain =
        length > 0 &&
        Object.getPrototypeOf(json) === Uint8Array.prototype &&
        !Object.hasOwn(json, "length");
      return found(
        isPlain
          ? json
          : new Uint8Array(builtIn(json, "buffer"), builtIn(json, "byteOffset"), length),
      );
    }
  } catch {
    // A detached buffer, or a member that throws.
  }
  return refusal("not_text");
}

/**
 * Uses the built-in getter of typed arrays: it recognizes arrays of other realms, and own members
 * of the caller's array may lie.
 */
function builtIn(array, name) {
  return Object.getOwnPropertyDescriptor(
    Object.getPrototypeOf(Uint8Array.prototype),
    name,
  ).get.call(array);
}

/** A lone surrogate has no UTF-8. Escaped, it reaches the core, which reports its location. */
function wellFormed(text) {
  if (text.isWellFormed?.()) {
    return text;
  }
  return text.replace(/[\ud800-\udfff]/gu, (half, at) => {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") {
      slashes += 1;
    }
    // After an open backslash the escape would become plain letters; `\?` stays as invalid as it
    // was.
    return slashes % 2 === 1 ? "?" : `\\u${half.charCodeAt(0).toString(16)}`;
  });
}
