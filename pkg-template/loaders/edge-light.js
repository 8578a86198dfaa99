// For the edge runtimes of Vercel and Next.js: `?module` makes their bundlers import a compiled
// module; compiling bytes is forbidden there.
import module from "./bindings_bg.wasm?module";

export const readyOn = "import";

export const source = () => module;
