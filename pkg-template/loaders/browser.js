// For browsers, bundled or not: the wasm is fetched from beside this file when `init` or `send` is first called.
// No top-level await: a page must not wait for the wasm before it can draw.
import { startFrom } from "../module/instance.js";

startFrom(() => new URL("./bindings_bg.wasm", import.meta.url));

export * from "../api/index.js";
