// Reads the options of everything that talks to Graph. What only JavaScript has is checked here, the rest by the core
// (src/send/options.rs), which gets it as JSON.
import { notSent } from "./errors.js";
import { get } from "./foreign.js";
import { optionsText, pick } from "./input.js";

const PLAIN = ["accessToken", "pageId", "apiVersion", "baseUrl", "appSecret", "encoding", "timeoutMs"];
const RETRY = ["attempts", "baseDelayMs", "maxDelayMs", "unknown"];
const OWN = ["platform", "rules", "retry", "fetch", "signal", "onRetry"];
/** Neither text, nor number, nor truth, nor object: stands for whatever has no JSON, or another one than it looks. */
const WRONG = [];

/**
 * @param {string[]} more names of further options
 * @returns {{ options: string, rules?: string, appSecret?: string, fetch?: Function, signal?: object, onRetry?: Function, more: object }}
 *   `options` and `rules` are JSON for the core
 * @throws {SendError}
 */
export function readSettings(given, more = []) {
  try {
    const { platform, rules, retry, fetch, signal, onRetry, ...rest } = pick(given, [...PLAIN, ...OWN, ...more]);
    const options = plain(rest, PLAIN);
    options.retry = typeof retry === "object" && retry !== null ? plain(pick(retry, RETRY), RETRY) : member(retry);
    return {
      options: JSON.stringify(options),
      rules: optionsText({ platform, rules }),
      appSecret: rest.appSecret ?? undefined,
      fetch: fitting("fetch", fetch, isFunction, "a function"),
      signal: fitting("signal", signal, (value) => isFunction(get(value, "addEventListener")), "an AbortSignal"),
      onRetry: fitting("onRetry", onRetry, isFunction, "a function"),
      more: Object.fromEntries(more.map((name) => [name, rest[name] ?? undefined])),
    };
  } catch (error) {
    // What others have thrown is dropped: it may hold the token.
    throw error instanceof Unfit ? notSent("configuration", error.message) : notSent("configuration", "The options of send cannot be read: give an object with an accessToken.");
  }
}

/** An option of the wrong kind; `null` and `undefined` are no option: databases and `process.env` give the one and the other. */
class Unfit extends Error {}

function fitting(name, value, fits, wanted) {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!fits(value)) {
    throw new Unfit(`${name} must be ${wanted}.`);
  }
  return value;
}

function isFunction(value) {
  return typeof value === "function";
}

function plain(from, names) {
  return Object.fromEntries(names.map((name) => [name, member(from[name])]));
}

function member(value) {
  const has = value === undefined || value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
  return has ? value : WRONG;
}
