// Reads the caller's options, each once: own members only, into objects without a prototype. Their
// types are checked here, their values by the core (src/client/options.rs).
import { configurationError, SendError } from "../errors/errors.js";
import { get } from "./foreign.js";
import { ownMembers } from "./members.js";
import { plainRules, RULES } from "./rule-options.js";

const isString = (value) => typeof value === "string";
const isFunction = (value) => typeof value === "function";
const string = [isString, "a string"];
const number = [(value) => typeof value === "number", "a number"];
const boolean = [(value) => typeof value === "boolean", "true or false"];
const listener = [isFunction, "a function"];
const whole = [(value) => Number.isInteger(value) && value > 0, "a whole number above 0"];

/**
 * The options of everything that talks to Graph, each with its check and a description of its type.
 */
const COMMON = {
  accessToken: [
    (value) => isString(value) || isFunction(value),
    "a string or a function that returns one",
  ],
  pageId: string,
  apiVersion: string,
  baseUrl: string,
  appSecret: string,
  encoding: string,
  timeoutMs: number,
  stamp: boolean,
  retry: [(value) => typeof value === "object", "an object"],
  fetch: listener,
  signal: [(value) => isFunction(get(value, "addEventListener")), "an AbortSignal"],
  onRetry: listener,
  onRequest: listener,
  onResponse: listener,
};
const RETRY = { attempts: number, baseDelayMs: number, maxDelayMs: number, unknown: boolean };
const UPLOAD = {
  type: string,
  is_reusable: boolean,
  filename: [(value) => isString(value) && value !== "", "a non-empty string"],
};
const MANY = {
  concurrency: whole,
  perSecond: [(value) => typeof value === "number" && value > 0, "a number above 0"],
  batch: boolean,
  outageMs: [(value) => typeof value === "number" && value > 0, "a number of milliseconds above 0"],
  onResult: listener,
  onProgress: listener,
};
/** Options that are passed to the core as plain values. */
const PLAIN = ["pageId", "apiVersion", "baseUrl", "appSecret", "encoding", "timeoutMs", "stamp"];

export const sendOptions = (given) => readOptions(given, COMMON, ["filedata"]);
export const uploadOptions = (given) => readOptions(given, { ...COMMON, ...UPLOAD }, []);
export const sendAllOptions = (given) => readOptions(given, { ...COMMON, ...MANY }, []);

/**
 * The bound options of a client: own members, read once. They are checked when something is sent.
 */
export function boundOptions(given) {
  try {
    return { ...ownMembers(given) };
  } catch {
    throw unreadableOptions();
  }
}

const unreadableOptions = () =>
  configurationError("The options cannot be read: pass an object with an accessToken.");

/**
 * @returns {object} every option by its name, and: `plain`, those for the core; `ruleOptions`;
 * `unknown`, the names of unknown options, with `known`, those of all options
 * @throws {SendError} of kind "configuration"
 */
function readOptions(given, kinds, untyped) {
  try {
    const known = [...Object.keys(kinds), ...untyped, ...RULES];
    const { picked, unknown } = pick(given, known);
    const options = typed(picked, kinds, "");
    for (const name of untyped) {
      options[name] = picked[name] ?? undefined;
    }
    const plain = Object.create(null);
    for (const name of PLAIN) {
      plain[name] = options[name];
    }
    if (options.retry !== undefined) {
      const retry = pick(options.retry, Object.keys(RETRY));
      plain.retry = typed(retry.picked, RETRY, "retry.");
      unknown.push(...retry.unknown.map((name) => `retry.${name}`));
      known.push(...Object.keys(RETRY).map((name) => `retry.${name}`));
    }
    options.plain = plain;
    options.platform = picked.platform;
    options.ruleOptions = plainRules(picked);
    return Object.assign(options, { unknown, known });
  } catch (error) {
    // Exceptions of the caller's getters are dropped, since they may contain the token.
    throw error instanceof SendError ? error : unreadableOptions();
  }
}

/**
 * Checks the types of options. `null` and `undefined` count as absent, since databases and
 * `process.env` return them.
 */
function typed(picked, kinds, path) {
  const options = Object.create(null);
  for (const [name, [fits, wanted]] of Object.entries(kinds)) {
    const value = picked[name] ?? undefined;
    if (value !== undefined && !fits(value)) {
      throw configurationError(`${path}${name} must be ${wanted}.`);
    }
    options[name] = value;
  }
  return options;
}

/**
 * Own members, each read once; `undefined` counts as absent. Also returns the names that are not in
 * `names`.
 */
function pick(from, names) {
  const members = ownMembers(from);
  return { picked: members, unknown: Object.keys(members).filter((name) => !names.includes(name)) };
}
