// Reads what the caller gives: a value that is to be posted, and options. Each member is read once.

/** The core reads 1 MiB of UTF-8. A string has at least as many bytes as units, so a longer one need not be copied to be refused. */
export const MAX_TEXT = 1024 * 1024;
const RULE_OPTIONS = ["platform", "rules"];

const encoder = new TextEncoder();
/** Room for the UTF-8 of an ordinary message: encoding into it is faster than into a new array each time, and than the glue's way. */
const room = new Uint8Array(32 * 1024);

/** A text as UTF-8, until the next call. */
export function bytesOf(text) {
  // A unit takes three bytes at most.
  return text.length * 3 > room.length ? encoder.encode(text) : room.subarray(0, encoder.encodeInto(text, room).written);
}

/** What would be posted: read once, because a getter may say something else the next time. */
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

/** `null` where the options cannot be read: the core then says that they are invalid. */
export function optionsText(options) {
  if (options === undefined) {
    return undefined;
  }
  try {
    return ruleOptionsText(pick(options, RULE_OPTIONS));
  } catch {
    return "null";
  }
}

function ruleOptionsText({ platform, rules }) {
  if (platform === undefined && rules === undefined) {
    return undefined;
  }
  const text = JSON.stringify({ platform, rules }, keepInvalid);
  return text.length > MAX_TEXT ? "null" : text;
}

/** What JSON would leave out or choke on must reach the core, to be called invalid there. */
function keepInvalid(_, value) {
  return ["function", "symbol", "bigint"].includes(typeof value) ? null : value;
}

/** Each member is read once; what is undefined counts as absent. */
export function pick(from, names) {
  if (typeof from !== "object" || from === null || Array.isArray(from)) {
    throw new TypeError("not an object");
  }
  const picked = {};
  for (const name of names) {
    const value = from[name];
    if (value !== undefined) {
      picked[name] = value;
    }
  }
  return picked;
}
