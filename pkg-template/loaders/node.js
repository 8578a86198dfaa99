// For Node: the wasm is read from beside this file.
export const readyOn = "import";

// Not by an import: Node makes a module of `node:fs` for that, which loads its streams, and takes two milliseconds of the start.
export const source = () => process.getBuiltinModule("node:fs").readFileSync(new URL("./bindings_bg.wasm", import.meta.url));
