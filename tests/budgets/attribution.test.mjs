// Whom the bytes of the module are counted to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byOwner, owner, readableName, textAndTables } from "../../bench/lib/attribution.mjs";

const OWNERS = {
  "messenger_send::validate::engine::Engine::value::h790bce471cb73c81": {
    crate: "messenger_send",
    room: "validate",
  },
  "messenger_send::client::transport::fetch::response::read::h72ea0837e53aec48": {
    crate: "messenger_send",
    room: "client/transport",
  },
  "core::ptr::drop_in_place<messenger_send::client::error::SendError>::h276d0248052d146a": {
    crate: "messenger_send",
    room: "client",
  },
  "<messenger_send::validate::catalogue::RuleInfo as core::convert::From<&messenger_send::payload::spec::Rule>>::from::h43d98d93236d0550":
    {
      crate: "messenger_send",
      room: "validate",
    },
  "js_sys::futures::future_to_promise::{{closure}}::{{closure}}::h1feea9d45fdf4f1f": {
    crate: "messenger_send",
    room: "client",
  },
  "buildMessage multivalue shim": { crate: "messenger_send", room: "build" },
  "validateJson multivalue shim": { crate: "messenger_send", room: "validate" },
  "splitText multivalue shim": { crate: "messenger_send", room: "bindings" },
  "F64 -> Externref externref shim": { crate: "wasm_bindgen" },
  "js_sys::Uint8Array::to_vec::h455565332347c31a": { crate: "js_sys" },
  "<js_sys::futures::JsFuture<T,E> as core::convert::From<js_sys::Promise<T,E>>>::from::finish::h82f7976895e8fa2c":
    { crate: "js_sys" },
  "<dlmalloc[e24a27700634d609]::dlmalloc::Dlmalloc<dlmalloc[e24a27700634d609]::sys::System>>::malloc":
    { crate: "the allocator" },
  "__rustc[b7974e8690430dd9]::__rdl_realloc": { crate: "the allocator" },
  "core[c5930c85a12de822]::str::count::do_count_chars": { crate: "core, alloc, std" },
  "<core[c5930c85a12de822]::fmt::Formatter>::pad": { crate: "core, alloc, std" },
  "<u64 as core[c5930c85a12de822]::fmt::Display>::fmt": { crate: "core, alloc, std" },
  memcpy: { crate: "core, alloc, std" },
  __externref_table_alloc: { crate: "wasm_bindgen" },
  "": { crate: "(no name)" },
};

for (const [name, expected] of Object.entries(OWNERS)) {
  test(`the owner of ${name === "" ? "a function without a name" : readableName(name)}`, () => {
    assert.deepEqual(owner(name), expected);
  });
}

test("groups are added up, the largest first", () => {
  const body = (size) => new Uint8Array(size);
  const found = byOwner([
    { name: "js_sys::a", size: 10, body: body(9) },
    { name: "messenger_send::json::b", size: 30, body: body(29) },
    { name: "js_sys::c", size: 15, body: body(14) },
  ]);
  assert.deepEqual(
    found.map(({ name, count, raw }) => [name, count, raw]),
    [
      ["messenger_send::json", 1, 30],
      ["js_sys", 2, 25],
    ],
  );
  assert.ok(found.every(({ gzip }) => gzip > 0));
});

test("runs of readable text in the data are told from the rest, and nothing is lost", () => {
  const sentence = "A title has at most 80 characters.";
  const { text, tables } = textAndTables(
    Buffer.concat([Buffer.from([0, 1, 2]), Buffer.from(sentence), Buffer.from([0, 0x41, 0x42, 0])]),
  );
  assert.equal(text.raw, sentence.length);
  assert.equal(tables.raw, 7);
});
