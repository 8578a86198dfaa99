// The limits that the counters show, looked up in the package's rule catalogue: no number lives on this page.

// Which rules bound which field. The first that holds on the current platform counts; where none does, there is no counter.
const RULES = {
  text: ["text.too_many_bytes", "text.too_long"],
  quick_replies: ["quick_replies.too_many"],
  title: ["quick_reply.title.too_long"],
  payload: ["quick_reply.payload.too_long"],
};

export function createLimits(rules) {
  return (name, platform) => {
    for (const code of RULES[name]) {
      const rule = rules.find((one) => one.code === code && one.limit !== undefined && one.platforms.includes(platform));
      if (rule) return { limit: rule.limit, unit: rule.unit };
    }
    return undefined;
  };
}

// How much of a limit a value uses, in the limit's own unit.
export function measure(value, unit) {
  if (Array.isArray(value)) return value.length;
  const text = value === undefined || value === null ? "" : String(value);
  return unit === "bytes" ? new TextEncoder().encode(text).length : [...text].length;
}
