// Bundles the files of the package: one file for each way of loading the wasm, so that a page
// without a bundler loads one file and the wasm, a process starts faster, and no runtime looks for
// a file that only another one has.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stop } from "./run.mjs";

const WASM = "bindings_bg.wasm";
/** Imported by bundles, but not part of them. */
const OUTSIDE = [`./${WASM}`, `./${WASM}?module`, "./wasm-inline.js"];
/** The ways of loading the wasm; see pkg-template/loaders. */
const LOADERS = ["browser", "browser-inline", "edge-light", "inline", "node", "slim", "workerd"];
/** Entries without the wasm: their file and its source. */
const HELPERS = {
  "split-text": "split-text/split-text.js",
  "messaging-window": "messaging-window/messaging-window.js",
  "testing/index": "testing/index.js",
  "webhook/index": "webhook/index.js",
};
const INTRO_CJS = 'const { TextDecoder, TextEncoder } = require("node:util");';

/**
 * @param {string} source the sources of pkg-template, with the glue of wasm-bindgen in module/
 * @param {string} folder holds the module and what is shipped as it is; gets the bundles
 */
export async function bundle(source, folder) {
  const everything = join(source, "api", "index.js");
  const loader = (name) => join(source, "loaders", `${name}.js`);
  const made = {};
  for (const name of LOADERS) {
    made[`${name}.js`] = await bundled(everything, { loader: loader(name) });
  }
  // jsdom has no text coding of its own: the module takes Node's.
  made["node.cjs"] = await bundled(everything, {
    loader: loader("node-cjs"),
    format: "cjs",
    intro: INTRO_CJS,
  });
  for (const [name, file] of Object.entries(HELPERS)) {
    made[`${name}.js`] = await bundled(join(source, file));
    made[`${name}.cjs`] = await bundled(join(source, file), { format: "cjs" });
  }
  made["wasm-inline.js"] =
    `export default "${readFileSync(join(folder, WASM)).toString("base64")}";\n`;
  for (const [name, code] of Object.entries(made)) {
    writeFileSync(join(folder, name), code);
  }
  declareForRequire(folder);
}

/** The names of classes are kept, since they appear when an error is printed. */
async function bundled(input, { loader, format = "esm", intro } = {}) {
  // Not at the top: set-up imports this file before `npm ci` has run.
  const { rolldown } = await import("rolldown");
  const minify = {
    compress: true,
    codegen: true,
    mangle: { toplevel: true, keepNames: { class: true, function: false } },
  };
  const paths = {
    name: "paths",
    resolveId(id) {
      if (OUTSIDE.includes(id)) {
        // They are next to the bundle, not next to the loader.
        return { id, external: true };
      }
      return loader !== undefined && /(^|\/)slim\.js$/.test(id) ? loader : undefined;
    },
  };
  const bundle = await rolldown({
    input,
    makeAbsoluteExternalsRelative: false,
    plugins: [paths, glue, pure],
  });
  const { output } = await bundle.generate({
    format,
    minify,
    codeSplitting: false,
    intro,
    exports: "named",
  });
  await bundle.close();
  if (output.length !== 1) {
    throw new Stop(
      `${input} became ${output.length} files: the package's modules must not be imported dynamically.`,
    );
  }
  return output[0].code;
}

/**
 * Nothing that a module of the package does when it is loaded can be noticed, so a bundler may drop whatever is not used. It must be told:
 * of a call or a `new` it cannot know.
 */
const pure = {
  name: "pure",
  transform: (code) =>
    code
      .replace(/^((?:export )?(?:const|let) \w+ = )(?=new [A-Z]|[\w.]+\()/gm, "$1/* @__PURE__ */ ")
      .replace(/: (?=Object\.freeze\(|new FinalizationRegistry\()/g, ": /* @__PURE__ */ "),
};

/** What wasm-bindgen writes and does not suit. Each change is refused when the text does not stand there once. */
const CHANGES = [
  // A broken instance leaves no exception uncaught: callbacks are guarded (module/breakdown.js), and those of an instance that is gone do nothing.
  ["wasm = instance.exports;", "wasm = guarded(instance.exports);"],
  ["wasm = wasmInstance.exports;", "wasm = guarded(wasmInstance.exports);"],
  ["throw new Error('Cannot invoke closure from previous WASM instance');", "return;"],
  // A compiled module may be of another realm, as in Next.js' edge runtime.
  [
    "if (!(module instanceof WebAssembly.Module)) {",
    'if (Object.prototype.toString.call(module) !== "[object WebAssembly.Module]") {',
  ],
  // Done once more than needed, on import, where a bundler cannot know that it has no effect.
  ["cachedTextDecoder.decode();\nconst MAX", "const MAX"],
  ["if (!('encodeInto' in cachedTextEncoder)) {", "if (false) {"],
];
const glue = {
  name: "glue",
  transform(code, id) {
    if (!id.endsWith("/bindings.js")) {
      return undefined;
    }
    let changed = code;
    for (const [from, to] of CHANGES) {
      if (changed.split(from).length !== 2) {
        throw new Stop(
          `wasm-bindgen does not write "${from}" once: look at CHANGES in scripts/lib/bundles.mjs.`,
        );
      }
      changed = changed.replace(from, () => to);
    }
    return `import { guarded } from "./breakdown.js";\n${changed}`;
  },
};

/** TypeScript reads the declarations of a CommonJS file from a `.d.cts` next to it. */
function declareForRequire(folder) {
  for (const path of filesIn(folder).filter(
    (one) => one.endsWith(".d.ts") && one !== "wasm.d.ts",
  )) {
    const text = readFileSync(join(folder, path), "utf8").replace(
      /(from "\.[^"]*)\.js"/g,
      '$1.cjs"',
    );
    writeFileSync(join(folder, path.replace(/\.d\.ts$/, ".d.cts")), text);
  }
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
}
