// What the package offers, the same in every runtime: reads what the caller gives, hands text to the core, makes values and errors of its answers.
import * as core from "./bindings.js";
import { notSent, SendError, ValidationError } from "./errors.js";
import { init, ready } from "./start.js";

export { init };
export { isSendError, isValidationError, SendError, ValidationError } from "./errors.js";
export { messagingWindow } from "./messaging-window.js";
export { splitText } from "./split-text.js";

/** The core reads 1 MiB of UTF-8. A string has at least as many bytes as units, so a longer one need not be copied to be refused. */
const MAX_TEXT = 1024 * 1024;
const RULE_OPTIONS = ["platform", "rules"];
const SEND_OPTIONS = ["accessToken", "pageId", "apiVersion", "baseUrl", "appSecret", "encoding", "fetch", "signal", "timeoutMs", "retry", "onRetry"];
const RETRY_OPTIONS = ["attempts", "baseDelayMs", "maxDelayMs", "unknown"];

const encoder = new TextEncoder();
/** Room for the UTF-8 of an ordinary message: encoding into it is faster than into a new array each time. */
const room = new Uint8Array(32 * 1024);
/** Tells what kind of typed array it is; unlike `instanceof` it knows those of other realms, and no proxy can answer for one. */
const kindOfArray = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

let catalogue;

export function buildMessage(draft, options) {
  assertReady();
  const ruleOptions = optionsText(options);
  const { text, reason } = jsonOf(draft);
  if (reason !== undefined) {
    throw new ValidationError(unreadable(reason, ruleOptions));
  }
  try {
    return JSON.parse(core.buildMessage(text, ruleOptions));
  } catch (error) {
    throw new ValidationError(typeof error === "string" ? JSON.parse(error) : broken(error));
  }
}

export function validate(request, options) {
  assertReady();
  return check(jsonOf(request), optionsText(options));
}

export function validateJson(json, options) {
  assertReady();
  return check(textOf(json), optionsText(options));
}

export async function send(request, options) {
  // Both are read before anything is awaited: what the caller changes afterwards is not sent.
  const { text, reason } = jsonOf(request);
  const { ruleOptions, sendOptions } = readSendOptions(options);
  await started(sendOptions.signal);
  if (reason !== undefined) {
    throw new ValidationError(unreadable(reason, ruleOptions));
  }
  try {
    return await core.send(text, ruleOptions, sendOptions);
  } catch (rejected) {
    throw errorOf(rejected);
  }
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
  return reportOf(() => core.validateBytes(bytes ?? encode(text), ruleOptions));
}

function encode(text) {
  // A unit takes three bytes at most.
  return text.length * 3 > room.length ? encoder.encode(text) : room.subarray(0, encoder.encodeInto(text, room).written);
}

function unreadable(reason, ruleOptions) {
  return reportOf(() => core.validateUnreadable(reason, ruleOptions));
}

function reportOf(call) {
  try {
    const report = call();
    return report === undefined ? { valid: true, issues: [] } : JSON.parse(report);
  } catch (error) {
    return broken(error);
  }
}

/** The core itself failed. Nothing is known of the message, so it is not called valid, and the issue says whose fault it is. */
function broken(error) {
  const issue = {
    code: "json.unserializable",
    severity: "error",
    path: [],
    pointer: "",
    message: `The message could not be checked: messenger-send itself failed (${error?.name}). That is a bug of messenger-send; start the program anew.`,
    docs: "https://developers.facebook.com/docs/messenger-platform/reference/send-api",
  };
  return { valid: false, issues: [issue] };
}

/** What would be posted: read once, because a getter may say something else the next time. */
function jsonOf(value) {
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

function textOf(json) {
  try {
    if (typeof json === "string") {
      return json.length > MAX_TEXT ? { reason: "too_large" } : { text: wellFormed(json) };
    }
    if (ArrayBuffer.isView(json) && kindOfArray.call(json) === "Uint8Array") {
      // A copy: shared memory may change, and own members of the array may lie about its length.
      return json.byteLength > MAX_TEXT ? { reason: "too_large" } : { bytes: new Uint8Array(json) };
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
  return text.replace(/\p{Surrogate}/gu, (half, at) => {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") {
      slashes += 1;
    }
    // Behind an open backslash the escape would turn into plain letters: `\?` stays as wrong as it was.
    return slashes % 2 === 1 ? "?" : `\\u${half.charCodeAt(0).toString(16)}`;
  });
}

/** `null` where the options cannot be read: the core then says that they are invalid. */
function optionsText(options) {
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
function pick(from, names) {
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

function readSendOptions(options) {
  try {
    const { platform, rules, ...sendOptions } = pick(options, [...RULE_OPTIONS, ...SEND_OPTIONS]);
    const { retry, onRetry } = sendOptions;
    if (typeof retry === "object" && retry !== null) {
      sendOptions.retry = pick(retry, RETRY_OPTIONS);
    }
    if (typeof onRetry === "function") {
      sendOptions.onRetry = (info) => onRetry({ ...info, error: new SendError(info.error) });
    }
    return { ruleOptions: optionsText({ platform, rules }), sendOptions };
  } catch {
    // What was thrown is dropped: it may hold the token.
    throw notSent("configuration", "The options of send cannot be read: give an object with an accessToken.");
  }
}

/** Waits for the wasm, but no longer than the caller's signal allows. */
async function started(signal) {
  if (ready()) {
    return;
  }
  let stop;
  const aborted = new Promise((_, reject) => {
    stop = () => reject(notSent("aborted", "The send was aborted before the request.", { cause: signal.reason }));
  });
  const loaded = init().catch((cause) => {
    throw notSent("configuration", `messenger-send could not be started: ${cause?.message ?? cause}`, { cause });
  });
  try {
    if (signal?.aborted === true) {
      stop();
    }
    signal?.addEventListener?.("abort", stop);
    await Promise.race([loaded, aborted]);
  } catch (error) {
    throw error instanceof SendError ? error : notSent("configuration", "The signal of send is no AbortSignal.");
  } finally {
    signal?.removeEventListener?.("abort", stop);
  }
}

/** The core rejects with plain objects; anything else is a fault of its own, of which only the kind may be told. */
function errorOf(rejected) {
  if (rejected?.name === "ValidationError") {
    return new ValidationError(JSON.parse(rejected.report));
  }
  if (rejected?.name === "SendError" && typeof rejected.delivery === "string") {
    return new SendError(rejected);
  }
  return new SendError({
    message: "messenger-send itself failed while sending. That is a bug of messenger-send; whether the message was sent is not known.",
    kind: "invalid_response",
    delivery: "unknown",
    retryable: false,
    attempts: 1,
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
