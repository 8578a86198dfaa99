// What an error's `cause` may be: nothing in it tells a secret. `redact` takes the secrets out of a text.
import { get } from "./foreign.js";

/** How deep a chain of causes is copied. */
const MAX_CHAIN = 4;
/** How far into a reason it is looked for secrets: levels, and values in all. */
const MAX_DEPTH = 8;
const MAX_VALUES = 2000;

/** The caller's reason is handed back as it is, unless it tells a secret. */
export function causeOfAbort(reason, redact) {
  return tells(reason, redact, MAX_DEPTH, { values: MAX_VALUES }) ? copy(reason, redact, MAX_CHAIN) : reason;
}

/** An error of `fetch` is always copied: it may hold the request, whose headers show only when it is printed. */
export function causeOfFetch(error, redact) {
  return copy(error, redact, MAX_CHAIN);
}

function tells(value, redact, depth, left) {
  if (depth === 0 || left.values <= 0) {
    return false;
  }
  left.values -= 1;
  if (typeof value === "string" || typeof value === "symbol") {
    const text = String(value);
    return redact(text) !== text;
  }
  if (!isObject(value)) {
    return false;
  }
  const deeper = (member) => tells(member, redact, depth - 1, left);
  // Of an error these are getters, or not its own.
  return ["name", "message", "stack", "cause"].some((name) => deeper(get(value, name))) || ownMembers(value).some((pair) => pair.some(deeper));
}

/** Names and values of own members that are no getters: asking a getter can change something. */
function ownMembers(object) {
  try {
    return Reflect.ownKeys(object)
      .slice(0, MAX_VALUES)
      .map((key) => [key, Reflect.getOwnPropertyDescriptor(object, key)?.value]);
  } catch {
    return [];
  }
}

/** An error with the same name, message, code, stack and cause, redacted. Other objects are left out. */
function copy(value, redact, chain) {
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
    error.name = name;
  }
  error.stack = text("stack") ?? message;
  const code = get(value, "code");
  if (typeof code === "string" || typeof code === "number") {
    error.code = copy(code, redact, chain);
  }
  const cause = get(value, "cause");
  if (chain > 0 && cause !== undefined) {
    error.cause = copy(cause, redact, chain - 1);
  }
  return error;
}

function isObject(value) {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
