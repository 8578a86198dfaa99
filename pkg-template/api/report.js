// Reports of the core, as plain objects.
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
    const report = withModule(work);
    return report === undefined ? { valid: true, issues: [] } : JSON.parse(report);
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
