// What is changed in the glue of wasm-bindgen.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { catchInPlace, numberedNames, withoutFinalizers } from "../../scripts/lib/bindgen.mjs";
import { at } from "../../scripts/lib/root.mjs";

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

it("no registry frees closures", () => {
  const glue = `const CLOSURE_DTORS = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(state => {
    if (state.instance === __wbg_instance_id) {
        wasm.__wbindgen_destroy_closure(state.a, state.b);
    }
});
function debugString(val) {}
`;
  assert.equal(
    withoutFinalizers(glue),
    "const CLOSURE_DTORS = { register: () => {}, unregister: () => {} };\nfunction debugString(val) {}\n",
  );
  assert.throws(() => withoutFinalizers("new FinalizationRegistry(free)"), /withoutFinalizers/);
});

it("Rust hands no closure over to JavaScript, which would never be freed", () => {
  for (const folder of [at("src"), at("bindings", "src")]) {
    for (const path of readdirSync(folder, { recursive: true }).filter((one) =>
      one.endsWith(".rs"),
    )) {
      const text = readFileSync(join(folder, path), "utf8");
      assert.doesNotMatch(text, /once_into_js|into_js_value|\.forget\(\)/, path);
    }
  }
});
