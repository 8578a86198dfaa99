// The repository's wasm-opt, with the flags of the published module.
import { WASM_OPT } from "../../scripts/lib/build.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { must } from "../../scripts/lib/run.mjs";

/** The flags of the build. */
export const optimisations = () => WASM_OPT;

/** Those of them that say which features of WebAssembly the module uses. */
export const features = () => WASM_OPT.filter((flag) => flag.startsWith("--enable-"));

export async function wasmOpt(...args) {
  await must(
    "wasm-opt failed: look at its message above.",
    at("node_modules", ".bin", "wasm-opt"),
    args,
    { quiet: true },
  );
}
