// Reads an object that a caller gave, once: own members only, into an object without a prototype.

export function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is undefined counts as absent. */
export function ownMembers(from) {
  if (!isPlainObject(from)) {
    throw new TypeError("not an object");
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
