// Bundles the files of the package: one file for each way of loading the wasm, so that a page
// without a bundler loads one file and the wasm, a process starts faster, and no runtime looks for
// a file that only another one has.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { Stop } from "./run.mjs";

/**
 * The entries with a module: its name, the features that it is compiled with, the sources in pkg-template, and the folder of the package
 * for the bundles.
 */
export const ENTRIES = [
  {
    name: "validate",
    features: [],
    api: "api/validate.js",
    own: "entry-validate.js",
    folder: "validate",
  },
  // Built last, so that other tools find the complete module in target/.
  { name: "bindings", features: ["client"], api: "api/index.js", own: "entry.js", folder: "." },
];
export const wasmOf = ({ name }) => `${name}_bg.wasm`;
/** How the wasm is found; see pkg-template/loaders. */
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
 * @param {string} folder contains the modules and the files that are shipped unchanged; the bundles are written there
 */
export async function bundle(source, folder) {
  for (const entry of ENTRIES) {
    write(join(folder, entry.folder), await bundlesOf(entry, source, folder));
  }
  const helpers = {};
  for (const [name, file] of Object.entries(HELPERS)) {
    helpers[`${name}.js`] = await bundled(join(source, file));
    helpers[`${name}.cjs`] = await bundled(join(source, file), { format: "cjs" });
  }
  write(folder, helpers);
  declareForRequire(folder);
}

/** Writes one file for each way to find the wasm, and the wasm as text for those that inline it. */
async function bundlesOf(entry, source, folder) {
  const api = join(source, entry.api);
  const loader = (name) => join(source, "loaders", `${name}.js`);
  const made = {};
  for (const name of LOADERS) {
    made[`${name}.js`] = await bundled(api, { entry, loader: loader(name) });
  }
  // jsdom has no TextEncoder and TextDecoder, so the module uses Node's.
  made["node.cjs"] = await bundled(api, {
    entry,
    loader: loader("node-cjs"),
    format: "cjs",
    intro: INTRO_CJS,
  });
  const wasm = readFileSync(join(folder, entry.folder, wasmOf(entry)));
  made["wasm-inline.js"] = `export default "${wasm.toString("base64")}";\n`;
  return made;
}

function write(folder, files) {
  for (const [name, code] of Object.entries(files)) {
    writeFileSync(join(folder, name), code);
  }
}

/** Bundles one file. Class names are kept, since they appear when an error is printed. */
async function bundled(input, { entry, loader, format = "esm", intro } = {}) {
  // Imported here, since the setup loads this file before `npm ci` has run.
  const { rolldown } = await import("rolldown");
  const minify = {
    compress: true,
    codegen: true,
    mangle: { toplevel: true, keepNames: { class: true, function: false } },
  };
  const bundle = await rolldown({
    input,
    makeAbsoluteExternalsRelative: false,
    plugins: entry === undefined ? [pure] : [parts(entry, loader), glue, pure],
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

/** Resolves the paths in the sources to the parts of an entry: its loader, its glue, its specific module, its wasm. */
function parts(entry, loader) {
  const wasm = wasmOf(entry);
  const places = [
    [/(^|\/)slim\.js$/, loader],
    [/(^|\/)bindings\.js$/, `${entry.name}.js`],
    [/(^|\/)entry\.js$/, entry.own],
  ];
  // Next to the bundle, not next to the loader, and not part of the bundle.
  const outside = [`./${wasm}`, `./${wasm}?module`, "./wasm-inline.js"];
  return {
    name: "parts",
    resolveId(id, importer) {
      if (outside.includes(id)) {
        return { id, external: true };
      }
      const [, part] = places.find(([place]) => place.test(id)) ?? [];
      return part === undefined || isAbsolute(part)
        ? part
        : join(dirname(importer), dirname(id), part);
    },
    transform: (code, id) =>
      id.includes("/loaders/") ? code.replaceAll("bindings_bg.wasm", wasm) : undefined,
  };
}

/**
 * No module of the package has side effects when it is loaded, so a bundler may drop whatever is not used. It cannot know this of a call
 * or a `new`, so they are annotated.
 */
const pure = {
  name: "pure",
  transform: (code) =>
    code
      .replace(/^((?:export )?(?:const|let) \w+ = )(?=new [A-Z]|[\w.]+\()/gm, "$1/* @__PURE__ */ ")
      .replace(/: (?=Object\.freeze\(|new FinalizationRegistry\()/g, ": /* @__PURE__ */ "),
};

/** Changes to the output of wasm-bindgen. The build fails if a text does not occur exactly once. */
const CHANGES = [
  // A redundant call on import; a bundler cannot know that it has no effect.
  ["cachedTextDecoder.decode();\nconst MAX", "const MAX"],
  // The loading, which is in loaders/compile.js.
  [
    "export { initSync, __wbg_init as default };",
    "export { __wbg_finalize_init, __wbg_get_imports };",
  ],
];
/** The same, for modules that take strings. */
const CHANGES_OF_TEXT = [["if (!('encodeInto' in cachedTextEncoder)) {", "if (false) {"]];
/** The same, for modules with callbacks: those of a broken or replaced instance do nothing and throw nothing (module/breakdown.js). */
const CHANGES_OF_CALLBACKS = [
  ["wasm = instance.exports;", "wasm = guarded(instance.exports);"],
  ["wasm = wasmInstance.exports;", "wasm = guarded(wasmInstance.exports);"],
  ["throw new Error('Cannot invoke closure from previous WASM instance');", "return;"],
];
const glue = {
  name: "glue",
  transform(code, id) {
    const entry = ENTRIES.find((one) => id.endsWith(`/module/${one.name}.js`));
    if (entry === undefined) {
      return undefined;
    }
    if (!entry.features.includes("client")) {
      return changed(code, CHANGES);
    }
    const whole = changed(code, [...CHANGES, ...CHANGES_OF_TEXT, ...CHANGES_OF_CALLBACKS]);
    return `import { guarded } from "./breakdown.js";\n${whole}`;
  },
};

function changed(code, changes) {
  return changes.reduce((text, [from, to]) => {
    if (text.split(from).length !== 2) {
      throw new Stop(
        `wasm-bindgen does not write "${from}" once: look at CHANGES in scripts/lib/bundles.mjs.`,
      );
    }
    return text.replace(from, () => to);
  }, code);
}

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
