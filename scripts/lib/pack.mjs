// Packs the package as users get it from the registry, and installs it into projects.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { withoutNpm } from "./install.mjs";
import { at, ROOT } from "./root.mjs";
import { must, npm, Stop } from "./run.mjs";

let packing;

/** The path of the tarball: the one that PKG_TARBALL names, or the one that `npm pack ./pkg` creates, once per process. */
export function packed() {
  packing ??= process.env.PKG_TARBALL ? Promise.resolve(process.env.PKG_TARBALL) : pack();
  return packing;
}

async function pack() {
  if (!existsSync(at("pkg", "package.json"))) {
    throw new Stop("pkg/ is missing: run `npm run build` first.");
  }
  const folder = mkdtempSync(join(tmpdir(), "messenger-send-pack-"));
  await runNpm(
    "npm could not pack pkg/: see its message above.",
    ["pack", "./pkg", "--pack-destination", folder],
    ROOT,
  );
  return join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".tgz")),
  );
}

/**
 * Creates a project with the tarball installed by npm, without network access.
 * @param {string} folder created if missing
 * @param {{ type?: "module" | "commonjs", deps?: string[], tarball?: string }} [options]
 *   deps: packages from the repository's node_modules for the project; they are linked, not copied
 * @returns {Promise<string>} the folder of the installed package
 */
export async function installTarball(folder, { type = "module", deps = [], tarball } = {}) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify({ name: "consumer", version: "1.0.0", private: true, type }, null, 2)}\n`,
  );
  const flags = [
    "--offline",
    "--no-audit",
    "--no-fund",
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
  ];
  await runNpm(
    "npm could not install the tarball: see its message above.",
    ["install", ...flags, tarball ?? (await packed())],
    folder,
  );
  for (const name of deps) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    if (!existsSync(at("node_modules", name))) {
      throw new Stop(`${name} is not in node_modules: add it to package.json.`);
    }
    symlinkSync(at("node_modules", name), link, "junction");
  }
  const { name } = JSON.parse(readFileSync(at("pkg-template", "package.json"), "utf8"));
  return join(folder, "node_modules", name);
}

async function runNpm(advice, args, cwd) {
  const [command, all] = npm(args);
  return must(advice, command, all, { cwd, env: withoutNpm(), quiet: true });
}
