// Makes a value safe as the `cause` of an error, without secrets. `redact` redacts a text.
import { get, kindOf } from "../input/foreign.js";
import { define } from "../input/members.js";

/** The maximum length of a chain of causes that is copied. */
const MAX_CHAIN = 4;
/** How far a value is searched for secrets: nesting levels, and the total number of values. */
const MAX_DEPTH = 32;
const MAX_VALUES = 5000;
/** Values whose content cannot be read without consuming it. */
const OPAQUE = ["Request", "Response", "Promise", "ReadableStream", "Blob", "File"];
const BYTES = ["ArrayBuffer", "SharedArrayBuffer"];
/** Prototypes whose members belong to the language. */
const BASES = [Object.prototype, Function.prototype, Array.prototype];

/** The caller's reason itself, unless it contains a secret or cannot be searched completely. */
export function causeOfAbort(reason, redact) {
  const search = { redact, left: MAX_VALUES, seen: new Set() };
  return isClean(reason, search, MAX_DEPTH) ? reason : redactedCopy(reason, redact);
}

/** Whether everything visible in a value was searched and contains no secret. */
function isClean(value, search, depth) {
  if (typeof value === "string" || typeof value === "symbol") {
    const text = String(value);
    return search.redact(text) === text;
  }
  if (!isObject(value) || search.seen.has(value)) {
    return true;
  }
  search.left -= 1;
  if (search.left < 0 || depth === 0) {
    return false;
  }
  search.seen.add(value);
  const kind = kindOf(value);
  // `undefined` if they cannot be read, as in a detached buffer.
  const parts = OPAQUE.includes(kind)
    ? undefined
    : attempt(() => [...contentOf(value, kind), ...membersOf(value)]);
  return (
    parts !== undefined &&
    parts.length <= MAX_VALUES &&
    parts.every((inner) => isClean(inner, search, depth - 1))
  );
}

/** The contents of a value besides its members. */
function contentOf(value, kind) {
  if (typeof value === "function") {
    return [Function.prototype.toString.call(value)];
  }
  if (ArrayBuffer.isView(value) || BYTES.includes(kind)) {
    return [textOfBytes(value)];
  }
  if (kind === "URL") {
    return [get(value, "href")];
  }
  // The entries of Map, Set, Headers, FormData, URLSearchParams. Not of arrays, whose items are
  // members.
  const entries = [];
  if (typeof get(value, "forEach") === "function" && !Array.isArray(value)) {
    attempt(() => value.forEach((item, key) => void entries.push(key, item)));
  }
  return entries;
}

function textOfBytes(value) {
  const view = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  return new TextDecoder("latin1").decode(view);
}

/**
 * The names and values of all members, and of the data members of prototypes. A member that throws
 * when read shows nothing.
 */
function membersOf(value) {
  const members = [];
  attempt(() => {
    for (
      let holder = value;
      holder !== null && !BASES.includes(holder);
      holder = Object.getPrototypeOf(holder)
    ) {
      for (const key of Reflect.ownKeys(holder)) {
        const isOwn = holder === value;
        const member = get(value, key);
        // The methods and the constructor of a class are code.
        if (
          isOwn ? key !== "prototype" || typeof value !== "function" : typeof member !== "function"
        ) {
          members.push(key, member);
        }
      }
    }
  });
  return members;
}

function attempt(read) {
  try {
    return read();
  } catch {
    // A proxy that throws shows nothing.
    return undefined;
  }
}

/**
 * A copy of an error with its name, message, code, stack and cause, redacted. Other objects are
 * omitted. An error of `fetch` is always copied: it may contain the request, whose headers only
 * appear when it is printed.
 */
export function redactedCopy(value, redact, chain = MAX_CHAIN) {
  if (typeof value === "string" || typeof value === "symbol") {
    return redact(String(value));
  }
  if (!isObject(value)) {
    return value;
  }
  const text = (name) => {
    const found = get(value, name);
    return typeof found === "string" ? redact(found) : undefined;
  };
  const message = text("message");
  if (message === undefined) {
    return undefined;
  }
  const error = new Error(message);
  const name = text("name");
  if (name !== undefined && name !== "Error") {
    define(error, "name", name, false);
  }
  define(error, "stack", text("stack") ?? message, false);
  const code = get(value, "code");
  if (typeof code === "string" || typeof code === "number") {
    define(error, "code", redactedCopy(code, redact));
  }
  const cause = get(value, "cause");
  if (chain > 0 && cause !== undefined) {
    define(error, "cause", redactedCopy(cause, redact, chain - 1), false);
  }
  return error;
}

function isObject(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
