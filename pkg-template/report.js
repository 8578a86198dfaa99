// Reports of the core, as plain objects.
import * as core from "./bindings.js";

export function unreadable(reason, ruleOptions) {
  return reportOf(() => core.validateUnreadable(reason, ruleOptions));
}

export function reportOf(call) {
  try {
    const report = call();
    return report === undefined ? { valid: true, issues: [] } : JSON.parse(report);
  } catch (error) {
    return broken(error);
  }
}

/** The core itself failed. Nothing is known of the message, so it is not called valid, and the issue says whose fault it is. */
export function broken(error) {
  const issue = {
    code: "json.unserializable",
    severity: "error",
    path: [],
    pointer: "",
    message: `The message could not be checked: messenger-send itself failed (${error?.name}). That is a bug of messenger-send; start the program anew.`,
    docs: "https://developers.facebook.com/docs/messenger-platform/reference/send-api",
  };
  return { valid: false, issues: [issue] };
}
