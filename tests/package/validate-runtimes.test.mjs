// `messenger-send/validate` in every runtime without a page: Node by `import` and by `require`, with the wasm by hand, Deno, Bun, workerd.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/root.mjs";
import { assertChecked, tell, told } from "./lib/outcome.mjs";
import { project, runIn, tool } from "./lib/project.mjs";
import { bundledForWorkerd, serveWorker, validateModules } from "./lib/workerd.mjs";

const NODES = [
  ["this Node", process.execPath],
  ["Node 22", at("node_modules", "node22", "bin", "node")],
  ["Node 24", at("node_modules", "node24", "bin", "node")],
];
// Those two come as binaries for one platform.
const hasBinaries = process.platform === "linux" && process.arch === "x64";

/** No init: these runtimes are ready on import. */
const BODY = `(${tell})({ checked: check(api), ready: api.init() instanceof Promise });`;
const program = (entry) =>
  `import * as api from "${entry}"; import { check } from "./exercise.js"; ${BODY}`;

const SLIM = `
  import { readFileSync } from "node:fs";
  import { fileURLToPath } from "node:url";
  import * as api from "messenger-send/validate/slim";
  import { check } from "./exercise.js";
  const bytes = readFileSync(fileURLToPath(import.meta.resolve("messenger-send/validate/wasm")));
  const source = {
    bytes: () => bytes,
    module: () => new WebAssembly.Module(bytes),
    response: () => new Response(bytes, { headers: { "Content-Type": "application/wasm" } }),
    "response without a type": () => new Response(bytes),
    url: () => "data:application/wasm;base64," + bytes.toString("base64"),
    promise: () => Promise.resolve(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)),
  }[process.argv[2]];
  let tooEarly;
  try { api.validate({}); } catch (error) { tooEarly = error.message; }
  const broken = await api.init(new Uint8Array([1, 2, 3])).then(() => undefined, (error) => error.name);
  await Promise.all([api.init(source()), api.init(Promise.reject(new Error("not needed")))]);
  (${tell})({ tooEarly, broken, checked: check(api) });
`;

const WORKER = `
  import * as api from "messenger-send/validate";
  import { check } from "./exercise.js";
  // In the global scope already, where a Worker may do little: ready on import.
  const checked = check(api);
  export default {
    async fetch() {
      await api.init();
      return Response.json({ checked });
    },
  };
`;

let folder;
before(async () => {
  folder = await project({
    "import.mjs": program("messenger-send/validate"),
    "inline.mjs": program("messenger-send/validate/inline"),
    "require.cjs": `const api = require("messenger-send/validate"); const { check } = require("./exercise.js"); ${BODY}`,
    "slim.mjs": SLIM,
    "worker.js": WORKER,
  });
});

for (const [name, node] of NODES) {
  for (const file of ["import.mjs", "inline.mjs", "require.cjs"]) {
    test(`${name}, ${file}`, {
      skip: !existsSync(node) && !hasBinaries && "no binary of it for this platform",
    }, async () => {
      assertRan(told(await runIn(folder, node, [file])));
    });
  }
}

function assertRan({ checked, ready }) {
  assertChecked(checked);
  assert.equal(ready, true);
}

for (const how of ["bytes", "module", "response", "response without a type", "url", "promise"]) {
  test(`slim, the wasm by hand as ${how}`, async () => {
    const result = told(await runIn(folder, process.execPath, ["slim.mjs", how]));
    assert.match(
      result.tooEarly,
      /^messenger-send\/validate has not started: call `await init\(\)` first$/,
    );
    assert.equal(result.broken, "CompileError");
    assertChecked(result.checked);
  });
}

test("Deno, without any permission", async () => {
  // DENO_DIR: what an earlier run left in a cache must not help. --no-prompt: a missing permission is an error, not a question.
  const env = { DENO_DIR: `${folder}/.deno`, DENO_NO_UPDATE_CHECK: "1" };
  const args = ["run", "--no-prompt", "--no-remote", "import.mjs"];
  assertRan(told(await runIn(folder, tool("deno"), args, { env })));
});

for (const file of ["import.mjs", "require.cjs"]) {
  test(`Bun, ${file}`, async () => {
    assertRan(told(await runIn(folder, tool("bun"), ["run", "--no-install", file])));
  });
}

test("workerd, the package's own modules", async () => {
  // The entry must be the one that the condition "workerd" leads to.
  const find = `(${tell})(import.meta.resolve("messenger-send/validate"))`;
  const args = ["--conditions=workerd", "--input-type=module", "--eval", find];
  const entry = told(await runIn(folder, process.execPath, args));
  const file = join(folder, "node_modules", "messenger-send", "validate", "workerd.js");
  assert.equal(entry, new URL(`file://${file}`).href);
  await assertServed([
    ["worker.js", "esModule", "worker.js"],
    ["exercise.js", "esModule", "exercise.js"],
    ...validateModules(),
  ]);
});

test("workerd, bundled as wrangler does it: the wasm stays a module of its own", async () => {
  await assertServed(await bundledForWorkerd(folder, "validate/validate_bg.wasm"));
});

async function assertServed(modules) {
  const worker = await serveWorker(folder, modules, {}, "http://127.0.0.1:9");
  try {
    assertChecked((await (await fetch(worker.url)).json()).checked);
  } finally {
    await worker.stop();
  }
}
