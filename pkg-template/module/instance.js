// Starts the WebAssembly instance once, and replaces it after a breakdown. The loaders find the
// module.
import { assertWebAssembly, explained, fetchModule } from "../loaders/remedies.js";
import { source as ownSource, readyOn } from "../loaders/slim.js";
import startModule, { initSync, __wbg_reset_state as resetState, start } from "./bindings.js";
import { breakDown, isBrokenDown, recovered } from "./breakdown.js";
import { core } from "./core.js";

const isAtHand = readyOn !== "init";
let isReady = false;
let loading;

/** Whether calls can be made. Starts a module that is available synchronously. */
export function isStarted() {
  if (isAtHand && !isReady) {
    assertWebAssembly();
    try {
      initSync({ module: ownSource() });
    } catch (error) {
      throw explained(error);
    }
    ready();
  }
  return isReady;
}

export async function init(source) {
  if (isReady || loading !== undefined || isAtHand) {
    // This source is not needed, so its rejection must not become an unhandled one.
    Promise.resolve(source).catch(() => {});
    return loading ?? void isStarted();
  }
  if (source === undefined && ownSource === undefined) {
    throw new TypeError(
      "messenger-send/slim cannot find its wasm by itself: call init(source) with the URL, the bytes or the WebAssembly.Module of messenger-send/wasm",
    );
  }
  // After a failure, the next call tries again.
  loading = load(source).finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(given) {
  assertWebAssembly();
  try {
    const source = await (given ?? ownSource());
    await startModule({ module_or_path: isAddress(source) ? await fetchModule(source) : source });
  } catch (error) {
    throw explained(error);
  }
  ready();
}

function ready() {
  start(breakDown);
  isReady = true;
}

if (readyOn === "import") {
  isStarted();
}

function isAddress(source) {
  return typeof source === "string" || typeof source?.href === "string";
}

/** @throws {Error} before the module has started */
export function assertStarted() {
  if (!isStarted()) {
    throw new Error("messenger-send has not been started: call `await init()` first");
  }
}

/**
 * Calls the module. Rust never throws on purpose, so an exception means that the instance is
 * broken.
 * @template Result
 * @param {(core: object) => Result} work
 * @returns {Result}
 */
export function withModule(work) {
  assertStarted();
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
