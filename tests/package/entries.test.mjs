// The names that each entry offers: the contract's, and no other. In Node, by `import` and by `require`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { tell, told } from "./lib/outcome.mjs";
import { project, runIn } from "./lib/project.mjs";

const SPLIT_TEXT = ["splitText"];
const MESSAGING_WINDOW = ["messagingWindow"];
const CHECKING = [
  "init",
  "buildMessage",
  "validate",
  "validateJson",
  "sendRequestSchema",
  "requestSchema",
  "draftSchema",
  "rules",
  "ValidationError",
  "isValidationError",
  ...SPLIT_TEXT,
  ...MESSAGING_WINDOW,
];
const SENDING = ["send", "sendAll", "uploadAttachment", "createClient", "SendError", "isSendError"];
const EVERYTHING = [...CHECKING, ...SENDING];

const NAMES = {
  ".": EVERYTHING,
  "./inline": EVERYTHING,
  "./slim": EVERYTHING,
  "./validate": CHECKING,
  "./validate/inline": CHECKING,
  "./validate/slim": CHECKING,
  "./split-text": SPLIT_TEXT,
  "./messaging-window": MESSAGING_WINDOW,
  "./testing": ["fakeGraph", "receipt", "sendError", "steps"],
  "./webhook": ["newStamp", "readEvents", "settle", "verifySignature"],
};
/** The entries that are files of another kind. */
const FILES = ["./wasm", "./validate/wasm", "./schema.json", "./package.json"];
/** They are for bundlers, which know ES modules. */
const NOT_REQUIRED = ["./slim", "./validate/slim"];

const specifier = (entry) => JSON.stringify(`messenger-send${entry.slice(1)}`);
const sorted = (names) => [...names].sort();

let folder;
before(async () => {
  const line = (entry, how) => `[${JSON.stringify(entry)}, Object.keys(${how})],`;
  const all = Object.keys(NAMES);
  const required = all.filter((entry) => !NOT_REQUIRED.includes(entry));
  folder = await project({
    "import.mjs": `(${tell})([${all.map((entry) => line(entry, `await import(${specifier(entry)})`)).join("")}]);`,
    "require.cjs": `(${tell})([${required.map((entry) => line(entry, `require(${specifier(entry)})`)).join("")}]);`,
  });
});

test("every entry of the package is in the table", () => {
  const file = join(folder, "node_modules", "messenger-send", "package.json");
  const { exports } = JSON.parse(readFileSync(file, "utf8"));
  assert.deepEqual(sorted(Object.keys(exports)), sorted([...Object.keys(NAMES), ...FILES]));
});

for (const program of ["import.mjs", "require.cjs"]) {
  test(program, async () => {
    const found = told(await runIn(folder, process.execPath, [program]));
    assert.ok(found.length >= Object.keys(NAMES).length - NOT_REQUIRED.length);
    for (const [entry, names] of found) {
      assert.deepEqual(sorted(names), sorted(NAMES[entry]), entry);
    }
  });
}
