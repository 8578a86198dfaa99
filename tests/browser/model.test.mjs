// The page's own logic, without a browser: pointers, the store and its undoing, limits, and which field an issue belongs to.
import assert from "node:assert/strict";
import { it } from "node:test";
import { validate } from "../../pkg/node.js";
import { attribute, count, countInWords } from "../../www/model/attribute.js";
import { createLimits, measure } from "../../www/model/limits.js";
import { humanName } from "../../www/model/names.js";
import * as pointers from "../../www/model/pointer.js";
import { createStore } from "../../www/model/store.js";

it("learns limits and units from the package's answer to a value that is too long", () => {
  const limits = createLimits(validate);
  const request = {
    recipient: { id: "1" },
    message: { text: "a", quick_replies: [{ content_type: "text", title: "b", payload: "c" }] },
  };
  const at = (pointer, platform, list) =>
    limits({ request, platform, pointer, key: pointer, list });
  assert.deepEqual(at("/message/text", "messenger"), { limit: 2000, unit: "characters" });
  assert.deepEqual(at("/message/text", "instagram"), { limit: 1000, unit: "bytes" });
  assert.deepEqual(at("/message/quick_replies", "messenger", true), { limit: 13, unit: "items" });
  assert.deepEqual(at("/message/quick_replies/0/title", "messenger"), {
    limit: 20,
    unit: "characters",
  });
  assert.equal(at("/recipient/id", "messenger"), undefined);
});

it("asks the package once for each declaration and platform", () => {
  let asked = 0;
  const limits = createLimits(() => {
    asked += 1;
    return {
      issues: [{ pointer: "/a", limit: 3, actual: 9, unit: "characters", severity: "error" }],
    };
  });
  const ask = (platform) => limits({ request: {}, platform, pointer: "/a", key: "one" });
  assert.deepEqual(
    [ask("messenger"), ask("messenger"), ask("instagram")],
    Array(3).fill({ limit: 3, unit: "characters" }),
  );
  assert.equal(asked, 2);
});

it("measures in code points, bytes or items", () => {
  assert.equal(measure("é🎉", "characters"), 2);
  assert.equal(measure("é🎉", "bytes"), 6);
  assert.equal(measure([1, 2, 3], "items"), 3);
  assert.equal(measure(undefined, "characters"), 0);
});

it("names members for people", () => {
  assert.deepEqual(["image_url", "QuickReply", "messaging_type", "mid"].map(humanName), [
    "Image URL",
    "Quick reply",
    "Messaging type",
    "Message ID",
  ]);
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

it("takes back and repeats changes; typing at one place is one step until it pauses", () => {
  let now = 0;
  const store = createStore({ platform: "messenger", request: { text: "" } }, { now: () => now });
  for (const text of ["T", "Te", "Tea"]) store.write("/text", text);
  now = 5000;
  store.write("/text", "Teas");
  store.setPlatform("instagram");
  const seen = [];
  while (store.canUndo) {
    store.undo();
    seen.push([store.state.platform, store.state.request.text]);
  }
  assert.deepEqual(seen, [
    ["messenger", "Teas"],
    ["messenger", "Tea"],
    ["messenger", ""],
  ]);
  store.redo();
  assert.equal(store.state.request.text, "Tea");
  store.write("/text", "Coffee");
  assert.equal(store.canRedo, false);
  store.undo();
  assert.equal(store.state.request.text, "Tea");
});

it("keeps the last request while a text is no JSON, and forgets the text with the next change of a field", () => {
  const store = createStore({ platform: "messenger", request: { a: 1 } });
  store.type("{");
  assert.deepEqual([store.state.request, store.state.source], [{ a: 1 }, "{"]);
  store.write("/a", 2);
  assert.deepEqual([store.state.request, store.state.source], [{ a: 2 }, undefined]);
});

it("gives an issue to the deepest place that leads to it", () => {
  const place = (pointer) => ({ pointer: () => pointer });
  const [list, row, title] = ["/m/q", "/m/q/1", "/m/q/1/title"].map(place);
  const issue = (pointer, severity = "error") => ({ pointer, severity });
  const issues = [
    issue("/m/q"),
    issue("/m/q/1/image_url"),
    issue("/m/q/1/title"),
    issue("/m/q/10/title"),
    issue("", "warning"),
  ];
  const byPlace = attribute(issues, [list, row, title]);
  assert.deepEqual(byPlace.get(list), [issues[0], issues[3]]);
  assert.deepEqual(byPlace.get(row), [issues[1]]);
  assert.deepEqual(byPlace.get(title), [issues[2]]);
  assert.deepEqual([...byPlace.values()].flat().includes(issues[4]), false);
  assert.equal(countInWords(count(issues)), "4 errors, 1 warning");
});
