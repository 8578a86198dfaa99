// The packed package in Deno: validation needs no permission, sending only the network.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import { assertChecked, assertDelivered, assertFailed, TOKEN, tell, told } from "./lib/outcome.mjs";
import { project, runIn, tool } from "./lib/project.mjs";

let folder;
before(async () => {
  folder = await project({
    "check.js": `import * as api from "messenger-send"; import { check } from "./exercise.js"; (${tell})(check(api));`,
    "send.js": `
      import * as api from "messenger-send";
      import { deliver, fail } from "./exercise.js";
      const [graph, token] = Deno.args;
      await api.init();
      const failed = await fail(api, { graph, token });
      (${tell})({ failed, delivered: await deliver(api, { graph, token }) });
    `,
  });
});

// DENO_DIR: the cache of an earlier run must not help. --no-prompt: a missing permission is an
// error, not a question.
const deno = (...args) =>
  runIn(folder, tool("deno"), args, {
    env: { DENO_DIR: `${folder}/.deno`, DENO_NO_UPDATE_CHECK: "1" },
  });

test("validates without any permission", async () => {
  assertChecked(told(await deno("run", "--no-prompt", "--no-remote", "check.js")));
});

test("sends with the permission for that host only", async () => {
  const graph = await startGraph({ token: TOKEN });
  try {
    const host = new URL(graph.url).host;
    const result = told(
      await deno(
        "run",
        "--no-prompt",
        "--no-remote",
        `--allow-net=${host}`,
        "send.js",
        graph.url,
        TOKEN,
      ),
    );
    assertFailed(result.failed);
    assertDelivered(result.delivered, graph);
  } finally {
    await graph.close();
  }
});

test("without the permission a send is an error, and nothing was sent", async () => {
  const graph = await startGraph({ token: TOKEN });
  try {
    const { code, output } = await deno(
      "run",
      "--no-prompt",
      "--no-remote",
      "send.js",
      graph.url,
      TOKEN,
    );
    assert.notEqual(code, 0);
    assert.equal(graph.requests.length, 0, output);
  } finally {
    await graph.close();
  }
});
