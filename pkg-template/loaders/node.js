// For Node and Bun: the wasm is read from beside this file and started at once, so that every call works right after the import.
import { startNow } from "../module/instance.js";

// Not by an import: Node makes a module of `node:fs` for that, which loads its streams, and takes two milliseconds of the start.
const { readFileSync } = process.getBuiltinModule("node:fs");

startNow(readFileSync(new URL("./bindings_bg.wasm", import.meta.url)));

export * from "../api/index.js";
