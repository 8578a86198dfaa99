// For Cloudflare Workers: the wasm is imported as a compiled module, because compiling bytes is
// forbidden there.
import module from "./bindings_bg.wasm";

export const readyOn = "import";

export const source = () => module;
