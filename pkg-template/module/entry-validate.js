// What `messenger-send/validate` has of its own; see entry.js.

export const entry = "messenger-send/validate";

/** Nothing is ever pending: a panic is a trap, and whoever calls catches it. */
export const prepare = () => {};
