// Validation reports of the core, as plain objects.
import { withModule } from "../module/instance.js";

/** Validates JSON, as UTF-8. */
export function check(bytes, ruleOptions) {
  return reportOf((core) => core.validateJson(bytes, ruleOptions));
}

/** The report on a value that cannot be written as JSON. */
export function unreadable(reason, ruleOptions) {
  return reportOf((core) => core.reportUnreadable(reason, ruleOptions));
}

function reportOf(work) {
  try {
    return withModule(work) ?? { valid: true, issues: [] };
  } catch (error) {
    return broken(error);
  }
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
    message: `The message could not be checked: messenger-send itself failed (${error?.name}). This is a bug in messenger-send.`,
    docs: "https://developers.facebook.com/docs/messenger-platform/reference/send-api",
  };
  return { valid: false, issues: [issue] };
}
