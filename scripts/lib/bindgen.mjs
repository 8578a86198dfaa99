// Generates the JavaScript glue of wasm-bindgen for a compiled module.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { must, Stop } from "./run.mjs";

const HASH_LENGTH = 16;

/**
 * Writes `name.js` and `name_bg.wasm`.
 * @param {string} compiled the module that cargo built
 * @param {string} folder
 * @param {string} name
 * @param {{ flags?: string[], quiet?: boolean }} [options] flags: additional flags of wasm-bindgen
 */
export async function bindgen(compiled, folder, name, { flags = [], quiet = false } = {}) {
  // No declarations for the glue: those of the package are pkg-template/*.d.ts.
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
    "wasm-bindgen could not write the glue: see its message above.",
    "wasm-bindgen",
    [...always, ...flags, compiled],
    { cwd: ROOT, quiet },
  );
  const glue = join(folder, `${name}.js`);
  numberImports(glue, join(folder, `${name}_bg.wasm`));
  writeFileSync(glue, withoutFinalizers(catchInPlace(readFileSync(glue, "utf8"))));
}

/**
 * Removes the registry that frees closures which JavaScript has dropped. Rust keeps every closure until it frees it (`tests/scripts/bindgen.test.mjs`),
 * and registering seven closures for each message takes a sixth of the package's own time in `sendAll`.
 * @param {string} glue as wasm-bindgen writes it
 */
export function withoutFinalizers(glue) {
  const without = glue.replace(
    /const CLOSURE_DTORS = \(typeof FinalizationRegistry === 'undefined'\)\s*\? (\{[^\n]*\})\s*: new FinalizationRegistry\(.*?\n\}\);/s,
    "const CLOSURE_DTORS = $1;",
  );
  if (without.includes("FinalizationRegistry")) {
    throw new Stop(
      "The glue frees closures in another way: update withoutFinalizers in scripts/lib/bindgen.mjs.",
    );
  }
  return without;
}

/**
 * Makes imports catch exceptions themselves. The glue calls them through a helper, with a new function and a copy of the arguments for
 * each call; a send makes eighty such calls.
 * @param {string} glue as wasm-bindgen writes it
 */
export function catchInPlace(glue) {
  const caught = glue
    .replace(
      /function\(\) \{ return handleError\(function \(([^)]*)\) \{\n(.*?)\n\s*\}, arguments\); \}/gs,
      "function($1) {\n            try {\n$2\n            } catch (e) { return handleError(e); }\n        }",
    )
    .replace(
      /function handleError\(f, args\) \{\s*try \{\s*return f\.apply\(this, args\);\s*\} catch \(e\) \{(.*?)\}\s*\}/s,
      "function handleError(e) {$1}",
    );
  if (/handleError\((function|f\b)/.test(caught)) {
    throw new Stop(
      "The glue calls imports in another way: update catchInPlace in scripts/lib/bindgen.mjs.",
    );
  }
  return caught;
}

/** Renames the imports of a module, in the module and in its glue. */
function numberImports(glue, wasm) {
  const bytes = readFileSync(wasm);
  let code = readFileSync(glue, "utf8");
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
  for (const [name, numbered] of Object.entries(numberedNames(imports.map(({ name }) => name)))) {
    if (code.split(name).length !== 2) {
      throw new Stop(`The glue must contain ${name} exactly once: update scripts/lib/bindgen.mjs.`);
    }
    code = code.replace(name, numbered);
    // It occurs more than once if the module has debug information.
    for (let at = bytes.indexOf(name); at !== -1; at = bytes.indexOf(name, at + name.length)) {
      bytes.write(numbered, at);
    }
  }
  writeFileSync(wasm, bytes);
  writeFileSync(glue, code);
}

/**
 * The names of imports end with hashes, which do not compress: they cost 2 KB in each of the two files. They are replaced with numbers
 * of the same length, so that no offset in the module changes.
 * @param {string[]} names
 * @returns {Record<string, string>} the new name of each name that ends with a hash
 */
export function numberedNames(names) {
  const taken = new Set(names);
  const numbered = {};
  for (const name of names.filter((one) => /(?!0{8})[0-9a-f]{16}$/.test(one))) {
    numbered[name] = firstFree(name.slice(0, -HASH_LENGTH), taken);
    taken.add(numbered[name]);
  }
  return numbered;
}

function firstFree(beginning, taken) {
  for (let number = 0; ; number += 1) {
    const name = beginning + String(number).padStart(HASH_LENGTH, "0");
    if (!taken.has(name)) {
      return name;
    }
  }
}
