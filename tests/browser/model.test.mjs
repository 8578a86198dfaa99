// The page's own logic, without a browser: limits, choices, pointers, and which field an issue belongs to.
import assert from "node:assert/strict";
import { it } from "node:test";
import { attribute, count, countInWords } from "../../www/model/attribute.js";
import { findChoices } from "../../www/model/choices.js";
import { createLimits, measure } from "../../www/model/limits.js";
import * as pointers from "../../www/model/pointer.js";
import { createStore } from "../../www/model/store.js";

const rule = (code, limit, unit, platforms = ["messenger", "instagram"]) => ({ code, limit, unit, platforms });

it("takes the limit of the current platform, and does without one that is missing", () => {
  const limits = createLimits([
    rule("text.too_long", 2000, "characters", ["messenger"]),
    rule("text.too_many_bytes", 1000, "bytes", ["instagram"]),
    rule("quick_replies.too_many", 13, "items"),
    rule("quick_reply.title.too_long", undefined, "characters"),
  ]);
  assert.deepEqual(limits("text", "messenger"), { limit: 2000, unit: "characters" });
  assert.deepEqual(limits("text", "instagram"), { limit: 1000, unit: "bytes" });
  assert.deepEqual(limits("quick_replies", "instagram"), { limit: 13, unit: "items" });
  assert.equal(limits("title", "messenger"), undefined);
  assert.equal(limits("payload", "messenger"), undefined);
});

it("measures in code points, bytes or items", () => {
  assert.equal(measure("é🎉", "characters"), 2);
  assert.equal(measure("é🎉", "bytes"), 6);
  assert.equal(measure([1, 2, 3], "items"), 3);
  assert.equal(measure(undefined, "characters"), 0);
});

it("finds the choices in what the package says of an impossible value", () => {
  const known = ["RESPONSE", "UPDATE"];
  const api = {
    rules: () => [{ code: "messaging_type.unknown", summary: "Why the message is sent: RESPONSE or OLD." }],
    validate: ({ messaging_type: type }) => ({
      issues:
        type === undefined || known.includes(type)
          ? []
          : [{ code: "messaging_type.unknown", pointer: "/messaging_type", message: `messaging_type is one of RESPONSE and UPDATE, not "${type}".` }],
    }),
  };
  const choices = findChoices(api);
  assert.deepEqual(choices.messaging_type, known);
  assert.deepEqual(choices.tag, []);
});

it("reads and writes by pointer, and leaves what it does not touch the same object", () => {
  const value = { a: { "b/c~d": [1, 2, 3] }, other: {} };
  const at = pointers.format(["a", "b/c~d", 1]);
  assert.equal(at, "/a/b~1c~0d/1");
  assert.equal(pointers.get(value, at), 2);
  assert.equal(pointers.get(value, "/constructor"), undefined);
  const changed = pointers.set(value, at, 5);
  assert.deepEqual(changed.a["b/c~d"], [1, 5, 3]);
  assert.deepEqual(value.a["b/c~d"], [1, 2, 3]);
  assert.equal(changed.other, value.other);
  assert.deepEqual(pointers.remove(value, at).a["b/c~d"], [1, 3]);
  assert.equal(pointers.remove(value, "/a/missing"), value);
});

it("tells its listeners of a change, and of nothing else", () => {
  const store = createStore({ request: { a: 1 } });
  const heard = [];
  store.subscribe((state) => heard.push(state.request));
  store.write("/b", undefined);
  store.write("/b", 2);
  store.write("/a", undefined);
  assert.deepEqual(heard, [{ a: 1, b: 2 }, { b: 2 }]);
});

it("gives an issue to the deepest place that leads to it", () => {
  const place = (pointer) => ({ pointer: () => pointer });
  const [list, row, title] = ["/m/q", "/m/q/1", "/m/q/1/title"].map(place);
  const issue = (pointer, severity = "error") => ({ pointer, severity });
  const issues = [issue("/m/q"), issue("/m/q/1/image_url"), issue("/m/q/1/title"), issue("/m/q/10/title"), issue("", "warning")];
  const { byPlace, loose } = attribute(issues, [list, row, title]);
  assert.deepEqual(byPlace.get(list), [issues[0], issues[3]]);
  assert.deepEqual(byPlace.get(row), [issues[1]]);
  assert.deepEqual(byPlace.get(title), [issues[2]]);
  assert.deepEqual(loose, [issues[4]]);
  assert.equal(countInWords(count(issues)), "4 errors, 1 warning");
});
