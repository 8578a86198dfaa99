// For Node, and for bundles that run in it: the module is in the code, since a bundler or a tracer
// (esbuild, Nitro, Vercel) would lose a file next to it. This costs a process about a millisecond.
import base64 from "./wasm-inline.js";

export const readyOn = "import";

export const source = () => Buffer.from(base64, "base64");
