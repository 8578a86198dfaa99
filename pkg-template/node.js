// For Node and Bun: the wasm is read from beside this file and started at once, so that every call works right after the import.
import { readFileSync } from "node:fs";
import { startNow } from "./start.js";

startNow(readFileSync(new URL("./bindings_bg.wasm", import.meta.url)));

export * from "./api.js";
