// The figures of the package's README.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { measure, measureValidate } from "../../scripts/lib/budgets.mjs";
import { at } from "../../scripts/lib/root.mjs";

/** What the README says of an entry, in bytes. */
function promised(entry) {
  const readme = readFileSync(at("pkg", "README.md"), "utf8");
  const [, kilobytes] =
    readme
      .split("\n")
      .filter((line) => line.startsWith(`- \`${entry}\` is for `))
      .map((line) => /at most (\d+) KB after gzip/.exec(line))[0] ?? [];
  assert.ok(kilobytes, `the README says how much a page loads of ${entry}`);
  return Number(kilobytes) * 1000;
}

test("a page loads no more of either entry than the README says", async () => {
  const { total: ofValidate } = await measureValidate(at("pkg"));
  assert.ok(ofValidate <= promised("messenger-send/validate"), `${ofValidate} bytes`);
  const { total } = measure(at("pkg"));
  assert.ok(total <= promised("messenger-send"), `${total} bytes`);
});
