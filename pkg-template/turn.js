/**
 * Timers and the caller's abort have their turn: where everything is at hand, as with a test's double, nothing else would give them one.
 * In Node a timer would not do: one that is over by the time it is looked at keeps all else from its turn as well.
 */
export function turn() {
  return new Promise((resolve) => (globalThis.setImmediate ?? setTimeout)(resolve));
}
