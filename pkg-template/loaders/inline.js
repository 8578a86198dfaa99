// For `messenger-send/inline` and server bundles: the module is in the bundle, so there is no
// second file to find.
import { decode } from "./decode.js";
import base64 from "./wasm-inline.js";

export const readyOn = "call";

export const source = () => decode(base64);
