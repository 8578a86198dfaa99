// The packed package with webpack 5, in Chromium, with no configuration but the entry.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import webpack from "webpack";
import { html, pageProgram } from "./lib/page.mjs";
import { project, write } from "./lib/project.mjs";
import { assertPageWorks } from "./lib/visit.mjs";
import { openBrowser, serve } from "./lib/web.mjs";

let folder;
let browser;
before(async () => {
  folder = await project({
    "src/index.js": pageProgram("messenger-send", { exercise: "../exercise.js" }),
  });
  browser = await openBrowser();
});
after(() => browser?.close());

for (const mode of ["production", "development"]) {
  test(mode, async () => {
    const out = join(folder, mode);
    const stats = await new Promise((resolve, reject) => {
      webpack({ context: folder, mode, output: { path: out } }, (error, done) =>
        error ? reject(error) : resolve(done),
      );
    });
    // A size hint is no complaint about the package.
    assert.deepEqual(stats.toJson({ errors: true }).errors, []);
    assert.equal(
      readdirSync(out).filter((file) => file.endsWith(".wasm")).length,
      1,
      "the wasm is in the build, once",
    );
    write(out, { "index.html": html('<script src="main.js"></script>') });
    const site = await serve(out);
    try {
      await assertPageWorks(browser, site.url);
    } finally {
      await site.close();
    }
  });
}
