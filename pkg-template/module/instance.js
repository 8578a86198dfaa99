// Starts the WebAssembly instance once, and replaces it after a breakdown. The loaders find the
// module.
import { compile, compileNow } from "../loaders/compile.js";
import { assertWebAssembly, explained } from "../loaders/remedies.js";
import { source as ownSource, readyOn } from "../loaders/slim.js";
import {
  __wbg_finalize_init as adopt,
  __wbg_get_imports as imports,
  __wbg_reset_state as resetState,
} from "./bindings.js";
import { breakDown, isBrokenDown, recovered } from "./breakdown.js";
import { entry, prepare } from "./entry.js";

const isAtHand = readyOn !== "init";
let isReady = false;
let loading;

/** Whether calls can be made. Starts a module that is available synchronously. */
export function isStarted() {
  if (isAtHand && !isReady) {
    assertWebAssembly();
    try {
      const module = compileNow(ownSource());
      adopt(new WebAssembly.Instance(module, imports()), module);
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
  // After a failure, the next call tries again.
  loading = load(source).finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(given) {
  assertWebAssembly();
  try {
    const module = await compile(await (given ?? ownSource()));
    adopt(await WebAssembly.instantiate(module, imports()), module);
  } catch (error) {
    throw explained(error);
  }
  ready();
}

function ready() {
  prepare(breakDown);
  isReady = true;
}

if (readyOn === "import") {
  isStarted();
}

/** @throws {Error} before the module has started */
export function assertStarted() {
  if (!isStarted()) {
    throw new Error(`${entry} has not started: call \`await init()\` first`);
  }
}

/**
 * Calls the module. Rust never throws on purpose, so an exception means that the instance is
 * broken.
 * @template Result
 * @param {() => Result} work
 * @returns {Result}
 */
export function withModule(work) {
  assertStarted();
  try {
    if (isBrokenDown()) {
      resetState();
      prepare(breakDown);
      recovered();
    }
    return work();
  } catch (error) {
    breakDown();
    throw error;
  }
}
