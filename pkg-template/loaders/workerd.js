// For Cloudflare Workers: the wasm is imported as a compiled module, because compiling bytes is forbidden there.
import module from "./bindings_bg.wasm";
import { startNow } from "../module/instance.js";

startNow(module);

export * from "../api/index.js";
