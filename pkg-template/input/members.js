// Own members only: what other code has put into Object.prototype must neither be read nor get in
// the way.

export function isPlainObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads the caller's object once, into an object without a prototype. Undefined members count as
 * absent.
 */
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

/** Defines a member, also where a prototype makes an assignment fail. */
export function define(object, name, value, enumerable = true) {
  Object.defineProperty(object, name, {
    __proto__: null,
    value,
    writable: true,
    configurable: true,
    enumerable,
  });
}

/** Gives objects without a prototype, as the core creates them, the usual one. */
export function plain(value) {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}
