// Reads the options of everything that talks to Graph. What only JavaScript has is checked here, the rest by the core
// (src/send/options.rs), which gets it as JSON.
import { notSent, SendError } from "./errors.js";
import { get } from "./foreign.js";
import { optionsText, pick } from "./input.js";

const PLAIN = ["accessToken", "pageId", "apiVersion", "baseUrl", "appSecret", "encoding", "timeoutMs"];
const RETRY = ["attempts", "baseDelayMs", "maxDelayMs", "unknown"];
const OWN = ["platform", "rules", "retry", "fetch", "signal", "onRetry"];
/** No text, number, truth or object: stands for whatever has no JSON, or another one than it looks, so that the core calls it wrong. */
const WRONG = [];

/**
 * @param {string[]} more names of further options
 * @returns {{ options: string, rules?: string, platform?: unknown, appSecret?: string, fetch?: Function, signal?: object, onRetry?: Function, more: object }}
 *   `options` and `rules` are JSON for the core
 * @throws {SendError}
 */
export function readSettings(given, more = []) {
  try {
    const picked = pick(given, [...PLAIN, ...OWN, ...more]);
    const { platform, rules, retry, fetch, signal, onRetry } = picked;
    const options = plainMembers(picked, PLAIN);
    options.retry = typeof retry === "object" && retry !== null ? plainMembers(pick(retry, RETRY), RETRY) : plain(retry);
    return {
      options: JSON.stringify(options),
      rules: optionsText({ platform, rules }),
      platform,
      appSecret: picked.appSecret ?? undefined,
      fetch: fitting("fetch", fetch, isFunction, "a function"),
      signal: fitting("signal", signal, (value) => isFunction(get(value, "addEventListener")), "an AbortSignal"),
      onRetry: fitting("onRetry", onRetry, isFunction, "a function"),
      more: Object.fromEntries(more.map((name) => [name, picked[name] ?? undefined])),
    };
  } catch (error) {
    // What others have thrown is dropped: it may hold the token.
    throw error instanceof SendError ? error : notSent("configuration", "The options cannot be read: give an object with an accessToken.");
  }
}

/** The same settings for a request with a file, which has one encoding only: multipart, whose fields are those of a form. */
export function forFile(settings) {
  const options = JSON.parse(settings.options);
  return options.encoding === "json" ? { ...settings, options: JSON.stringify({ ...options, encoding: "form" }) } : settings;
}

/** An option of the right kind; `null` and `undefined` are no option: databases and `process.env` give the one and the other. */
export function fitting(name, value, fits, wanted) {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!fits(value)) {
    throw notSent("configuration", `${name} must be ${wanted}.`);
  }
  return value;
}

function isFunction(value) {
  return typeof value === "function";
}

function plainMembers(from, names) {
  const members = {};
  for (const name of names) {
    members[name] = plain(from[name]);
  }
  return members;
}

/** The value, if it is one of JSON that is no list and no object; else one that the core calls wrong. */
function plain(value) {
  const fits = typeof value === "string" || typeof value === "boolean" || value === undefined || value === null || Number.isFinite(value);
  return fits ? value : WRONG;
}
