// The parts that only `messenger-send/validate` has; see entry.js.

export const entry = "messenger-send/validate";

/** No call is ever pending: a panic is a trap, which the caller catches. */
export const settlePending = () => {};
export const prepare = () => {};
