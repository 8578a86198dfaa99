// For browsers, bundled or not: the wasm next to this file is fetched when `init` or `send` is
// first called.
export const readyOn = "init";

export const source = () => new URL("./bindings_bg.wasm", import.meta.url);
