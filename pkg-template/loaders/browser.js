// For browsers, bundled or not: the wasm is fetched from beside this file when `init` or `send` is first called.
export const readyOn = "init";

export const source = () => new URL("./bindings_bg.wasm", import.meta.url);
