// Reads the caller's object once: own members only, into an object without a prototype.

export function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined members count as absent. */
export function ownMembers(from) {
  if (!isPlainObject(from)) {
    // The callers add the message.
    throw new TypeError();
  }
  const members = Object.create(null);
  for (const name of Object.keys(from)) {
    const value = from[name];
    if (value !== undefined) {
      members[name] = value;
    }
  }
  return members;
}
