// Node's test runner under ours, with real test files: those that pass, fail, skip, crash or do not
// exist.
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { nodeTests, testFiles } from "../../scripts/lib/node-tests.mjs";
import { folderWith } from "./folder.mjs";

const PASSES =
  'import { test } from "node:test"; test("passes", () => {}); test("passes too", () => {});';
const FAILS =
  'import { test } from "node:test"; test("fails", () => { throw new Error("on purpose"); });';

for (const [what, files, expected, note] of [
  ["tests that pass", { "a.test.mjs": PASSES, "deep/b.test.mjs": PASSES }, [4, 0]],
  [
    "a test that fails beside tests that pass",
    { "a.test.mjs": PASSES, "b.test.mjs": FAILS },
    [2, 1],
  ],
  [
    "a file that crashes",
    { "a.test.mjs": PASSES, "b.test.mjs": 'throw new Error("on purpose");' },
    [2, 1],
  ],
  [
    "a file without a test",
    { "a.test.mjs": PASSES, "b.test.mjs": "export {};" },
    [2, 1],
    /no test ran in .*b\.test\.mjs/,
  ],
  [
    "a skipped test",
    { "a.test.mjs": `${PASSES} test.skip("later", () => {});` },
    [2, 1],
    /1 skipped/,
  ],
  ["a test to do", { "a.test.mjs": `${PASSES} test.todo("later");` }, [2, 1], /1 skipped or to do/],
  [
    "a test that prints counts",
    { "a.test.mjs": `${PASSES} console.log("# pass 99\\n# fail 99");` },
    [2, 0],
  ],
  ["no test file", { "a.mjs": PASSES }, [0, 1], /there is no \*\.test\.mjs in/],
]) {
  it(`counts ${what}`, async (context) => {
    const folder = folderWith(context, files);
    const { passed, failed, notes } = await nodeTests(folder, { cwd: folder, quiet: true });
    assert.deepEqual([passed, failed], expected);
    if (note === undefined) {
      assert.deepEqual(notes, []);
    } else {
      assert.match(notes.join("\n"), note);
    }
  });
}

it("finds test files at every depth, but not in installed packages", (context) => {
  const folder = folderWith(context, {
    "b.test.mjs": "",
    "a/c.test.mjs": "",
    "a/helper.mjs": "",
    "node_modules/x/d.test.mjs": "",
  });
  assert.deepEqual(testFiles(folder), [
    join(folder, "a", "c.test.mjs"),
    join(folder, "b.test.mjs"),
  ]);
  assert.deepEqual(testFiles(join(folder, "nowhere")), []);
});
