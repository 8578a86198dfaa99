// `messenger-send/wasm`, imported as a module: Cloudflare Workers, and bundlers that are told to, give the compiled WebAssembly.
// It goes into the `init` of `messenger-send/slim`. A bundler's suffix for addresses (`messenger-send/wasm?url`) has its own types.

/** The runtime's own `WebAssembly.Module`, where a library declares it. */
type RuntimeModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Declared } };
}
  ? Declared
  : object;

declare const wasm: RuntimeModule;
export default wasm;
