// The limits that the counters show, looked up in the package's rule catalogue: no number lives on this page.

// Which rules bound which field. Where the platforms have rules of their own, the one for the current platform counts.
const RULES = {
  text: ["text.too_long"],
  quick_replies: ["quick_replies.too_many"],
  title: ["quick_reply.title_too_long"],
  payload: ["quick_reply.payload_too_long"],
};

export function createLimits(rules) {
  return (name, platform) => {
    const rule = rules.find(
      (rule) => RULES[name].includes(rule.code) && rule.limit !== undefined && rule.platforms.includes(platform),
    );
    return rule && { limit: rule.limit, unit: rule.unit };
  };
}

// How much of a limit a value uses, in the limit's own unit.
export function measure(value, unit) {
  if (Array.isArray(value)) return value.length;
  const text = value === undefined || value === null ? "" : String(value);
  if (unit === "bytes") return new TextEncoder().encode(text).length;
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters;
}
