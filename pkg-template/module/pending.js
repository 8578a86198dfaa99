// The calls whose promises are pending. A broken instance settles none of them.

/** For each running call, the function that settles it. */
const pending = new Set();

/**
 * Registers a call until the returned function is called.
 * @param {() => void} fail settles the promise of the call
 */
export function whilePending(fail) {
  pending.add(fail);
  return () => pending.delete(fail);
}

/** Settles the promise of every running call. */
export function settlePending() {
  const broken = [...pending];
  pending.clear();
  for (const fail of broken) fail();
}
