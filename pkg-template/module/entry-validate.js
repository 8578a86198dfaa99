// The parts that are specific to `messenger-send/validate`; see entry.js.

export const entry = "messenger-send/validate";

/** Nothing to settle: every call is synchronous, and a panic is a trap that the caller catches. */
export const settlePending = () => {};
export const prepare = () => {};
