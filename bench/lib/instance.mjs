// Stands between a package and the instance of the module that it makes: the package itself hands out neither its memory nor its core.

/**
 * @param {() => Promise<object>} load imports a package that starts at once, as Node's loader does
 * @param {{ imports?: Function, exports?: Function }} [change] what the module gets, and what the package gets of it; each is given what it would be
 * @returns {Promise<{ api: object, exports: WebAssembly.Exports }>} `exports` as the module has them
 */
export async function intercepted(load, { imports = (_, given) => given, exports = (given) => given } = {}) {
  const { Instance } = WebAssembly;
  let own;
  WebAssembly.Instance = function (module, given) {
    own = new Instance(module, imports(module, given)).exports;
    return { exports: exports(own) };
  };
  try {
    const api = await load();
    if (own === undefined) {
      throw new Error("the package made no instance: it was there before");
    }
    return { api, exports: own };
  } finally {
    WebAssembly.Instance = Instance;
  }
}
