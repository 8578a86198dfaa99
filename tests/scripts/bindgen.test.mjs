// What is changed in the glue of wasm-bindgen.
import assert from "node:assert/strict";
import { it } from "node:test";
import { catchInPlace, numberedNames } from "../../scripts/lib/bindgen.mjs";

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

it("an import that may throw catches the exception itself", () => {
  const glue = `        __wbg_body: function() { return handleError(function (arg0, arg1) {
            const ret = arg0.body(arg1);
            return ret;
        }, arguments); },
function handleError(f, args) {
    try {
        return f.apply(this, args);
    } catch (e) {
        const idx = addToExternrefTable0(e);
        wasm.__wbindgen_exn_store(idx);
    }
}
`;
  const stored = [];
  const imports = new Function(
    "addToExternrefTable0",
    "wasm",
    `${catchInPlace(glue).replace("__wbg_body:", "const imports = { __wbg_body:").replace("},\nfunction", "} };\nfunction")} return imports;`,
  )((error) => error, { __wbindgen_exn_store: (error) => stored.push(error) });
  assert.equal(imports.__wbg_body({ body: (text) => `${text}!` }, "a"), "a!");
  assert.equal(imports.__wbg_body(undefined), undefined);
  assert.equal(stored.length, 1);
  assert.ok(stored[0] instanceof TypeError);
});

it("glue of another form is an error of the build", () => {
  assert.throws(() => catchInPlace("return handleError(function (a) { b }, [a]);"), /catchInPlace/);
});
