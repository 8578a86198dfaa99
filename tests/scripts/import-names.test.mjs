// The names by which the module and its glue know each other: numbers instead of hashes.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { numberImports } from "../../scripts/lib/import-names.mjs";

test("each hash of the glue becomes one number of its length, in both files; nothing else changes", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "import-names-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [glue, wasm] = ["bindings.js", "bindings_bg.wasm"].map((name) => join(folder, name));
  const names = (append, invoke) => `__wbg_append_${append}: é, wasm.invoke__h${invoke}, `;
  writeFileSync(glue, names("2636721c685d9a4d", "7e02cf8430f11cac").repeat(2));
  const module = (append, invoke, unknown) =>
    Buffer.from(
      `\0asm\xff\x80__wbg_append_${append}\0\x01invoke__h${invoke}\x02 text_${unknown}`,
      "latin1",
    );
  const unknown = "ffffffffffffffff";
  writeFileSync(wasm, module("2636721c685d9a4d", "7e02cf8430f11cac", unknown));
  numberImports(folder);
  const numbers = ["0000000000001000", "0000000000001001"];
  assert.equal(readFileSync(glue, "utf8"), names(...numbers).repeat(2));
  assert.deepEqual(readFileSync(wasm), module(...numbers, unknown));
});
