// Somebody else's wasm programs that depend on the crate: each exports only its own functions, and keeps its own allocator and its own wasm-bindgen.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { at } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

const LIMIT = { timeout: 20 * 60_000 };

/** The wasm module of one of the programs beside this file. They are built outside the repository, as somebody else's are. */
async function built(t, name) {
  const folder = mkdtempSync(join(tmpdir(), "messenger-send-foreign-"));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  cpSync(fileURLToPath(new URL(`foreign/${name}`, import.meta.url)), folder, { recursive: true });
  const manifest = join(folder, "Cargo.toml");
  writeFileSync(
    manifest,
    readFileSync(manifest, "utf8").replace("CRATE", JSON.stringify(at()).slice(1, -1)),
  );
  const env = { CARGO_TARGET_DIR: at("target", "foreign") };
  const { code, output } = await run(
    "cargo",
    ["build", "--release", "--target", "wasm32-unknown-unknown"],
    { cwd: folder, env, quiet: true, timeoutMs: LIMIT.timeout },
  );
  assert.equal(code, 0, output);
  const bytes = readFileSync(
    at("target", "foreign", "wasm32-unknown-unknown", "release", `${name}.wasm`),
  );
  return {
    module: new WebAssembly.Module(bytes),
    lock: readFileSync(join(folder, "Cargo.lock"), "utf8"),
  };
}

const functions = (list) => list.filter(({ kind }) => kind === "function").map(({ name }) => name);

test("a program that checks imports nothing and keeps its allocator", LIMIT, async (t) => {
  const { module, lock } = await built(t, "checks");
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.deepEqual(functions(WebAssembly.Module.exports(module)).sort(), [
    "allocations",
    "errors_of_text",
  ]);
  assert.ok(
    !/name = "(wasm-bindgen|js-sys|web-sys|http|gloo-net)"/.test(lock),
    "only serde without the client",
  );
  const { allocations, errors_of_text } = new WebAssembly.Instance(module).exports;
  assert.equal(errors_of_text(2000), 0);
  const before = allocations();
  assert.equal(errors_of_text(2001), 1);
  assert.ok(allocations() > before, "the program's own allocator serves the crate");
});

test(
  "a program that sends exports only its own function and keeps its wasm-bindgen",
  LIMIT,
  async (t) => {
    const { module, lock } = await built(t, "sends");
    const ours = readFileSync(at("Cargo.lock"), "utf8");
    const version = (text) => /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(text)[1];
    assert.notEqual(
      version(lock),
      version(ours),
      "the program has another wasm-bindgen than this repository",
    );
    // What wasm-bindgen itself needs is taken out by its command.
    const own = functions(WebAssembly.Module.exports(module)).filter(
      (name) => !/^__(wbindgen|externref)/.test(name),
    );
    assert.deepEqual(own, ["greet"]);
    const described = functions(WebAssembly.Module.exports(module)).filter(
      (name) =>
        name.startsWith("__wbindgen_describe_") &&
        !/^__wbindgen_describe_(__|closure|cast)/.test(name),
    );
    assert.deepEqual(described, ["__wbindgen_describe_greet"]);
  },
);
