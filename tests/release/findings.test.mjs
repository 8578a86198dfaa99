// Each check of a release finds what is broken, and nothing else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import {
  buildFindings,
  contentFindings,
  placeholderFindings,
  versionFindings,
} from "../../scripts/lib/release/findings.mjs";
import { filesOf } from "../../scripts/lib/release/reproducible.mjs";
import { at, crateVersion } from "../../scripts/lib/root.mjs";
import { folderWith } from "../scripts/folder.mjs";

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.2.3] - 2026-11-28

### Added

- A thing.

[Unreleased]: https://example.org/compare/v1.2.3...HEAD
[1.2.3]: https://example.org/releases/v1.2.3
`;

describe("versions", () => {
  const right = { version: "1.2.3", manifest: { version: "1.2.3" }, changelog: CHANGELOG };

  it("agree", () => {
    assert.deepEqual(versionFindings(right), []);
    assert.deepEqual(versionFindings({ ...right, tag: "v1.2.3" }), []);
  });

  for (const [name, change, expected] of [
    ["a package of another version", { manifest: { version: "1.2.2" } }, /npm run build/],
    ["a tag of another version", { tag: "v1.2.4" }, /tag v1\.2\.3/],
    ["a tag without v", { tag: "1.2.3" }, /tag v1\.2\.3/],
    ["no entry", { changelog: CHANGELOG.replace("## [1.2.3]", "## [1.2.2]") }, /write the entry/],
    [
      "an entry without a date",
      { changelog: CHANGELOG.replace(" - 2026-11-28", "") },
      /write the entry/,
    ],
    [
      "no section for what comes",
      { changelog: CHANGELOG.replace("## [Unreleased]\n", "") },
      /Unreleased/,
    ],
    ["no link", { changelog: CHANGELOG.replace(/^\[1\.2\.3\]: .*$/m, "") }, /no link/],
  ]) {
    it(`finds ${name}`, () => {
      const findings = versionFindings({ ...right, ...change });
      assert.equal(findings.length, 1, findings.join("\n"));
      assert.match(findings[0], expected);
    });
  }

  it("of this repository agree", () => {
    const findings = versionFindings({
      version: crateVersion(),
      manifest: { version: crateVersion() },
      changelog: readFileSync(at("CHANGELOG.md"), "utf8"),
    });
    assert.deepEqual(findings, []);
  });
});

describe("placeholders", () => {
  const address = "https://github.com/acme/messenger-send";

  it("are filled", () => {
    assert.deepEqual(
      placeholderFindings(
        { "a.md": "OWNER stands in https://github.com/OWNERS and owner.github.io." },
        { "Cargo.toml": { repository: address, url: `git+${address}.git` } },
      ),
      [],
    );
  });

  it("are found with their line, and an address that is missing too", () => {
    const findings = placeholderFindings(
      { "a.md": "one\nhttps://github.com/OWNER/messenger-send" },
      { "Cargo.toml": { repository: null, homepage: "TODO", bugs: undefined } },
    );
    assert.equal(findings.length, 4);
    assert.match(findings[0], /^a\.md:2 /);
    assert.match(findings[1], /Cargo\.toml has no address as "repository"/);
  });

  it("of this repository are found as long as nobody has filled them", () => {
    const text = readFileSync(at("pkg-template/package.json"), "utf8");
    const manifest = JSON.parse(text);
    const isFilled = !/\bOWNER\b/.test(text);
    const findings = placeholderFindings(
      { "pkg-template/package.json": text },
      {
        "pkg-template/package.json": {
          repository: manifest.repository.url,
          homepage: manifest.homepage,
          bugs: manifest.bugs,
        },
      },
    );
    assert.equal(findings.length, isFilled ? 0 : 3, findings.join("\n"));
  });
});

it("contents: a file more and a file less are both found", () => {
  assert.deepEqual(contentFindings("the tarball", ["a", "b"], ["a", "b"]), []);
  const findings = contentFindings("the tarball", ["a", ".env"], ["a", "b"]);
  assert.equal(findings.length, 2);
  assert.match(findings[0], /new file: \.env/);
  assert.match(findings[1], /lost b/);
});

it("builds: a byte, a file more and a file less are found", (context) => {
  const files = { "a.js": "1", "sub/b.wasm": "2" };
  const one = filesOf(folderWith(context, files));
  assert.deepEqual([...one.keys()].sort(), ["a.js", "sub/b.wasm"]);
  assert.deepEqual(buildFindings(one, filesOf(folderWith(context, files))), []);
  for (const [change, path] of [
    [{ ...files, "a.js": "1 " }, "a.js"],
    [{ "a.js": "1" }, "sub/b.wasm"],
    [{ ...files, "c.js": "" }, "c.js"],
  ]) {
    const [finding, ...others] = buildFindings(one, filesOf(folderWith(context, change)));
    assert.ok(finding.startsWith(`${path} differs`), finding);
    assert.deepEqual(others, []);
  }
});
