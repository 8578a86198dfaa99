// For browsers with a bundler that does not support assets (esbuild, Angular, Vite's development
// server before version 8): the module is in the bundle. It is compiled when `init` or `send` is
// first called, just as browser.js then fetches its module, so code works with both.
import { decode } from "./decode.js";
import base64 from "./wasm-inline.js";

export const readyOn = "init";

export const source = () => decode(base64);
