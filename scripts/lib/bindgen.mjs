// Generates the JavaScript glue of wasm-bindgen for a compiled module.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./root.mjs";
import { must, Stop } from "./run.mjs";

const IMPORT_SECTION = 2;
/** The magic number and the version. */
const PREAMBLE = 8;

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
  const [glue, wasm] = [join(folder, `${name}.js`), join(folder, `${name}_bg.wasm`)];
  const { names, renamed } = withNumberedImports(readFileSync(wasm));
  const code = numbered(readFileSync(glue, "utf8"), names);
  writeFileSync(wasm, renamed);
  const changes = [
    catchInPlace,
    withoutFinalizers,
    encodesLongTexts,
    wakesByPromise,
    withoutPrototypes,
  ];
  writeFileSync(
    glue,
    changes.reduce((text, change) => change(text), code),
  );
}

/**
 * Changes a part of the glue, if it is there: the glue contains only what its module needs.
 * @param {string} glue as wasm-bindgen writes it
 * @param {string} mark occurs in every version of that part
 * @param {string} from
 * @param {string} to
 */
function changed(glue, mark, from, to) {
  if (glue.includes(mark) && !glue.includes(from)) {
    throw new Stop(`The glue has another ${mark}: update scripts/lib/bindgen.mjs.`);
  }
  return glue.replace(from, () => to);
}

/** In characters. A shorter text is copied faster than the encoder is called. */
const LONG_TEXT = 200;

/**
 * Lets the platform encode long texts at once: the glue copies them character by character, which takes as long as checking them.
 * @param {string} glue as wasm-bindgen writes it
 */
export function encodesLongTexts(glue) {
  const copies =
    "function passStringToWasm0(arg, malloc, realloc) {\n    if (realloc === undefined";
  return changed(glue, "passStringToWasm0(", copies, `${copies} || arg.length > ${LONG_TEXT}`);
}

/**
 * Polls futures in a reaction of a promise. `queueMicrotask` takes several times as long in workerd, and fake timers of tests replace it.
 * @param {string} glue as wasm-bindgen writes it
 */
export function wakesByPromise(glue) {
  return changed(glue, "queueMicrotask(", "queueMicrotask(arg0);", "Promise.resolve().then(arg0);");
}

/**
 * Creates the module's objects without a prototype: what other code has put into Object.prototype must neither become a part of a request,
 * nor get in the way of an assignment.
 * @param {string} glue as wasm-bindgen writes it
 */
export function withoutPrototypes(glue) {
  return changed(glue, "new Object(", "new Object();", "{ __proto__: null };");
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

/** Replaces the names of imports in the glue with their indices, as `withNumberedImports` does in the module. */
function numbered(glue, names) {
  return names.reduce((text, name, number) => {
    if (text.split(name).length !== 2) {
      throw new Stop(`The glue must contain ${name} exactly once: update scripts/lib/bindgen.mjs.`);
    }
    return text.replace(name, number);
  }, glue);
}

/**
 * Replaces the name of each import with its index: numbers are shorter than the names, which end with hashes that do not compress.
 * @param {Buffer} module whose imports are functions
 * @returns {{ names: string[], renamed: Buffer }} the previous names by index, and the module
 */
export function withNumberedImports(module) {
  let at = PREAMBLE;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at];
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return module.toString("utf8", at - length, at);
  };
  while (module[at] !== IMPORT_SECTION) {
    at += 1;
    const length = number();
    at += length;
  }
  const start = at;
  at += 1;
  number();
  const names = [];
  const imports = [];
  for (let left = number(); left > 0; left -= 1) {
    const from = text();
    const name = text();
    const kind = number();
    if (kind !== 0) {
      throw new Stop(`${name} is no function: update scripts/lib/bindgen.mjs.`);
    }
    imports.push(
      encoded(from),
      encoded(String(names.length)),
      Buffer.from([kind, ...leb(number())]),
    );
    names.push(name);
  }
  const section = Buffer.concat([Buffer.from(leb(names.length)), ...imports]);
  const header = Buffer.from([IMPORT_SECTION, ...leb(section.length)]);
  return {
    names,
    renamed: Buffer.concat([module.subarray(0, start), header, section, module.subarray(at)]),
  };
}

function encoded(text) {
  return Buffer.concat([Buffer.from(leb(Buffer.byteLength(text))), Buffer.from(text)]);
}

/** A number as unsigned LEB128. */
function leb(number) {
  return number < 0x80 ? [number] : [(number & 0x7f) | 0x80, ...leb(number >>> 7)];
}
