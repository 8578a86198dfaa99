// Starts the wasm, once, and knows whether it runs. The loaders say where the wasm comes from.
import startCore, { initSync } from "./bindings.js";

let isReady = false;
let loading;
let ownSource;

/** For loaders that have the bytes or the compiled module at hand. */
export function startNow(module) {
  initSync({ module });
  isReady = true;
}

/** For loaders that must fetch: `find` gives the address once it is needed. */
export function startFrom(find) {
  ownSource = find;
}

export function ready() {
  return isReady;
}

export async function init(source) {
  if (isReady || loading !== undefined) {
    // This source is not needed; a promise that fails must then not become an unhandled rejection.
    Promise.resolve(source).catch(() => {});
    return loading;
  }
  const given = source ?? ownSource?.();
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
  await startCore({ module_or_path: await source });
  isReady = true;
}
