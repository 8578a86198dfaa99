// messenger-send/testing in every runtime, and in the environment of a test runner (jsdom) that
// lacks most of fetch.
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { rolldown } from "rolldown";
import { launchOptions } from "../../scripts/lib/chromium.mjs";
import { runIn, tool } from "../package/lib/project.mjs";
import { serveWorker } from "../package/lib/workerd.mjs";
import { exercise } from "./exercise.js";

const EXERCISE = new URL("exercise.js", import.meta.url).href;
const MISSING_IN_JSDOM = [
  "Blob",
  "FormData",
  "Headers",
  "ReadableStream",
  "Request",
  "Response",
  "TextDecoder",
  "TextEncoder",
  "crypto",
  "fetch",
];
const LIMIT = { timeout: 60_000 };

let folder;
before(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-testing-")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const without = MISSING_IN_JSDOM.map(
    (name) => `Object.defineProperty(globalThis, "${name}", { value: undefined });`,
  ).join("\n");
  const tell = "console.log(JSON.stringify(await exercise()));";
  writeFileSync(join(folder, "main.mjs"), `import { exercise } from "${EXERCISE}";\n${tell}\n`);
  writeFileSync(
    join(folder, "bare.mjs"),
    `import { exercise } from "${EXERCISE}";\n${without}\n${tell}\n`,
  );
});

async function bundled(name, code, format) {
  const input = join(folder, `${name}.entry.mjs`);
  writeFileSync(input, code);
  const bundle = await rolldown({ input });
  const { output } = await bundle.generate({ format, codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

test("Node", LIMIT, async () => {
  assert.deepEqual(await exercise(), []);
});

const PROGRAMS = [
  ["Node without what jsdom does not have", () => [process.execPath, ["bare.mjs"]]],
  [
    "Deno, without any permission",
    () => [tool("deno"), ["run", "--no-prompt", "--no-remote", "main.mjs"]],
  ],
  ["Bun", () => [tool("bun"), ["main.mjs"]]],
];
for (const [name, program] of PROGRAMS) {
  test(name, LIMIT, async () => {
    const { code, output, stdout } = await runIn(folder, ...program(), {
      env: { DENO_NO_UPDATE_CHECK: "1" },
    });
    assert.equal(code, 0, output);
    assert.deepEqual(JSON.parse(stdout), []);
  });
}

test("workerd", LIMIT, async () => {
  const worker = `import { exercise } from "${fileURLToPath(EXERCISE)}"; export default { fetch: async () => Response.json(await exercise()) };`;
  writeFileSync(join(folder, "worker.js"), await bundled("worker", worker, "esm"));
  const { url, stop } = await serveWorker(
    folder,
    [["worker.js", "esModule", "worker.js"]],
    {},
    "http://127.0.0.1:9",
  );
  try {
    assert.deepEqual(await (await fetch(url)).json(), []);
  } finally {
    await stop();
  }
});

test("Chromium", LIMIT, async () => {
  const content = await bundled(
    "page",
    `import { exercise } from "${fileURLToPath(EXERCISE)}"; globalThis.exercise = exercise;`,
    "iife",
  );
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content });
    assert.deepEqual(await page.evaluate("exercise()"), []);
  } finally {
    await browser.close();
  }
});
