// The WebAssembly instance: starts it, once, and replaces it after a breakdown. The loaders say where the module comes from.
import startModule, { __wbg_reset_state as resetState, initSync, start } from "./bindings.js";
import { breakDown, isBrokenDown, recovered } from "./breakdown.js";
import { core } from "./core.js";

let isReady = false;
let loading;
let findSource;

/** For loaders that have the bytes or the compiled module at hand. */
export function startNow(module) {
  initSync({ module });
  ready();
}

/** For loaders that must fetch: `find` gives the address once it is needed. */
export function startFrom(find) {
  findSource = find;
}

export function isStarted() {
  return isReady;
}

export async function init(source) {
  if (isReady || loading !== undefined) {
    // This source is not needed; a promise that fails must then not become an unhandled rejection.
    Promise.resolve(source).catch(() => {});
    return loading;
  }
  const given = source ?? findSource?.();
  if (given === undefined) {
    throw new TypeError(
      "messenger-send/slim cannot find its wasm by itself: call init(source) with the address, the bytes or the WebAssembly.Module of messenger-send/wasm",
    );
  }
  // After a failure the next call tries again.
  loading = load(given).finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(source) {
  await startModule({ module_or_path: await source });
  ready();
}

function ready() {
  start(breakDown);
  isReady = true;
}

/**
 * Calls the module. Rust never throws on purpose, so an exception means that the instance is broken.
 * @template Result
 * @param {(core: object) => Result} work
 * @returns {Result}
 */
export function withModule(work) {
  if (!isReady) {
    throw new Error("messenger-send has not been started: call `await init()` first");
  }
  try {
    if (isBrokenDown()) {
      resetState();
      start(breakDown);
      recovered();
    }
    return work(core);
  } catch (error) {
    breakDown();
    throw error;
  }
}
