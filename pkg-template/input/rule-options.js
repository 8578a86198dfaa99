// Reads the options of a check into JSON text. The core says what is wrong with them.
import { isPlainObject, ownMembers } from "./members.js";

export const RULES = ["platform", "rules"];
/** More settings than there are rules: the rest is looked at no more. */
const MAX_RULES = 10_000;

/** What cannot be read is "null": the core then says that they are invalid. */
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
  const plain = Object.create(null);
  if (platform !== undefined) {
    plain.platform = plainText(platform);
  }
  if (rules !== undefined) {
    plain.rules = isPlainObject(rules)
      ? Object.fromEntries(Object.entries(rules).slice(0, MAX_RULES).flatMap(ruleSetting))
      : null;
  }
  return JSON.stringify(plain);
}

function ruleSetting([code, setting]) {
  return setting === undefined ? [] : [[code, plainText(setting)]];
}

/** A text, or `null` for whatever is none, which the core calls wrong. */
function plainText(value) {
  return value === undefined || typeof value === "string" ? value : null;
}
