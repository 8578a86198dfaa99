// For Deno: a source phase import, because it needs no permission where reading a file does.
import source module from "./bindings_bg.wasm";
import { startNow } from "../module/instance.js";

startNow(module);

export * from "../api/index.js";
