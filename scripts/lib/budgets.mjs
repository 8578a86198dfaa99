// The size of what a page loads, as a server sends it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** What the browser's files together are to be one day, in bytes after gzip. Not reached yet: see docs/architecture.md. */
export const BUDGET = 45_000;

/** What they must not exceed today. It only ever goes down. */
export const CEILING = 124_000;

/** What a page loads that imports the package: the entry and whatever its modules import, and the wasm. */
export function loadedFiles(folder, entry = "browser.js") {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) {
      return;
    }
    found.add(name);
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, path] of text.matchAll(/\b(?:from|import)\s*\(?\s*["']\.\/([^"']+\.js)["']/g)) {
      visit(path);
    }
  };
  visit(entry);
  return [...found, "bindings_bg.wasm"];
}

/** @returns {{ rows: { name: string, raw: number, gzip: number }[], total: number, within: boolean }} */
export function measure(folder, ceiling = CEILING) {
  const rows = loadedFiles(folder).map((name) => {
    const bytes = readFileSync(join(folder, name));
    return { name, raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
  });
  const total = rows.reduce((all, { gzip }) => all + gzip, 0);
  return { rows, total, within: total <= ceiling };
}
