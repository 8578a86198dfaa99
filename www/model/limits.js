// The limits that the counters show. No number lives on this page: the package is asked about a value that is far too long,
// and its answer names the limit and the unit. So a limit that the package learns, the page counts.
import { set } from "./pointer.js";

const LONG = "x".repeat(5000);
const MANY = 150;

export function createLimits(validate) {
  const known = new Map();

  // { limit, unit } of the text or list at a pointer, or undefined. `key` names the member's declaration: it is asked about once.
  return function limitAt({ request, platform, pointer, key, list }) {
    const name = `${platform} ${key}`;
    if (!known.has(name)) {
      const probe = set(request, pointer, list ? Array(MANY).fill(null) : LONG);
      const found = validate(probe, { platform }).issues.filter(
        (issue) => issue.pointer === pointer && issue.actual > issue.limit,
      );
      const strictest = found.find((issue) => issue.severity === "error") ?? found[0];
      known.set(name, strictest && { limit: strictest.limit, unit: strictest.unit });
    }
    return known.get(name);
  };
}

// How much of a limit a value uses, in the limit's own unit.
export function measure(value, unit) {
  if (Array.isArray(value)) return value.length;
  const text = value === undefined || value === null ? "" : String(value);
  return unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
}
