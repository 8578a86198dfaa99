// The error classes of the package.
import { get } from "../input/foreign.js";
import { define } from "../input/members.js";

const SHOWN_ISSUES = 3;

export const ValidationError = named(
  "ValidationError",
  class ValidationError extends Error {
    constructor(given) {
      const { issues, request } = { __proto__: null, ...given };
      super(summary(issues));
      define(this, "issues", issues);
      if (request !== undefined) {
        define(this, "request", request);
      }
    }
  },
);

export const SendError = named(
  "SendError",
  class SendError extends Error {
    constructor(given) {
      const { message, cause, ...details } = { __proto__: null, ...given };
      super(message, Object.hasOwn(given, "cause") ? { cause } : undefined);
      for (const [name, detail] of Object.entries(details)) {
        if (detail !== undefined) {
          define(this, name, detail);
        }
      }
    }
  },
);

/**
 * Sets `name` on the prototype, as in built-in errors: an own member would appear when an error is
 * printed.
 */
function named(name, type) {
  define(type.prototype, "name", name, false);
  return type;
}

export function isValidationError(error) {
  return get(error, "name") === "ValidationError" && Array.isArray(get(error, "issues"));
}

export function isSendError(error) {
  return get(error, "name") === "SendError" && typeof get(error, "delivery") === "string";
}

/** The error of a message that was not sent. */
export function notSent(kind, message, cause) {
  return new SendError({
    message,
    kind,
    delivery: "not_sent",
    retryable: false,
    attempts: 0,
    ...cause,
  });
}

/** The error of an invalid option. */
export function configurationError(message) {
  return notSent("configuration", message);
}

/** The error of a call during which the module broke down. */
export function breakdownError(wasDispatched) {
  const what = wasDispatched ? "the message may have been sent" : "nothing was sent";
  return new SendError({
    message: `messenger-send itself failed while sending. This is a bug in messenger-send; ${what}.`,
    kind: "invalid_response",
    delivery: wasDispatched ? "unknown" : "not_sent",
    retryable: false,
    attempts: wasDispatched ? 1 : 0,
  });
}

function summary(issues) {
  const errors = issues.filter(({ severity }) => severity === "error");
  const shown = errors
    .slice(0, SHOWN_ISSUES)
    .map(({ pointer, message }) => `${pointer === "" ? "" : `${pointer}: `}${message}`);
  const rest = errors.length - shown.length;
  return `The message has ${errors.length} ${errors.length === 1 ? "error" : "errors"}. ${shown.join(" ")}${rest > 0 ? ` And ${rest} more.` : ""}`;
}
