// For whoever brings the module: nothing is found by itself, the caller gives it (`messenger-send/wasm`) to `init`.
// The build puts one of the other loaders in this one's place. Each says how the module is found, and does nothing until it is needed,
// so that a bundler drops it where only helpers are imported.

/**
 * When the module is started: on `init`, since it must be fetched or may take a while to compile; on the first call that needs it; or on
 * import, where a process or a Worker has time for it before its first request.
 */
export const readyOn = "init";

/** Where the module is: bytes, a `WebAssembly.Module` or, where it must be fetched, a `URL`. */
export const source = undefined;
