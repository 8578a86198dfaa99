// Intercepts the module instance that a package creates: the package itself exposes neither its
// memory nor its core.

import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes a module into the file that Node's loader has it from. */
export function inline(wasm) {
  writeFileSync(
    join(dirname(wasm), "wasm-inline.js"),
    `export default "${readFileSync(wasm).toString("base64")}";\n`,
  );
}

/**
 * @param {() => Promise<object>} load imports a package, which is started here
 * @param {{ imports?: Function, exports?: Function }} [change] what the module gets, and what the package gets of it; each is given what it would be
 * @returns {Promise<{ api: object, exports: WebAssembly.Exports }>} `exports` as the module has them
 */
export async function intercepted(
  load,
  { imports = (_, given) => given, exports = (given) => given } = {},
) {
  const { Instance } = WebAssembly;
  let own;
  // biome-ignore lint/complexity/useArrowFunction: it is called with `new`
  WebAssembly.Instance = function (module, given) {
    own = new Instance(module, imports(module, given)).exports;
    return { exports: exports(own) };
  };
  try {
    const api = await load();
    await api.init();
    if (own === undefined) {
      throw new Error("the package made no instance: it was there before");
    }
    return { api, exports: own };
  } finally {
    WebAssembly.Instance = Instance;
  }
}
