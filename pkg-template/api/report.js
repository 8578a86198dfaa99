// Converts the reports of the core to plain objects.
import { ValidationError } from "../errors/errors.js";
import { bytesOf, utf8 } from "../input/json.js";
import { reportUnreadable, validateJson } from "../module/bindings.js";
import { withModule } from "../module/instance.js";

/** Validates JSON, as UTF-8. */
export function check(bytes, ruleOptions) {
  return reportOf(() => validateJson(bytes, utf8(ruleOptions)));
}

/** The report on a value that cannot be written as JSON. */
export function unreadable(reason, ruleOptions) {
  return reportOf(() => reportUnreadable(bytesOf(reason), utf8(ruleOptions)));
}

function reportOf(work) {
  try {
    const flat = withModule(work);
    const issues = flat === undefined ? [] : issuesOf(flat);
    return { valid: !issues.some(({ severity }) => severity === "error"), issues };
  } catch (error) {
    return broken(error);
  }
}

/**
 * The error for an invalid message.
 * @param {[text: string, numbers: Uint32Array, requestJson?: string]} details
 */
export function validationErrorOf([text, numbers, requestJson]) {
  return new ValidationError({
    issues: issuesOf([text, numbers]),
    request: requestJson === undefined ? undefined : JSON.parse(requestJson),
  });
}

/**
 * Unpacks the issues of a report. The core returns all their texts as one string, and an array of
 * numbers: see `src/validate/flat.rs`.
 * @param {[text: string, numbers: Uint32Array]} report
 */
function issuesOf([text, numbers]) {
  let position = 0;
  let next = 0;
  const number = () => {
    next += 1;
    return numbers[next - 1];
  };
  const string = () => {
    const start = position;
    position += number();
    return text.slice(start, position);
  };
  const segment = () => (number() === 0 ? string() : number());
  const path = () => {
    const segments = [];
    for (let left = number(); left > 0; left -= 1) {
      segments.push(segment());
    }
    return segments;
  };
  const issues = [];
  while (next < numbers.length) {
    const issue = {
      code: string(),
      severity: number() === 1 ? "error" : "warning",
      path: path(),
      pointer: string(),
      message: string(),
    };
    // A bit says whether the issue has a member.
    const given = number();
    if (given & 1) {
      issue.limit = number();
    }
    if (given & 2) {
      issue.actual = number();
    }
    if (given & 4) {
      issue.unit = string();
    }
    if (given & 8) {
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
