// Access to untrusted objects. Any member may be missing, and any getter, method or `then` may
// throw.

/** A member; `undefined` if it is missing or cannot be read. */
export function get(object, name) {
  try {
    return object?.[name];
  } catch {
    return undefined;
  }
}

/** The class of a built-in object, also from another realm: "Blob", "URL". */
export function kindOf(object) {
  try {
    return Object.prototype.toString.call(object).slice("[object ".length, -1);
  } catch {
    // A revoked proxy, or a getter that throws.
    return "";
  }
}

/**
 * A native promise for the result of a function, which may be a promise, a thenable or neither, and
 * for its exception.
 */
export function settle(start) {
  return new Promise((resolve) => resolve(start()));
}

/** Starts something and ignores its outcome. */
export function letGo(start) {
  settle(start).catch(() => {});
}
