// The Rust samples compile, without a warning. The examples that the site shows beside them are run by tests/examples.rs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

test("the Rust samples compile without a warning", async () => {
  const { code, output } = await run(
    "cargo",
    ["clippy", "--package", "messenger-send-samples", "--", "-D", "warnings"],
    { cwd: ROOT, quiet: true },
  );
  assert.equal(code, 0, output);
});
