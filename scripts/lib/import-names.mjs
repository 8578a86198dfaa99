// The names by which a module and its glue know each other.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What wasm-bindgen puts behind the name of an import or of a closure's export. */
const HASH = /(?<=_h?)[0-9a-f]{16}(?![0-9a-f])/g;

/**
 * Replaces the hashes by numbers of the same length, in the module and in its glue: gzip cannot shrink hashes, which are 3 KB of what a page loads.
 * @param {string} folder holds both
 */
export function numberImports(folder) {
  const [glue, wasm] = ["bindings.js", "bindings_bg.wasm"].map((name) => join(folder, name));
  const numbers = new Map();
  const numbered = (text) => text.replace(HASH, (hash) => numbers.get(hash) ?? hash);
  const code = readFileSync(glue, "utf8");
  for (const [hash] of code.matchAll(HASH)) {
    // Behind those that wasm-bindgen numbers itself.
    numbers.set(hash, numbers.get(hash) ?? String(1000 + numbers.size).padStart(hash.length, "0"));
  }
  writeFileSync(glue, numbered(code));
  // One character for each byte, so nothing else changes.
  writeFileSync(wasm, Buffer.from(numbered(readFileSync(wasm, "latin1")), "latin1"));
}
