// Starts the wasm, once, and knows whether it runs. The loaders say where the wasm comes from.
import startCore, { initSync } from "./bindings.js";
import { readyOn, source as ownSource } from "./loaders/slim.js";
import { assertWebAssembly, explained, fetchModule } from "./loaders/remedies.js";

const isAtHand = readyOn !== "init";
let isReady = false;
let loading;

/** Whether calls can be made. Starts what is at hand. */
export function ready() {
  if (isAtHand && !isReady) {
    assertWebAssembly();
    try {
      initSync({ module: ownSource() });
    } catch (error) {
      throw explained(error);
    }
    isReady = true;
  }
  return isReady;
}

export async function init(source) {
  if (isReady || loading !== undefined || isAtHand) {
    // This source is not needed; a promise that fails must then not become an unhandled rejection.
    Promise.resolve(source).catch(() => {});
    return loading ?? void ready();
  }
  if (source === undefined && ownSource === undefined) {
    throw new TypeError(
      "messenger-send/slim cannot find its wasm by itself: call init(source) with the address, the bytes or the WebAssembly.Module of messenger-send/wasm",
    );
  }
  // After a failure the next call tries again.
  loading = load(source).finally(() => {
    loading = undefined;
  });
  return loading;
}

async function load(given) {
  assertWebAssembly();
  try {
    const source = await (given ?? ownSource());
    await startCore({ module_or_path: isAddress(source) ? await fetchModule(source) : source });
  } catch (error) {
    throw explained(error);
  }
  isReady = true;
}

if (readyOn === "import") {
  ready();
}

function isAddress(source) {
  return typeof source === "string" || typeof source?.href === "string";
}
