// The glue of wasm-bindgen: JavaScript around a compiled module.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { must, Stop } from "./run.mjs";

/**
 * Writes `name.js` and `name_bg.wasm`.
 * @param {string} compiled what cargo made
 * @param {string} folder
 * @param {string} name
 * @param {{ flags?: string[], quiet?: boolean }} [options] more flags of wasm-bindgen
 */
export async function bindgen(compiled, folder, name, { flags = [], quiet = false } = {}) {
  // The declarations of the package are pkg-template/*.d.ts; those of the glue are nobody's business.
  const always = [
    "--target",
    "web",
    "--no-typescript",
    "--omit-default-module-path",
    "--experimental-reset-state-function",
    "--out-name",
    name,
    "--out-dir",
    folder,
  ];
  await must(
    "wasm-bindgen could not write the glue: look at its message above.",
    "wasm-bindgen",
    [...always, ...flags, compiled],
    { cwd: ROOT, quiet },
  );
  numberImports(join(folder, `${name}.js`), join(folder, `${name}_bg.wasm`));
}

/**
 * The names of imports end with hashes, which do not compress: 2 KB in each of the two files. Numbers of the same length take their places,
 * so that nothing in the module moves.
 */
function numberImports(glue, wasm) {
  const bytes = readFileSync(wasm);
  let code = readFileSync(glue, "utf8");
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  const taken = new Set(imports.map(({ name }) => name));
  for (const { name } of imports) {
    const numbered = name.replace(/(?!0{8})[0-9a-f]{16}$/, () => firstFree(name, taken));
    taken.add(numbered);
    if (code.split(name).length !== 2) {
      throw new Stop(`The glue does not name ${name} once: look at scripts/lib/bindgen.mjs.`);
    }
    code = code.replace(name, numbered);
    // More than once where debugging information is kept.
    for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + name.length)) {
      bytes.write(numbered, at);
    }
  }
  writeFileSync(wasm, bytes);
  writeFileSync(glue, code);
}

/** The lowest number, as long as the hash, that no import with the same beginning has. */
function firstFree(name, taken) {
  const beginning = name.slice(0, -16);
  let number = 0;
  const padded = () => String(number).padStart(16, "0");
  while (taken.has(beginning + padded())) {
    number += 1;
  }
  return padded();
}
