// What CONTRIBUTING.md, RELEASING.md and SECURITY.md name is there.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { at } from "../../scripts/lib/root.mjs";

const read = (path) => readFileSync(at(path), "utf8");
const { scripts } = JSON.parse(read("package.json"));
const TOP = ["scripts", "src", "tests", "docs", "pkg-template", "bindings", ".github"];

for (const file of ["CONTRIBUTING.md", "RELEASING.md", "SECURITY.md", "CHANGELOG.md"]) {
  describe(file, () => {
    const text = read(file);

    it("names npm scripts that are there", () => {
      for (const [, name] of text.matchAll(/npm run ([\w:-]+)/g)) {
        assert.ok(name in scripts, name);
      }
    });

    it("names files and folders that are there", () => {
      const named = [
        ...text.matchAll(/`([\w.-]+\/[\w./-]*)`|node --test (?:\S+ )*?(tests\/\S+\.mjs)/g),
      ]
        .map(([, path, test]) => path ?? test)
        .filter((path) => TOP.includes(path.split("/")[0]));
      for (const path of named) {
        assert.ok(existsSync(at(path)), path);
      }
      for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
        assert.ok(existsSync(at(link)), link);
      }
    });
  });
}

it("CONTRIBUTING.md has every layer of tests", () => {
  const layers = [...read("scripts/test.mjs").matchAll(/^ {2,4}(?:\{ )?name: "([\w-]+)"/gm)].map(
    ([, name]) => name,
  );
  assert.ok(layers.length > 20, layers.join());
  const text = read("CONTRIBUTING.md");
  for (const layer of layers) {
    assert.ok(text.includes(`\`${layer}\``), layer);
  }
});

it("the tests that CONTRIBUTING.md picks by name have such names", () => {
  const text = read("CONTRIBUTING.md");
  const picked = [...text.matchAll(/--test-name-pattern="([^"]+)" (\S+\.mjs)/g)];
  assert.ok(picked.length >= 2);
  for (const [, pattern, file] of picked) {
    assert.match(read(file), new RegExp(pattern), file);
  }
});
