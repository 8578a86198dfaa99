// Handles a broken WebAssembly instance (a stack overflow, no memory, a panic). It can no longer be
// trusted, so every pending promise is settled here, and the next call runs on a fresh instance
// (instance.js).
import { settlePending } from "./entry.js";

let isBroken = false;
const NOTHING = [];

/** Marks the instance as unusable. */
export function breakDown() {
  isBroken = true;
  settlePending();
}

export function isBrokenDown() {
  return isBroken;
}

/** Marks a fresh instance as running. */
export function recovered() {
  isBroken = false;
}

/**
 * Wraps the exports of an instance so that those called back by JavaScript (timers, promises) never
 * throw, since nobody would catch it. The build inserts this call into the glue of wasm-bindgen.
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
    // The glue inspects the return value of some callbacks; an empty array means "nothing thrown".
    return NOTHING;
  };
}
