// Converts the reports of the core to plain objects.
import { ValidationError } from "../errors/errors.js";
import { bytesOf, utf8 } from "../input/json.js";
import { reportUnreadable, validateJson } from "../module/bindings.js";
import { withModule } from "../module/instance.js";

/** Validates JSON, as UTF-8. */
export function check(bytes, ruleOptions) {
  return reportOf(() => validateJson(bytes, utf8(ruleOptions), issuesOf));
}

/** The report on a value that cannot be written as JSON. */
export function unreadable(reason, ruleOptions) {
  return reportOf(() => reportUnreadable(bytesOf(reason), utf8(ruleOptions), issuesOf));
}

function reportOf(work) {
  try {
    const issues = withModule(work) ?? [];
    return { valid: !issues.some(({ severity }) => severity === "error"), issues };
  } catch (error) {
    return broken(error);
  }
}

/**
 * The error for an invalid draft.
 * @param {[issues: object[], requestJson?: string]} details
 */
export function draftError([issues, requestJson]) {
  return new ValidationError({ issues, request: requestJson && JSON.parse(requestJson) });
}

/**
 * The error for an invalid message that was to be sent.
 * @param {[text: string, numbers: Uint32Array, requestJson?: string]} details
 */
export function validationErrorOf([text, numbers, requestJson]) {
  return draftError([issuesOf(text, numbers), requestJson]);
}

/**
 * Makes the issues of a report: see `src/validate/flat.rs`.
 * @param {string} text contains all texts
 * @param {Uint32Array} numbers
 */
export function issuesOf(text, numbers) {
  let next = 0;
  const number = () => {
    next += 1;
    return numbers[next - 1];
  };
  const string = () => text.slice(number(), number());
  const issues = [];
  while (next < numbers.length) {
    const path = [];
    for (let kind = number(); kind !== 2; kind = number()) {
      path.push(kind === 0 ? string() : number());
    }
    // A bit for each member that an issue may have.
    const bits = number();
    const issue = {
      code: string(),
      severity: bits & 1 ? "error" : "warning",
      path,
      pointer: string(),
      message: string(),
    };
    if (bits & 2) {
      issue.limit = number();
    }
    if (bits & 4) {
      issue.actual = number();
    }
    if (bits & 8) {
      issue.unit = string();
    }
    if (bits & 16) {
      issue.graphCode = number();
    }
    issue.docs = string();
    issues.push(issue);
  }
  return issues;
}

/**
 * The report after a failure of the core. The message was not checked, so it does not count as
 * valid.
 */
export function broken(error) {
  const issue = {
    code: "json.unserializable",
    severity: "error",
    path: [],
    pointer: "",
    message: `The message was not checked: messenger-send itself failed (${error?.name}). This is a bug.`,
    docs: "https://developers.facebook.com/docs/messenger-platform/reference/send-api",
  };
  return { valid: false, issues: [issue] };
}
