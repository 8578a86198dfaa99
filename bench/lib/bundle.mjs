// Bundles for measurements outside Node and for the sizes, with the repository's vite.
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

let home;

/** A folder that is deleted when the process ends. */
export function workshop() {
  if (home === undefined) {
    home = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-bench-")));
    process.once("exit", () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  }
  return mkdtempSync(join(home, "workshop-"));
}

/**
 * A page with everything in it.
 * @param {string} root the folder of its index.html
 * @param {Record<string, string>} alias where the modules are that it names
 * @returns {Promise<string>} the folder that can be served
 */
export async function bundlePage(root, alias) {
  const outDir = workshop();
  await build({
    root,
    configFile: false,
    logLevel: "error",
    resolve: { alias },
    build: { outDir, emptyOutDir: true, target: "esnext", chunkSizeWarningLimit: 4096 },
  });
  return outDir;
}

/**
 * Wrangler's rule for wasm: the import stays in the bundle, and the file becomes a module next to
 * it.
 */
const wasmStays = {
  name: "wasm-stays",
  enforce: "pre",
  resolveId: (source) => (source.endsWith(".wasm") ? { id: source, external: true } : null),
};

/**
 * One file with everything but the wasm in it.
 * @param {string} entry the file that is bundled
 * @param {{ alias?: Record<string, string>, conditions?: string[], minify?: boolean }} options
 * @returns {Promise<string>} its path; the file is called bundle.mjs
 */
export async function bundleFile(
  entry,
  { alias = {}, conditions = ["module", "import", "default"], minify = false } = {},
) {
  const outDir = workshop();
  await build({
    root: outDir,
    configFile: false,
    logLevel: "error",
    resolve: { alias, conditions, mainFields: ["module", "main"] },
    plugins: [wasmStays],
    build: {
      outDir,
      minify,
      target: "esnext",
      lib: { entry, formats: ["es"], fileName: () => "bundle.mjs" },
      rollupOptions: {
        external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      },
    },
  });
  return join(outDir, "bundle.mjs");
}
