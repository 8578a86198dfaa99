// What is changed in the glue of wasm-bindgen.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import {
  catchInPlace,
  encodesLongTexts,
  wakesByPromise,
  withNumberedImports,
  withoutFinalizers,
  withoutPrototypes,
} from "../../scripts/lib/bindgen.mjs";
import { at } from "../../scripts/lib/root.mjs";

/** Imports two functions from "./a.js", and exports a function that calls the second. */
const MODULE = Buffer.concat([
  Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
  // Types: a function without parameters and results.
  section(1, [1, 0x60, 0, 0]),
  section(2, [
    2,
    ...text("./a.js"),
    ...text("__wbg_get_2080c49015e35254"),
    ...[0, 0],
    ...text("./a.js"),
    ...text("__wbindgen_init_externref_table"),
    ...[0, 0],
  ]),
  section(3, [1, 0]),
  section(7, [1, ...text("run"), 0, 2]),
  section(10, [1, 4, 0, 0x10, 1, 0x0b]),
]);

function section(id, content) {
  return Buffer.from([id, content.length, ...content]);
}

function text(name) {
  return [name.length, ...Buffer.from(name)];
}

it("the index of an import takes the place of its name, and all else stays", () => {
  const { names, renamed } = withNumberedImports(MODULE);
  assert.deepEqual(names, ["__wbg_get_2080c49015e35254", "__wbindgen_init_externref_table"]);
  const calls = [];
  const imports = { 0: () => calls.push("get"), 1: () => calls.push("init") };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(renamed), {
    "./a.js": imports,
  });
  exports.run();
  assert.deepEqual(calls, ["init"]);
});

it("an import that is no function is an error of the build", () => {
  // A global instead of the first function.
  const module = Buffer.from(MODULE);
  const kind = module.indexOf("35254") + "35254".length;
  module[kind] = 3;
  assert.throws(() => withNumberedImports(module), /is no function/);
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

it("a long text is encoded at once, a short one is copied", () => {
  const glue = `function passStringToWasm0(arg, malloc, realloc) {
    if (realloc === undefined) {
        return "encoded";
    }
    return "copied";
}
`;
  const pass = new Function(`${encodesLongTexts(glue)} return passStringToWasm0;`)();
  assert.equal(pass("a".repeat(200), 0, 0), "copied");
  assert.equal(pass("a".repeat(201), 0, 0), "encoded");
  assert.equal(pass("a"), "encoded");
  assert.throws(() => encodesLongTexts("passStringToWasm0(text)"), /update/);
  assert.equal(encodesLongTexts("none"), "none");
});

it("a future is polled in a reaction of a promise", async () => {
  const order = [];
  const wake = new Function("arg0", wakesByPromise("queueMicrotask(arg0);"));
  wake(() => order.push("polled"));
  order.push("left");
  await undefined;
  assert.deepEqual(order, ["left", "polled"]);
  assert.throws(() => wakesByPromise("queueMicrotask(poll)"), /update/);
  assert.equal(wakesByPromise("none"), "none");
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

it("the module's objects have no prototype", () => {
  const create = new Function(withoutPrototypes("const ret = new Object(); return ret;"));
  assert.equal(Object.getPrototypeOf(create()), null);
  assert.throws(() => withoutPrototypes("new Object(value)"), /update/);
});
