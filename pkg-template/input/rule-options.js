// Reads the options of a validation as JSON. The core reports what is wrong with them.
import { isPlainObject, ownMembers } from "./members.js";

/** More settings than there are rules; the rest is ignored. */
const MAX_RULES = 10_000;

/** Unreadable options become "null", which the core reports as invalid. */
export function ruleOptionsOf(options) {
  if (options === undefined) {
    return undefined;
  }
  try {
    return plainRules(ownMembers(options));
  } catch {
    return "null";
  }
}

export function plainRules({ platform, rules }) {
  if (platform === undefined && rules === undefined) {
    return undefined;
  }
  // JSON leaves out undefined members.
  const plain = Object.create(null);
  plain.platform = plainText(platform);
  plain.rules = rules === undefined ? undefined : severities(rules);
  return JSON.stringify(plain);
}

function severities(rules) {
  if (!isPlainObject(rules)) {
    return null;
  }
  const entries = Object.entries(rules).slice(0, MAX_RULES);
  return Object.fromEntries(entries.map(([code, severity]) => [code, plainText(severity)]));
}

/** A string or `undefined`; `null` for anything else, which the core reports as invalid. */
function plainText(value) {
  return value === undefined || typeof value === "string" ? value : null;
}
