// For the edge runtimes of Vercel and Next.js: `?module` is how their bundlers are asked for a compiled module; compiling bytes is forbidden there.
import module from "./bindings_bg.wasm?module";

export const readyOn = "import";

export const source = () => module;
