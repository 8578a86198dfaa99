// The module with function names, which the published one lacks. For inspection only, never for
// reported times.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bindgen } from "../../scripts/lib/bindgen.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { Stop } from "../../scripts/lib/run.mjs";
import { inline } from "./instance.mjs";
import { optimisations, wasmOpt } from "./wasm-opt.mjs";

/** The output of the compiler from `npm run build`. */
const COMPILED = at("target", "wasm32-unknown-unknown", "release", "messenger_send_wasm.wasm");

/**
 * Makes a copy of pkg/ whose module has names: the same wasm-bindgen and the same wasm-opt, with the names kept.
 * @returns {Promise<string>} the folder of the copy; it lies in .tools, and the caller removes it
 */
export async function namedPackage() {
  if (!existsSync(COMPILED) || !existsSync(at("pkg", "package.json"))) {
    throw new Stop("There is no build: run `npm run build` first.");
  }
  mkdirSync(at(".tools"), { recursive: true });
  const folder = mkdtempSync(at(".tools", "named-"));
  for (const name of readdirSync(at("pkg")).filter(
    (one) => one.endsWith(".js") || one === "package.json",
  )) {
    copyFileSync(at("pkg", name), join(folder, name));
  }
  await bindgen(COMPILED, folder, "bindings", { flags: ["--keep-debug"], quiet: true });
  const wasm = join(folder, "bindings_bg.wasm");
  await wasmOpt(...optimisations(), "-g", wasm, "-o", wasm);
  inline(wasm);
  return folder;
}
