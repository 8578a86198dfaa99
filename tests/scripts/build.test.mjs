// A new package replaces the old one completely, or not at all.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { swap } from "../../scripts/lib/build.mjs";

describe("swap", () => {
  let root;
  const path = (name) => join(root, name);
  const write = (folder, text) => {
    mkdirSync(path(folder));
    writeFileSync(join(path(folder), "file"), text);
  };
  const read = (folder) => readFileSync(join(path(folder), "file"), "utf8");

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "swap-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("puts the new one in place of the old, which is kept aside", () => {
    write("pkg", "old");
    write("new", "new");
    swap(path("new"), path("pkg"), path("old"));
    assert.equal(read("pkg"), "new");
    assert.equal(read("old"), "old");
    assert.equal(existsSync(path("new")), false);
  });

  it("needs no old one", () => {
    write("new", "new");
    swap(path("new"), path("pkg"), path("old"));
    assert.equal(read("pkg"), "new");
    assert.equal(existsSync(path("old")), false);
  });

  it("leaves the old one where it was if there is no new one", () => {
    write("pkg", "old");
    assert.throws(() => swap(path("new"), path("pkg"), path("old")), { code: "ENOENT" });
    assert.equal(read("pkg"), "old");
  });
});
