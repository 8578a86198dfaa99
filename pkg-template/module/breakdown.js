// What happens when the WebAssembly instance breaks: a stack overflow, no memory, a panic. Nothing that is left of it can be trusted,
// so every pending promise is settled here, and the next call runs on a fresh instance (instance.js).

/** The calls that are under way, each with how it is settled. */
const pending = new Set();
let isBroken = false;
const NOTHING = [];

/**
 * Registers a call until the returned function is called.
 * @param {() => void} fail settles the call's promise
 */
export function whilePending(fail) {
  const record = { fail };
  pending.add(record);
  return () => pending.delete(record);
}

/** The instance cannot be used any more. */
export function breakDown() {
  isBroken = true;
  const broken = [...pending];
  pending.clear();
  for (const { fail } of broken) fail();
}

export function isBrokenDown() {
  return isBroken;
}

/** A fresh instance runs. */
export function recovered() {
  isBroken = false;
}

/**
 * The exports of an instance, of which those that JavaScript calls back (timers, promises) never throw: nobody would catch it.
 * The build puts this call into the glue of wasm-bindgen.
 */
export function guarded(exports) {
  const entries = Object.entries(exports).map(([name, value]) => [
    name,
    name.startsWith("wasm_bindgen__convert__closures") ? guardedCallback(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function guardedCallback(callback) {
  return (...args) => {
    if (!isBroken) {
      try {
        return callback(...args);
      } catch {
        breakDown();
      }
    }
    // The glue looks into what some of them return: nothing was thrown.
    return NOTHING;
  };
}
