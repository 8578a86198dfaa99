// The repository's own wasm-opt, with the flags that the published module is optimised with.
import { readFileSync } from "node:fs";
import { at } from "../../scripts/lib/root.mjs";
import { must, Stop } from "../../scripts/lib/run.mjs";

/** The flags in Cargo.toml, where wasm-pack reads them. */
export function optimisations() {
  const found = /^wasm-opt = (\[[^\]]*\])/m.exec(readFileSync(at("Cargo.toml"), "utf8"));
  if (found === null) {
    throw new Stop("Cargo.toml does not say the flags of wasm-opt: put them back.");
  }
  return JSON.parse(found[1]);
}

/** Those of them that say which features of WebAssembly the module uses. */
export const features = () => optimisations().filter((flag) => flag.startsWith("--enable-"));

export async function wasmOpt(...args) {
  await must("wasm-opt failed: look at its message above.", at("node_modules", ".bin", "wasm-opt"), args, { quiet: true });
}
