// The names that imports of the module get.
import assert from "node:assert/strict";
import { it } from "node:test";
import { numberedNames } from "../../scripts/lib/bindgen.mjs";

it("a number takes the place of each hash, from 0 for each beginning, and nothing gets longer", () => {
  assert.deepEqual(
    numberedNames([
      "__wbg_get_2080c49015e35254",
      "__wbg_get_556f1c9a5c587e8c",
      "__wbg_set_6159e43d7084c1a3",
    ]),
    {
      __wbg_get_2080c49015e35254: "__wbg_get_0000000000000000",
      __wbg_get_556f1c9a5c587e8c: "__wbg_get_0000000000000001",
      __wbg_set_6159e43d7084c1a3: "__wbg_set_0000000000000000",
    },
  );
});

it("what has no hash keeps its name, and nobody else gets it", () => {
  assert.deepEqual(
    numberedNames([
      "__wbindgen_cast_2080c49015e35254",
      "__wbindgen_cast_0000000000000000",
      "__wbindgen_init_externref_table",
    ]),
    { __wbindgen_cast_2080c49015e35254: "__wbindgen_cast_0000000000000001" },
  );
});
