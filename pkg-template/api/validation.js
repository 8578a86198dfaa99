// Building and checking.
import { ValidationError } from "../errors/errors.js";
import { bytesOf, jsonOf, textOf } from "../input/json.js";
import { ruleOptionsOf } from "../input/options.js";
import { assertStarted, init, isStarted, withModule } from "../module/instance.js";
import { broken, check, unreadable } from "./report.js";

let catalogue;

export function buildMessage(draft, options) {
  assertStarted();
  const ruleOptions = ruleOptionsOf(options);
  const { text, reason } = jsonOf(draft);
  if (reason !== undefined) {
    throw new ValidationError(unreadable(reason, ruleOptions));
  }
  const built = build(bytesOf(text), ruleOptions);
  if (typeof built === "string") {
    return JSON.parse(built);
  }
  const { issues, requestJson } = built;
  throw new ValidationError({ issues, request: requestJson === undefined ? undefined : JSON.parse(requestJson) });
}

function build(bytes, ruleOptions) {
  try {
    return withModule((core) => core.buildMessage(bytes, ruleOptions));
  } catch (error) {
    return broken(error);
  }
}

export function validate(request, options) {
  assertStarted();
  return report(jsonOf(request), ruleOptionsOf(options));
}

export function validateJson(json, options) {
  assertStarted();
  return report(textOf(json), ruleOptionsOf(options));
}

export const sendRequestSchema = /* @__PURE__ */ Object.freeze({
  "~standard": /* @__PURE__ */ Object.freeze({
    version: 1,
    vendor: "messenger-send",
    // The standard allows a promise, so a schema works before `init` too.
    validate: (value) => (isStarted() ? standardResult(value) : init().then(() => standardResult(value))),
  }),
});

export function rules() {
  assertStarted();
  catalogue ??= deepFreeze(withModule((core) => core.rules()));
  return catalogue;
}

function report({ text, bytes, reason }, ruleOptions) {
  return reason === undefined ? check(bytes ?? bytesOf(text), ruleOptions) : unreadable(reason, ruleOptions);
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
