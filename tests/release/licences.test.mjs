// Which crates are inside the module, whether their licences allow it, the notices and the bill of materials.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  allowedLicences,
  bundledCrates,
  licenceFindings,
  notices,
} from "../../scripts/lib/release/licences.mjs";
import { cargoChecksums, sbomFindings, sbomOf } from "../../scripts/lib/release/sbom.mjs";
import { at } from "../../scripts/lib/root.mjs";

const crate = (name, license, rest = {}) => ({
  id: name,
  name,
  version: "1.0.0",
  license,
  source: "registry",
  repository: `https://example.org/${name}`,
  targets: [{ kind: ["lib"] }],
  ...rest,
});

describe("the crates", () => {
  const packages = [
    crate("module", "MIT", { source: null }),
    crate("used", "MIT"),
    crate("inner", "MIT"),
    crate("built-with", "MIT"),
    crate("tested-with", "MIT"),
    crate("macro", "MIT", { targets: [{ kind: ["proc-macro"] }] }),
    crate("of-macro", "MIT"),
    crate("elsewhere", "MIT"),
  ];
  const dep = (pkg, kind = null) => ({ pkg, dep_kinds: [{ kind, target: null }] });
  const edges = {
    module: [dep("used"), dep("built-with", "build"), dep("tested-with", "dev"), dep("macro")],
    used: [dep("inner")],
    inner: [dep("used")],
    macro: [dep("of-macro")],
  };
  const resolve = { nodes: packages.map(({ id }) => ({ id, deps: edges[id] ?? [] })) };

  it("are those that end up in the program", () => {
    const names = bundledCrates({ packages, resolve }, "module").map(({ name }) => name);
    assert.deepEqual(names, ["inner", "used"]);
  });
});

describe("licences", () => {
  const allowed = ["MIT", "Apache-2.0", "Unicode-3.0"];

  it("of deny.toml are read", () => {
    const found = allowedLicences(readFileSync(at("deny.toml"), "utf8"));
    assert.ok(found.includes("MIT") && found.includes("Apache-2.0"));
    assert.ok(!found.some((one) => /GPL/.test(one)));
  });

  for (const license of [
    "MIT",
    "MIT OR GPL-3.0-only",
    "MIT/Apache-2.0",
    "(MIT OR Apache-2.0) AND Unicode-3.0",
  ]) {
    it(`${license} is allowed`, () => {
      assert.deepEqual(licenceFindings([crate("a", license)], allowed), []);
    });
  }

  for (const license of ["GPL-3.0-only", "MIT AND GPL-3.0-only", "MPL-2.0", "no SPDX", null]) {
    it(`${license} is found`, () => {
      const [finding] = licenceFindings([crate("a", license)], allowed);
      assert.match(finding, /^a 1\.0\.0 is under /);
    });
  }
});

describe("notices", () => {
  const read = ({ name }) => ({
    licence: `the text of ${name}`,
    notice: name === "noted" ? "a NOTICE file" : undefined,
  });

  it("name what is under Apache, and quote the others", () => {
    const text = notices(
      [crate("both", "MIT OR Apache-2.0"), crate("mit", "MIT"), crate("noted", "Apache-2.0")],
      read,
    );
    assert.match(text, /both 1\.0\.0, https:\/\/example\.org\/both/);
    assert.doesNotMatch(text, /the text of both/);
    assert.match(text, /mit 1\.0\.0, .*, under MIT:\n\nthe text of mit/);
    assert.match(text, /The notice of noted 1\.0\.0.*\n\na NOTICE file/);
  });

  it("do without no text", () => {
    assert.throws(() => notices([crate("mit", "MIT")], () => ({})), /no text of its licence/);
  });
});

describe("the bill of materials", () => {
  const given = {
    manifest: { name: "messenger-send", version: "1.0.0", description: "x", license: "MIT" },
    crates: [crate("slab", "MIT"), crate("old", "MIT/Apache-2.0")],
    checksums: cargoChecksums(
      `[[package]]\nname = "slab"\nversion = "1.0.0"\nsource = "registry"\nchecksum = "${"a".repeat(64)}"\n`,
    ),
    lock: {
      packages: {
        "": { name: "workspace" },
        "node_modules/@scope/tool": {
          version: "2.0.0",
          integrity: `sha512-${Buffer.alloc(64).toString("base64")}`,
          license: "MIT",
        },
      },
    },
  };
  const json = sbomOf(given);

  it("has the crates, with their checksums, and the tools, which are not inside", () => {
    const { metadata, components, dependencies } = JSON.parse(json);
    assert.equal(metadata.component.purl, "pkg:npm/messenger-send@1.0.0");
    assert.deepEqual(components.map(({ purl, scope }) => [purl, scope]).sort(), [
      ["pkg:cargo/old@1.0.0", "required"],
      ["pkg:cargo/slab@1.0.0", "required"],
      ["pkg:npm/%40scope/tool@2.0.0", "excluded"],
    ]);
    const slab = components.find(({ name }) => name === "slab");
    assert.deepEqual(slab.hashes, [{ alg: "SHA-256", content: "a".repeat(64) }]);
    const { dependsOn } = dependencies.find(({ ref }) => ref === metadata.component["bom-ref"]);
    assert.deepEqual(dependsOn.sort(), ["pkg:cargo/old@1.0.0", "pkg:cargo/slab@1.0.0"]);
  });

  it("is the same twice, and valid", () => {
    assert.equal(sbomOf(given), json);
    assert.deepEqual(sbomFindings(json), []);
  });

  for (const [what, change] of [
    ["a scope that is none", (text) => text.replace('"required"', '"needed"')],
    ["a hash of another length", (text) => text.replace("a".repeat(64), "a")],
    ["no name", (text) => text.replace('"name": "slab",', "")],
  ]) {
    it(`is not valid with ${what}`, () => {
      assert.match(sbomFindings(change(json))[0], /The SBOM is not valid/);
    });
  }
});

it("nothing of npm is bundled: the package's JavaScript imports its own files only", () => {
  const files = readdirSync(at("pkg-template"), { recursive: true }).filter((path) =>
    path.endsWith(".js"),
  );
  assert.ok(files.length > 30);
  for (const file of files) {
    const text = readFileSync(at("pkg-template", file), "utf8");
    for (const [, from, loaded] of text.matchAll(/\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/g)) {
      assert.match(from ?? loaded, /^(\.{1,2}\/|node:)/, file);
    }
  }
});
