// The two errors of the package. They are made from plain data that the core has already cleared of secrets.

import { get } from "./foreign.js";

const SHOWN_ISSUES = 3;
const DETAILS = [
  "kind",
  "delivery",
  "retryable",
  "retryAfterMs",
  "attempts",
  "status",
  "code",
  "subcode",
  "type",
  "fbtraceId",
  "isTransient",
  "userTitle",
  "userMessage",
  "data",
  "usage",
  "hint",
];

export const ValidationError = named(
  "ValidationError",
  class ValidationError extends Error {
    constructor({ issues, request }) {
      super(summary(issues));
      this.issues = issues;
      if (request !== undefined) {
        this.request = request;
      }
    }
  },
);

export const SendError = named(
  "SendError",
  class SendError extends Error {
    constructor(details) {
      super(details.message, "cause" in details ? { cause: details.cause } : undefined);
      for (const name of DETAILS) {
        if (details[name] !== undefined) {
          this[name] = details[name];
        }
      }
    }
  },
);

/** On the prototype, as the built-in errors have it: an own member would show up when an error is printed. */
function named(name, type) {
  Object.defineProperty(type.prototype, "name", { value: name, writable: true, configurable: true });
  return type;
}

export function isValidationError(error) {
  return get(error, "name") === "ValidationError" && Array.isArray(get(error, "issues"));
}

export function isSendError(error) {
  return get(error, "name") === "SendError" && typeof get(error, "delivery") === "string";
}

/** A send that was not even tried. */
export function notSent(kind, message, cause) {
  return new SendError({ message, kind, delivery: "not_sent", retryable: false, attempts: 0, ...cause });
}

function summary(issues) {
  const errors = issues.filter(({ severity }) => severity === "error");
  const shown = errors.slice(0, SHOWN_ISSUES).map(({ pointer, message }) => `${pointer === "" ? "" : `${pointer}: `}${message}`);
  const rest = errors.length - shown.length;
  return `The message has ${errors.length} ${errors.length === 1 ? "error" : "errors"}. ${shown.join(" ")}${rest > 0 ? ` And ${rest} more.` : ""}`;
}
