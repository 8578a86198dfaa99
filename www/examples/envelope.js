// What the examples have in common: who gets them, and why.

export const PERSON = { id: "7001002003004005" };

export function example(id, name, message, rest = {}) {
  return {
    id,
    name,
    platform: "messenger",
    request: { recipient: PERSON, messaging_type: "RESPONSE", ...rest, message },
  };
}

export function template(id, name, payload, rest) {
  return example(id, name, { attachment: { type: "template", payload } }, rest);
}
