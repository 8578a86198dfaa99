// The decisions of the setup: which versions suffice, and when the installed packages differ from
// the lock file.
import assert from "node:assert/strict";
import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "node:test";
import { at, crateVersion, wasmBindgenVersion } from "../../scripts/lib/root.mjs";
import { Stop, which } from "../../scripts/lib/run.mjs";
import { atLeast, stalePackages } from "../../scripts/lib/setup.mjs";
import { folderWith } from "./folder.mjs";

const lock = JSON.parse(readFileSync(at("package-lock.json"), "utf8"));

describe("atLeast", () => {
  for (const [version, wanted, expected] of [
    ["20.19.0", "20.19.0", true],
    ["20.20.0", "20.19.5", true],
    ["20.9.0", "20.19.0", false],
    ["22.0.0", "20.19.0", true],
    ["0.15.0", "0.15.1", false],
    ["1.96.0-nightly", "1.88", true],
    ["1.87.0", "1.88", false],
  ]) {
    it(`${version} ${expected ? "is" : "is not"} at least ${wanted}`, () => {
      assert.equal(atLeast(version, wanted), expected);
    });
  }
});

describe("stalePackages", () => {
  const entry = (version, rest) => ({ version, integrity: `sha512-${version}`, ...rest });
  const locked = {
    packages: {
      "": {},
      "node_modules/a": entry("1.0.0"),
      "node_modules/b": entry("2.0.0", { optional: true }),
    },
  };

  it("is content with what the lock file names, and without an optional package of another platform", () => {
    assert.equal(
      stalePackages(locked, { packages: { "node_modules/a": entry("1.0.0") } }),
      undefined,
    );
  });

  for (const [what, installed, why] of [
    ["nothing is installed", undefined, /node_modules is missing/],
    ["a package is missing", { packages: {} }, /node_modules\/a/],
    [
      "a package has another version",
      { packages: { "node_modules/a": entry("1.0.1") } },
      /node_modules\/a/,
    ],
    [
      "an optional package has another version",
      { packages: { "node_modules/a": entry("1.0.0"), "node_modules/b": entry("2.0.1") } },
      /node_modules\/b/,
    ],
  ]) {
    it(`asks for npm ci when ${what}`, () => {
      assert.match(stalePackages(locked, installed), why);
    });
  }

  it("stops when there is no lock file", () => {
    assert.throws(() => stalePackages(undefined, undefined), Stop);
  });

  it("is content with what is installed here", () => {
    assert.equal(
      stalePackages(lock, JSON.parse(readFileSync(at("node_modules/.package-lock.json"), "utf8"))),
      undefined,
    );
  });
});

describe("versions", () => {
  it("are read from Cargo.toml", () => {
    assert.match(crateVersion(), /^\d+\.\d+\.\d+/);
    assert.match(wasmBindgenVersion(), /^0\.2\.\d+$/);
  });

  it("of npm packages are exact", () => {
    const { devDependencies, optionalDependencies } = JSON.parse(
      readFileSync(at("package.json"), "utf8"),
    );
    for (const [name, version] of Object.entries({ ...devDependencies, ...optionalDependencies })) {
      assert.match(version, /^(npm:[^@]+@)?\d+\.\d+\.\d+$/, name);
    }
  });

  it("of the lock file come from the public registry, with a checksum", () => {
    for (const [path, { resolved, integrity, os, cpu }] of Object.entries(lock.packages).filter(
      ([path]) => path !== "",
    )) {
      // npm's omit-lockfile-registry-resolved leaves no URL at all, which is fine.
      assert.match(
        resolved ?? "https://registry.npmjs.org/",
        /^https:\/\/registry\.npmjs\.org\//,
        path,
      );
      // Packages of other platforms than the one on which the lock file is made may stand without.
      if ((os ?? ["linux"]).includes("linux") && (cpu ?? ["x64"]).includes("x64")) {
        assert.match(integrity ?? "", /^sha512-/, path);
      }
    }
  });
});

it("the Node releases of the package tests do not hide the developer's own", () => {
  assert.equal(which("node", at("node_modules", ".bin")), undefined);
});

it("which finds what can be run, in the order of the path", (context) => {
  const folder = folderWith(context, { "a/tool": "", "b/tool": "", "c/tool": "" });
  chmodSync(join(folder, "b", "tool"), 0o755);
  chmodSync(join(folder, "c", "tool"), 0o755);
  const path = ["a", "b", "c"].map((name) => join(folder, name)).join(delimiter);
  assert.equal(which("tool", path), join(folder, "b", "tool"));
  assert.equal(which("other", path), undefined);
});
