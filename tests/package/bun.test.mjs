// The packed package in Bun, by `import` and by `require`.
import { before, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import { assertChecked, assertDelivered, assertFailed, TOKEN, tell, told } from "./lib/outcome.mjs";
import { project, runIn, tool } from "./lib/project.mjs";

const BODY = `
  const [graph, token] = process.argv.slice(2);
  (async () => {
    if (typeof Bun === "undefined") throw new Error("this is not Bun");
    const checked = check(api);
    await api.init();
    const failed = await fail(api, { graph, token });
    (${tell})({ checked, failed, delivered: await deliver(api, { graph, token }) });
  })();
`;

const PROGRAMS = {
  "import.mjs": `import * as api from "messenger-send"; import { check, deliver, fail } from "./exercise.js"; ${BODY}`,
  "require.cjs": `const api = require("messenger-send"); const { check, deliver, fail } = require("./exercise.js"); ${BODY}`,
};

let folder;
before(async () => {
  folder = await project(PROGRAMS);
});

for (const file of Object.keys(PROGRAMS)) {
  test(file, async () => {
    const graph = await startGraph({ token: TOKEN });
    try {
      const result = told(
        await runIn(folder, tool("bun"), ["run", "--no-install", file, graph.url, TOKEN]),
      );
      assertChecked(result.checked);
      assertFailed(result.failed);
      assertDelivered(result.delivered, graph);
    } finally {
      await graph.close();
    }
  });
}
