// A build with Vite inside the process of the tests.
import assert from "node:assert/strict";
import { join } from "node:path";
import { it } from "node:test";
import { viteBuild } from "../../scripts/lib/vite.mjs";
import { folderWith } from "./folder.mjs";

for (const before of [undefined, "test"]) {
  it(`leaves NODE_ENV as it was, ${before ?? "not set"}`, async (context) => {
    const outer = process.env.NODE_ENV;
    context.after(() => {
      if (outer === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = outer;
    });
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
    const root = folderWith(context, { "page.js": "globalThis.used = 1;\n" });
    const input = join(root, "page.js");
    await viteBuild({
      root,
      configFile: false,
      logLevel: "error",
      build: { write: false, rollupOptions: { input } },
    });
    assert.equal(process.env.NODE_ENV, before);
    // Not even as the text "undefined".
    assert.equal("NODE_ENV" in process.env, before !== undefined);
  });
}
