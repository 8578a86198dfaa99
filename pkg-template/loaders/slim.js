// For frameworks that hide their bundler: nothing is found by itself, the caller gives the wasm (`messenger-send/wasm`) to `init`.
export * from "../api/index.js";
