// Counts steps of the module instead of time: wasm-opt inserts a call at the entry and exit of
// every function and in every loop. The same message takes the same number of steps, whatever else
// the machine does.
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { at } from "../../scripts/lib/root.mjs";
import { inline, intercepted } from "./instance.mjs";
import { features, wasmOpt } from "./wasm-opt.mjs";

const WASM = "bindings_bg.wasm";
const COUNTER = "log_execution";

/**
 * Makes a copy of pkg/ that counts, and starts it.
 * @param {string} folder an empty one
 * @returns {Promise<{ api: object, steps: (call: () => unknown) => number }>} steps: what a call of `api` takes
 */
export async function countingPackage(folder) {
  for (const name of readdirSync(at("pkg")).filter(
    (one) => one.endsWith(".js") || one === "package.json",
  )) {
    copyFileSync(at("pkg", name), join(folder, name));
  }
  await wasmOpt(...features(), "--log-execution", at("pkg", WASM), "-o", join(folder, WASM));
  inline(join(folder, WASM));
  let count = 0;
  const api = await counted(
    () => (count += 1),
    () => import(pathToFileURL(join(folder, "node.js")).href),
  );
  return {
    api,
    steps(call) {
      count = 0;
      call();
      return count;
    },
  };
}

/** Gives the module its counter, which the package's own code does not know of. */
async function counted(step, load) {
  const imports = (module, given) => {
    const { module: from } = WebAssembly.Module.imports(module).find(
      ({ name }) => name === COUNTER,
    );
    return { ...given, [from]: { ...given[from], [COUNTER]: step } };
  };
  return (await intercepted(load, { imports })).api;
}
