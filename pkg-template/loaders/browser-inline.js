// For browsers whose bundler knows no assets (esbuild, Angular, Vite's development server before version 8): the module is in the bundle.
// It is compiled when `init` or `send` is first called, as the module of browser.js is fetched: what works with one works with the other.
import { decode } from "./decode.js";
import base64 from "./wasm-inline.js";

export const readyOn = "init";

export const source = () => decode(base64);
