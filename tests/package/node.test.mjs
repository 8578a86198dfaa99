// The packed package in Node: 20 (or whatever runs this), 22 and 24, by `import` and by `require`; and `slim` with the wasm by hand.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/root.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { assertChecked, assertDelivered, assertFailed, TOKEN, tell, told } from "./lib/outcome.mjs";
import { project, runIn } from "./lib/project.mjs";

const NODES = [
  ["this Node", process.execPath],
  ["Node 22", at("node_modules", "node22", "bin", "node")],
  ["Node 24", at("node_modules", "node24", "bin", "node")],
];
// Those two come as binaries for one platform.
const hasBinaries = process.platform === "linux" && process.arch === "x64";

const BODY = `
  const [graph, token] = process.argv.slice(2);
  (async () => {
    // No init: Node is ready on import.
    const checked = check(api);
    await api.init();
    const failed = await fail(api, { graph, token });
    const delivered = await deliver(api, { graph, token });
    (${tell})({ checked, failed, delivered });
  })();
`;

const PROGRAMS = {
  "import.mjs": `import * as api from "messenger-send"; import { check, deliver, fail } from "./exercise.js"; ${BODY}`,
  "require.cjs": `const api = require("messenger-send"); const { check, deliver, fail } = require("./exercise.js"); ${BODY}`,
};

const SLIM = `
  import { readFileSync } from "node:fs";
  import { fileURLToPath } from "node:url";
  import * as api from "messenger-send/slim";
  import { check, deliver, fail } from "./exercise.js";
  const [graph, token, how] = process.argv.slice(2);
  const messageOf = (call) => { try { return call() && undefined; } catch (error) { return error.message; } };
  const tooEarly = messageOf(() => api.validate({}));
  const sentTooEarly = await api.send({ recipient: { id: "1" }, message: { text: "x" } }, { accessToken: token, baseUrl: graph })
    .catch(({ name, kind, delivery, attempts }) => ({ name, kind, delivery, attempts }));
  const noSource = await api.init().then(() => undefined, (error) => error.message);
  const broken = await api.init(new Uint8Array([1, 2, 3])).then(() => undefined, (error) => error.name);
  const bytes = readFileSync(fileURLToPath(import.meta.resolve("messenger-send/wasm")));
  const source = {
    bytes: () => bytes,
    buffer: () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    module: () => new WebAssembly.Module(bytes),
    response: () => new Response(bytes, { headers: { "Content-Type": "application/wasm" } }),
    url: () => "data:application/wasm;base64," + bytes.toString("base64"),
    promise: () => Promise.resolve(new URL("data:application/wasm;base64," + bytes.toString("base64"))),
  }[how];
  // At the same time, and with a second source that fails: it is not needed, so it must not matter.
  await Promise.all([api.init(source()), api.init(Promise.reject(new Error("not needed")))]);
  await api.init(Promise.reject(new Error("not needed either")));
  (${tell})({ tooEarly, sentTooEarly, noSource, broken, checked: check(api), delivered: await deliver(api, { graph, token }) });
`;

let folder;
before(async () => {
  folder = await project({ ...PROGRAMS, "slim.mjs": SLIM });
});

for (const [name, node] of NODES) {
  for (const file of Object.keys(PROGRAMS)) {
    test(`${name}, ${file}`, {
      skip: !existsSync(node) && !hasBinaries && "no binary of it for this platform",
    }, async () => {
      const graph = await startGraph({ token: TOKEN });
      try {
        const result = told(await runIn(folder, node, [file, graph.url, TOKEN]));
        assertChecked(result.checked);
        assertFailed(result.failed);
        assertDelivered(result.delivered, graph);
      } finally {
        await graph.close();
      }
    });
  }
}

for (const how of ["bytes", "buffer", "module", "response", "url", "promise"]) {
  test(`slim, the wasm by hand as ${how}`, async () => {
    const graph = await startGraph({ token: TOKEN });
    try {
      const result = told(
        await runIn(folder, process.execPath, ["slim.mjs", graph.url, TOKEN, how]),
      );
      assert.match(result.tooEarly, /call `await init\(\)` first/);
      assert.deepEqual(result.sentTooEarly, {
        name: "SendError",
        kind: "configuration",
        delivery: "not_sent",
        attempts: 0,
      });
      assert.match(result.noSource, /init\(source\)/);
      assert.equal(result.broken, "CompileError");
      assertChecked(result.checked);
      assertDelivered(result.delivered, graph);
    } finally {
      await graph.close();
    }
  });
}
