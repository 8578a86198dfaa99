// The steps that a test can script. Each function creates one step, which is plain JSON. Each
// request uses up one step; afterwards the stand-in answers normally again. In every step with a
// response, `headers` are added to the usual ones (null removes one). With `accept: true`, a step
// with a bad response still accepts the message.

/** The normal response. */
export const ok = (options) => ({ step: "ok", ...options });
/** The normal response, or the step `then`, after `ms`. The message is accepted at once. */
export const delay = (ms, then) => ({ step: "delay", ms, ...(then !== undefined && { then }) });

/**
 * Accepts the message and never responds. With `accept: false` it does not accept the message
 * either.
 */
export const silence = (options) => ({ step: "silence", ...options });
/** The message is accepted; the status and the headers come, but no body. */
export const headersThenSilence = (options) => ({ step: "headersThenSilence", ...options });
/** The message is accepted; the normal body comes byte by byte. */
export const drip = (everyMs = 10, options) => ({ step: "drip", everyMs, ...options });
/** The message is accepted; half of the body comes, then nothing, and the connection stays open. */
export const stall = (options) => ({ step: "stall", ...options });

/**
 * No connection is made; the code is Node's: ENOTFOUND, ECONNREFUSED ... Only for `fakeGraph`,
 * since a server that is reached cannot do it.
 */
export const unreachable = (code = "ECONNREFUSED") => ({ step: "unreachable", code });
/**
 * Resets the connection before any byte; the message is not accepted. `fin: true` closes it
 * gracefully instead.
 */
export const resetBefore = (options) => ({ step: "resetBefore", ...options });
/** The message is accepted; the connection is reset within the body. */
export const resetInside = (options) => ({ step: "resetInside", ...options });
/** The message is accepted; the connection is reset before any byte. */
export const acceptThenReset = (options) => ({ step: "acceptThenReset", ...options });

/** The message is accepted; the HTTP is complete, but the JSON is truncated. */
export const halfJson = (options) => ({ step: "halfJson", ...options });
/** A response without a body. */
export const empty = (status = 200, options) => ({ step: "empty", status, ...options });
/** An HTML page instead of JSON, as from a proxy. */
export const html = (status = 502, options) => ({ step: "html", status, ...options });
/** A receipt in an array. */
export const array = (options) => ({ step: "array", ...options });
/** A streamed JSON object of this many bytes. `declared: true` sends its length in a header. */
export const huge = (bytes = 50 * 1024 * 1024, options) => ({ step: "huge", bytes, ...options });
/** Any response: `{ status, headers, body }`; a body that is not a string is sent as JSON. */
export const raw = (options) => ({ step: "raw", ...options });
/** A redirect, such as 302 or 307. */
export const redirect = (to, status = 307, options) => ({
  step: "redirect",
  to,
  status,
  ...options,
});

/**
 * A refusal: `{ status, code, subcode, message, is_transient, error_data, ... }`. Other members are
 * copied into the envelope.
 */
export const error = (options) => ({ step: "error", ...options });
/** Status 200 with an error object. */
export const okWithError = (options) => ({ step: "okWithError", ...options });
/**
 * Refuses the next `times` requests (1): `{ times, code: 613, is_transient, regainMinutes,
 * retryAfter, headers, ... }`.
 */
export const throttle = (options) => ({ step: "throttle", ...options });

/**
 * For a batch: one step for each item. null is an item that did not finish; `silence()` is one that
 * was carried out but is null in the response.
 */
export const batch = (...items) => ({ step: "batch", items });

/** The options of each step. null: any, since they are copied into the error envelope. */
const OPTIONS = {
  ok: ["headers"],
  delay: ["ms", "then"],
  silence: ["accept"],
  headersThenSilence: ["headers"],
  drip: ["everyMs", "headers"],
  stall: ["headers"],
  unreachable: ["code"],
  resetBefore: ["fin"],
  resetInside: ["fin", "headers"],
  acceptThenReset: ["fin"],
  halfJson: ["headers"],
  empty: ["status", "accept", "headers"],
  html: ["status", "body", "accept", "headers"],
  array: ["status", "accept", "headers"],
  huge: ["bytes", "declared", "status", "accept", "headers"],
  raw: ["status", "body", "accept", "headers"],
  redirect: ["to", "status", "accept", "headers"],
  error: null,
  okWithError: null,
  throttle: null,
  batch: ["items"],
};
const NEEDED = { delay: "ms", redirect: "to", error: "code", batch: "items" };
const ITEM_STEPS = new Set([
  "ok",
  "silence",
  "empty",
  "html",
  "array",
  "raw",
  "halfJson",
  "error",
  "okWithError",
  "throttle",
]);

/**
 * Checks a step and returns it as an object. Ignoring a misspelled step would make a test pass
 * without testing anything.
 */
export function readStep(given) {
  const step = typeof given === "string" ? { step: given } : given;
  const name = step?.step;
  if (typeof name !== "string" || !Object.hasOwn(OPTIONS, name)) {
    throw new TypeError(
      `no such step: ${JSON.stringify(given)}; there are ${Object.keys(OPTIONS).join(", ")}`,
    );
  }
  for (const option of Object.keys(step)) {
    if (option !== "step" && OPTIONS[name] !== null && !OPTIONS[name].includes(option)) {
      throw new TypeError(
        `the step ${name} has no option ${option}, only ${OPTIONS[name].join(", ")}`,
      );
    }
  }
  if (Object.hasOwn(NEEDED, name) && step[NEEDED[name]] === undefined) {
    throw new TypeError(`the step ${name} needs ${NEEDED[name]}`);
  }
  if (name === "delay") {
    // biome-ignore lint/suspicious/noThenProperty: the step that follows the delay, not a promise
    return { ...step, then: readStep(step.then ?? "ok") };
  }
  return name === "batch" ? { ...step, items: step.items.map(readItem) } : step;
}

function readItem(given) {
  if (given === null || given === undefined) {
    return given;
  }
  const step = readStep(given);
  if (!ITEM_STEPS.has(step.step)) {
    throw new TypeError(
      `an item of a batch cannot be ${step.step}, only null, ${[...ITEM_STEPS].join(", ")}`,
    );
  }
  return step;
}
