// Reads the caller's options, each once: own members only, into objects without a prototype. Their types are checked here, their values by
// the core (src/client/options.rs).
import { configurationError, SendError } from "../errors/errors.js";
import { get } from "./foreign.js";

const isString = (value) => typeof value === "string";
const isFunction = (value) => typeof value === "function";
const string = [isString, "a string"];
const number = [(value) => typeof value === "number", "a number"];
const boolean = [(value) => typeof value === "boolean", "true or false"];
const listener = [isFunction, "a function"];
const whole = [(value) => Number.isInteger(value) && value > 0, "a whole number above 0"];

/** The options of everything that talks to Graph: how each is checked, and what it must be. */
const COMMON = {
  accessToken: [
    (value) => isString(value) || isFunction(value),
    "a string, or a function that gives one",
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
  filename: [(value) => isString(value) && value !== "", "a string that is not empty"],
};
const MANY = {
  concurrency: whole,
  perSecond: [(value) => typeof value === "number" && value > 0, "a number above 0"],
  batch: boolean,
  outageMs: [(value) => typeof value === "number" && value > 0, "a number of milliseconds above 0"],
  onResult: listener,
  onProgress: listener,
};
/** Read as they are: the core says what is wrong with them. */
const RULES = ["platform", "rules"];
/** Options that go to the core as plain values. */
const PLAIN = ["pageId", "apiVersion", "baseUrl", "appSecret", "encoding", "timeoutMs", "stamp"];

export const sendOptions = (given) => readOptions(given, COMMON, ["filedata"]);
export const uploadOptions = (given) => readOptions(given, { ...COMMON, ...UPLOAD }, []);
export const sendAllOptions = (given) => readOptions(given, { ...COMMON, ...MANY }, []);

/** The options that a client is bound to: own members, read once. What they are is checked when something is sent. */
export function boundOptions(given) {
  try {
    return { ...ownMembers(given) };
  } catch {
    throw unreadableOptions();
  }
}

const unreadableOptions = () =>
  configurationError("The options cannot be read: give an object with an accessToken.");

/**
 * @returns {object} every option by its name, and: `plain`, those for the core; `ruleOptions`; `unknown`, the names that no option has,
 *   with `known`, those that there are
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
    // What others have thrown is dropped: it may hold the token.
    throw error instanceof SendError ? error : unreadableOptions();
  }
}

/** Options of the right kind; `null` and `undefined` are none: databases and `process.env` give the one and the other. */
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

/** The options of a check, as JSON text. What cannot be read is "null": the core then says that they are invalid. */
export function ruleOptionsOf(options) {
  if (options === undefined) {
    return undefined;
  }
  try {
    return plainRules(pick(options, RULES).picked);
  } catch {
    return "null";
  }
}

function plainRules({ platform, rules }) {
  if (platform === undefined && rules === undefined) {
    return undefined;
  }
  const plain = Object.create(null);
  if (platform !== undefined) {
    plain.platform = plainText(platform);
  }
  if (rules !== undefined) {
    plain.rules = isPlainObject(rules)
      ? Object.fromEntries(Object.entries(rules).slice(0, MAX_RULES).flatMap(ruleSetting))
      : null;
  }
  return JSON.stringify(plain);
}

/** More settings than there are rules: the rest is looked at no more. */
const MAX_RULES = 10_000;

function ruleSetting([code, setting]) {
  return setting === undefined ? [] : [[code, plainText(setting)]];
}

/** A text, or `null` for whatever is none, which the core calls wrong. */
function plainText(value) {
  return value === undefined || isString(value) ? value : null;
}

function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Own members, each read once; what is undefined counts as absent. Also the names that are not among these. */
function pick(from, names) {
  const members = ownMembers(from);
  return { picked: members, unknown: Object.keys(members).filter((name) => !names.includes(name)) };
}

function ownMembers(from) {
  if (!isPlainObject(from)) {
    throw new TypeError("not an object");
  }
  const members = Object.create(null);
  for (const name of Object.keys(from)) {
    const value = from[name];
    if (value !== undefined) {
      members[name] = value;
    }
  }
  return members;
}
