// A process that imports the built package and checks a message starts quickly, and the gate can fail.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { COLD_START, judgeFigure } from "../../scripts/lib/budgets.mjs";
import { at } from "../../scripts/lib/root.mjs";
import { folderWith } from "../scripts/folder.mjs";
import { coldStart } from "./figures.mjs";

const NAME = "a Node process that imports and checks once, of one that does nothing";
const PROGRAM = `
  import { validateJson } from ${JSON.stringify(pathToFileURL(at("pkg", "node.js")).href)};
  if (!validateJson('{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}').valid) process.exitCode = 1;
`;

test(NAME, (context) => {
  const { within, note } = judgeFigure({
    name: NAME,
    is: coldStart(folderWith(context, {}), PROGRAM, COLD_START),
    ...COLD_START,
  });
  console.log(note);
  assert.ok(within, note);
});

test("the gate closes before a package that takes as long again as Node", (context) => {
  const slow = `${PROGRAM} import { execFileSync } from "node:child_process"; execFileSync(process.execPath, ["-e", ""]);`;
  const is = coldStart(folderWith(context, {}), slow, { ...COLD_START, tries: 1, rounds: 4 });
  assert.equal(judgeFigure({ name: NAME, is, ...COLD_START }).within, false);
});

test("a process that fails is no quick one", (context) => {
  assert.throws(
    () =>
      coldStart(folderWith(context, {}), "process.exitCode = 1;", {
        ...COLD_START,
        tries: 1,
        rounds: 1,
      }),
    /failed/,
  );
});
