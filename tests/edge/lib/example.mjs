// The example's own tools: installed as its README says, and its Worker bundled as `wrangler deploy` bundles it.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { withoutNpm } from "../../../scripts/lib/install.mjs";
import { at } from "../../../scripts/lib/root.mjs";
import { must, npm } from "../../../scripts/lib/run.mjs";

export const EXAMPLE = at("examples", "cloudflare-worker");
const ENTRY = "tested.js";

/** Installs what the lock file names, unless it is there. */
export async function install() {
  const lock = readFileSync(join(EXAMPLE, "package-lock.json"), "utf8");
  const done = join(EXAMPLE, "node_modules", ".installed");
  if (existsSync(done) && readFileSync(done, "utf8") === lock) {
    return;
  }
  const [command, args] = npm([
    "ci",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
  ]);
  await must(
    "npm could not install what the example needs: look at its message above.",
    command,
    args,
    {
      cwd: EXAMPLE,
      quiet: true,
      timeoutMs: 10 * 60 * 1000,
      env: withoutNpm(),
    },
  );
  writeFileSync(done, lock);
}

/** Runs one of the example's programs under this Node. */
export function tool(name, args, options = {}) {
  const { bin } = JSON.parse(
    readFileSync(join(EXAMPLE, "node_modules", name, "package.json"), "utf8"),
  );
  const path = typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]);
  return must(
    `${name} failed`,
    process.execPath,
    [join(EXAMPLE, "node_modules", name, path), ...args],
    {
      cwd: EXAMPLE,
      quiet: true,
      timeoutMs: 5 * 60 * 1000,
      env: { WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: tmpdir(), CI: "1" },
      ...options,
    },
  );
}

/** The example's miniflare and wrangler. */
export async function platform() {
  await install();
  const require = createRequire(join(EXAMPLE, "package.json"));
  const load = (name) => import(pathToFileURL(require.resolve(name)).href);
  const [{ Miniflare, convertV4MiniflareOptions }, { unstable_getMiniflareWorkerOptions }] =
    await Promise.all(["miniflare", "wrangler"].map(load));
  return {
    /** wrangler gives the options that miniflare 4 took. */
    start: (options) => new Miniflare(convertV4MiniflareOptions(options)),
    workerOptions: unstable_getMiniflareWorkerOptions,
  };
}

let bundled;

/** The Worker's modules, with an entry before them through which tests plant faults. */
export function modules() {
  bundled ??= bundle();
  return bundled;
}

async function bundle() {
  await install();
  const folder = mkdtempSync(join(tmpdir(), "edge-bundle-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await tool("wrangler", ["deploy", "--dry-run", "--outdir", folder]);
  cpSync(fileURLToPath(new URL("tested.js", import.meta.url)), join(folder, ENTRY));
  const rest = readdirSync(folder).filter((name) => /\.(js|wasm)$/.test(name) && name !== ENTRY);
  const modules = [ENTRY, ...rest].map((name) => ({
    type: name.endsWith(".wasm") ? "CompiledWasm" : "ESModule",
    path: join(folder, name),
  }));
  return { modules, modulesRoot: folder };
}
