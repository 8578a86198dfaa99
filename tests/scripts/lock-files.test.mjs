// Every package of every lock file is fixed to its bytes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { cargoLockFindings, npmLockFindings } from "../../scripts/lib/lock-files.mjs";
import { at, ROOT } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";

const { stdout } = await run("git", ["ls-files", "*package-lock.json", "*Cargo.lock"], {
  cwd: ROOT,
  quiet: true,
});
const FILES = stdout.trim().split("\n");

describe("the lock files", () => {
  it("are those of the workspace, the benchmarks, the examples and the frameworks", () => {
    for (const file of [
      "Cargo.lock",
      "bench/package-lock.json",
      "examples/workers-rs/Cargo.lock",
      "package-lock.json",
      "tests/frameworks/projects/next/package-lock.json",
      "tests/migrate/package-lock.json",
    ]) {
      assert.ok(FILES.includes(file), file);
    }
  });

  for (const file of FILES) {
    it(`${file} fixes every package`, () => {
      const text = readFileSync(at(file), "utf8");
      const findings = file.endsWith(".json")
        ? npmLockFindings(JSON.parse(text))
        : cargoLockFindings(text);
      assert.deepEqual(findings, []);
    });
  }
});

describe("an entry that is not fixed is found", () => {
  const integrity = `sha512-${"a".repeat(86)}==`;
  const resolved = "https://registry.npmjs.org/a/-/a-1.0.0.tgz";
  for (const [name, entry, expected] of [
    ["whole", { integrity, resolved }, []],
    ["a link", { link: true, resolved: "pkg" }, []],
    ["in another's tarball", { inBundle: true }, []],
    ["without integrity", { resolved }, ["node_modules/a has no integrity"]],
    ["SHA-1", { integrity: "sha1-abc=", resolved }, ["node_modules/a has no integrity"]],
    [
      "from git",
      { integrity, resolved: "git+ssh://git@github.com/a/a.git#1" },
      ["node_modules/a comes from git+ssh://git@github.com/a/a.git#1"],
    ],
  ]) {
    it(`npm: ${name}`, () => {
      assert.deepEqual(
        npmLockFindings({ packages: { "": {}, "node_modules/a": entry } }),
        expected,
      );
    });
  }

  const source = 'source = "registry+https://github.com/rust-lang/crates.io-index"';
  for (const [name, lines, expected] of [
    ["whole", [source, `checksum = "${"0".repeat(64)}"`], []],
    ["our own", [], []],
    ["without checksum", [source], ["a has no checksum"]],
    ["from git", ['source = "git+https://a.example#1"'], ["a comes from git+https://a.example#1"]],
  ]) {
    it(`cargo: ${name}`, () => {
      const entry = ['name = "a"', 'version = "1.0.0"', ...lines].join("\n");
      assert.deepEqual(cargoLockFindings(`version = 4\n\n[[package]]\n${entry}\n`), expected);
    });
  }
});
