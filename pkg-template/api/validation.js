// Builds and validates messages.
import { ValidationError } from "../errors/errors.js";
import { bytesOf, jsonOf, textOf, utf8 } from "../input/json.js";
import { ruleOptionsOf } from "../input/rule-options.js";
import { buildMessage as buildInCore, rules as rulesInCore } from "../module/bindings.js";
import { assertStarted, init, isStarted, withModule } from "../module/instance.js";
import { draftPath } from "./draft-path.js";
import { broken, check, draftError, issuesOf, unreadable } from "./report.js";

let catalogue;

export function buildMessage(draft, options) {
  assertStarted();
  const ruleOptions = ruleOptionsOf(options);
  const { text, reason } = jsonOf(draft);
  if (reason !== undefined) {
    throw new ValidationError(unreadable(reason, ruleOptions));
  }
  const built = buildJson(bytesOf(text), ruleOptions);
  if (typeof built !== "string") {
    throw draftError(built);
  }
  return JSON.parse(built);
}

function buildJson(bytes, ruleOptions) {
  try {
    return withModule(() => buildInCore(bytes, utf8(ruleOptions), issuesOf));
  } catch (error) {
    throw new ValidationError(broken(error));
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

export const sendRequestSchema = requestSchema();

export function requestSchema(options) {
  return standardSchema((value) => standardIssues(validate(value, options)));
}

export function draftSchema(options) {
  return standardSchema((draft) => {
    try {
      buildMessage(draft, options);
      return [];
    } catch (error) {
      if (!(error instanceof ValidationError)) {
        throw error;
      }
      const isOfRequest = error.request !== undefined;
      return standardIssues(error).map((issue) =>
        isOfRequest ? { ...issue, path: draftPath(issue.path, draft) } : issue,
      );
    }
  });
}

/** A Standard Schema: https://standardschema.dev */
function standardSchema(findIssues) {
  const result = (value) => {
    const issues = findIssues(value);
    return issues.length === 0 ? { value } : { issues };
  };
  // The standard allows a promise, so a schema also works before `init`.
  const check = (value) => (isStarted() ? result(value) : init().then(() => result(value)));
  return Object.freeze({
    "~standard": Object.freeze({ version: 1, vendor: "messenger-send", validate: check }),
  });
}

function standardIssues({ issues }) {
  const errors = issues.filter(({ severity }) => severity === "error");
  return errors.map(({ message, path, severity, pointer, graphCode, ...rest }) => ({
    message,
    path,
    ...rest,
  }));
}

export function rules() {
  assertStarted();
  catalogue ??= deepFreeze(JSON.parse(withModule(rulesInCore)));
  return catalogue;
}

function report({ text, reason }, ruleOptions) {
  if (reason !== undefined) {
    return unreadable(reason, ruleOptions);
  }
  return check(typeof text === "string" ? bytesOf(text) : text, ruleOptions);
}

function deepFreeze(value) {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
