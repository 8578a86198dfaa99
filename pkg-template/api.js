// What the package offers, the same in every runtime: reads what the caller gives, hands text to the core, makes values and errors of its answers.
import * as core from "./bindings.js";
import { ValidationError } from "./errors.js";
import { bytesOf, jsonOf, MAX_TEXT, optionsText } from "./input.js";
import { broken, reportOf, unreadable } from "./report.js";
import { init, ready } from "./start.js";

export { init };
export { isSendError, isValidationError, SendError, ValidationError } from "./errors.js";
export { send } from "./send.js";
export { sendAll } from "./send-all.js";
export { messagingWindow } from "./messaging-window.js";
export { splitText } from "./split-text.js";
export { uploadAttachment } from "./upload-attachment.js";

/** The built-in getters of typed arrays: own members of the caller's array may lie. */
const getter = (name) => Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), name).get;
/** Tells what kind of typed array it is; unlike `instanceof` it knows those of other realms, and no proxy can answer for one. */
const kindOfArray = getter(Symbol.toStringTag);
const bufferOf = getter("buffer");
const offsetOf = getter("byteOffset");
const lengthOf = getter("byteLength");

let catalogue;

export function buildMessage(draft, options) {
  assertReady();
  const ruleOptions = optionsText(options);
  const { text, reason } = jsonOf(draft);
  if (reason !== undefined) {
    throw new ValidationError(unreadable(reason, ruleOptions));
  }
  let built;
  try {
    built = core.buildMessage(bytesOf(text), ruleOptions);
  } catch (error) {
    throw new ValidationError(broken(error));
  }
  if (built.startsWith("!")) {
    throw new ValidationError(JSON.parse(built.slice(1)));
  }
  return JSON.parse(built);
}

export function validate(request, options) {
  assertReady();
  return check(jsonOf(request), optionsText(options));
}

export function validateJson(json, options) {
  assertReady();
  return check(textOf(json), optionsText(options));
}

export const sendRequestSchema = Object.freeze({
  "~standard": Object.freeze({
    version: 1,
    vendor: "messenger-send",
    // The standard allows a promise, so a schema works before `init` too.
    validate: (value) => (ready() ? standardResult(value) : init().then(() => standardResult(value))),
  }),
});

export function rules() {
  assertReady();
  catalogue ??= deepFreeze(JSON.parse(core.rules()));
  return catalogue;
}

function assertReady() {
  if (!ready()) {
    throw new Error("messenger-send has not been started: call `await init()` first");
  }
}

function check({ text, bytes, reason }, ruleOptions) {
  if (reason !== undefined) {
    return unreadable(reason, ruleOptions);
  }
  return reportOf(() => core.validateBytes(bytes ?? bytesOf(text), ruleOptions));
}

function textOf(json) {
  try {
    if (typeof json === "string") {
      return json.length > MAX_TEXT ? { reason: "too_large" } : { text: wellFormed(json) };
    }
    if (ArrayBuffer.isView(json) && kindOfArray.call(json) === "Uint8Array") {
      const length = lengthOf.call(json);
      if (length > MAX_TEXT) {
        return { reason: "too_large" };
      }
      // The glue copies it, by its length: members of its own, or of a class of its own, may lie about that. Then it gets a view of ours.
      const isPlain = length > 0 && Object.getPrototypeOf(json) === Uint8Array.prototype && !Object.hasOwn(json, "length");
      return { bytes: isPlain ? json : new Uint8Array(bufferOf.call(json), offsetOf.call(json), length) };
    }
  } catch {
    // A detached buffer, or a member that throws.
  }
  return { reason: "not_text" };
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

function standardResult(value) {
  const { valid, issues } = validate(value);
  if (valid) {
    return { value };
  }
  return { issues: issues.filter(({ severity }) => severity === "error").map(({ message, path }) => ({ message, path })) };
}

function deepFreeze(value) {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
