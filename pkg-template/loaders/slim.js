// For whoever brings the module: nothing is found by itself, the caller gives it (`messenger-send/wasm`) to `init`.
// The build puts one of the other loaders in this one's place. Each says how the module is found, and does nothing until it is needed,
// so that a bundler drops it where only helpers are imported.

/** Whether `source` has the bytes or the compiled module at hand: then every call works without `init`. */
export const isAtHand = false;

/** Where the module is: bytes, a `WebAssembly.Module` or, where it must be fetched, a `URL`. */
export const source = undefined;
