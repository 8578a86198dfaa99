// `messenger-send/wasm`: Cloudflare Workers, and bundlers configured for it, import it as compiled
// WebAssembly, for the `init` of `messenger-send/slim`. A bundler's suffix for URLs
// (`messenger-send/wasm?url`) has its own types.

/** The runtime's own `WebAssembly.Module`, if a library declares it. */
type RuntimeModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Declared } };
}
  ? Declared
  : object;

declare const wasm: RuntimeModule;
export default wasm;
