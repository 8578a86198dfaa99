// For `messenger-send/inline` and server bundles: the module is in the bundle, so no second file is
// needed.
import { decode } from "./decode.js";
import base64 from "./wasm-inline.js";

export const readyOn = "call";

export const source = () => decode(base64);
