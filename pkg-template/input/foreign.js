// Steps into objects that others made. Any member may be missing, and any getter, method or `then` may throw.

/** A member; `undefined` where there is none, and where it cannot be had. */
export function get(object, name) {
  try {
    return object?.[name];
  } catch {
    return undefined;
  }
}

/** What kind of built-in object it is, also one of another realm: "Blob", "URL". */
export function kindOf(object) {
  try {
    return Object.prototype.toString.call(object).slice("[object ".length, -1);
  } catch {
    // A revoked proxy, or a getter that throws.
    return "";
  }
}

/** A promise of our own for what the function gives, which may be a promise, a thenable or neither, and for what it throws. */
export function settle(start) {
  return new Promise((resolve) => resolve(start()));
}

/** Starts something without anybody asking how it ends. */
export function letGo(start) {
  settle(start).catch(() => {});
}
