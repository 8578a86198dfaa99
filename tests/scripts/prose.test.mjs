// Phrases that readers stumble over, each with a plain replacement. They must not come back into what users and contributors read.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { at } from "../../scripts/lib/root.mjs";

const READ_BY_PEOPLE = [
  "README.md",
  "README-crate.md",
  "bindings/src",
  "docs",
  "pkg-template",
  "src",
];

/** The phrase, and what to write instead. */
const PHRASES = {
  "(whoever|whosoever)": "name the reader, or rewrite with an active verb",
  "what is no \\w+": "a value that is not ...",
  "(one|that|which) is none\\b": "is not ...",
  "(is|are|was|were|to) be had\\b": "is available",
  "(is|are) told\\b": "gets, receives, returns",
  "of which nobody knows": "whose outcome is unknown",
  "what became of": "the outcome, the result",
  "stands? twice": "duplicate",
  "goe?s? along with": "is sent with",
  "of one's own": "your own",
  "(an? option|options) that cannot be": "an invalid option",
  "\\bmostly\\b": "usually",
  "has an? \\w+ of its own that": "has its own",
  "the least is": "the minimum is",
  "known are": "known values",
  "here (is|are) (none|neither|both|several)": "it has none, neither, both, several",
};

const FILES = READ_BY_PEOPLE.flatMap((path) =>
  statSync(at(path)).isFile()
    ? [path]
    : readdirSync(at(path), { recursive: true }).map((file) => join(path, file)),
).filter((file) => /\.(md|rs|js|ts|json)$/.test(file));

/** The text with line breaks and the signs of comments taken out, so that a phrase is found across lines. */
function prose(text) {
  return text.replaceAll(/\n\s*(\/\/[/!]?|\*|#)?\s*/g, " ");
}

for (const [phrase, instead] of Object.entries(PHRASES)) {
  test(`no file says "${phrase}"`, () => {
    const pattern = new RegExp(`.{0,40}\\b${phrase.replace(/^\\b/, "")}.{0,40}`, "gi");
    const found = FILES.flatMap((file) =>
      [...prose(readFileSync(at(file), "utf8")).matchAll(pattern)].map(
        ([text]) => `${file}: ${text}`,
      ),
    );
    assert.deepEqual(found, [], `write instead: ${instead}`);
  });
}
