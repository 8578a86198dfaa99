// For `messenger-send/slim`: the caller passes the module (`messenger-send/wasm`) to `init`. The
// build replaces this loader with one of the others. Each finds the module, but does nothing until
// it is needed, so that a bundler can drop it if only helpers are imported.
import { entry } from "../module/entry.js";

/**
 * When the module starts: on `init`, since it must be fetched or may take long to compile; on the
 * first call that needs it; or on import, if a process or a Worker has time for it before its first
 * request.
 */
export const readyOn = "init";

/** The module: bytes, a `WebAssembly.Module` or, if it must be fetched, a `URL`. */
export const source = () => {
  throw new TypeError(
    `${entry}/slim cannot find its wasm by itself: call init(source) with the URL, the bytes or the WebAssembly.Module of ${entry}/wasm`,
  );
};
