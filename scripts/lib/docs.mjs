// Makes the documentation site: site/dist, a folder of static files for any host.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutNpm } from "./install.mjs";
import { checkLinks } from "./links.mjs";
import { buildPage } from "./page.mjs";
import { at, ROOT } from "./root.mjs";
import { must, npm, Stop, say } from "./run.mjs";
import { stalePackages } from "./setup.mjs";

/** Where the built site is. */
export const SITE = at("site", "dist");

const MOST_SHOWN = 40;
const RUSTDOC = at("target", "doc");

/** Installs what builds the site, where it is not as site/package-lock.json has it. The root's own install stays without it. */
export async function installSite() {
  const folder = at("site");
  const read = (...path) => {
    const file = join(folder, ...path);
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  };
  const stale = stalePackages(
    read("package-lock.json"),
    read("node_modules", ".package-lock.json"),
  );
  if (stale === undefined) {
    return;
  }
  say(`site: ${stale}: npm installs what builds the documentation into site/node_modules`);
  const [command, args] = npm([
    "ci",
    "--include=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ]);
  await must(
    "npm could not install what builds the documentation: run `npm ci` in site/ and look at what it says.",
    command,
    args,
    { cwd: folder, quiet: true, env: withoutNpm() },
  );
}

/** Writes the pages that are made from other files. The package must be built. */
export async function generatePages() {
  await must(
    "The pages of the documentation could not be generated: look at the message above.",
    process.execPath,
    [at("site", "generate", "main.mjs")],
    { cwd: ROOT },
  );
}

/**
 * Builds the whole site; the package must be built. DOCS_BASE in the environment is the path that it is served under.
 * @param {{ outDir?: string, quiet?: boolean }} [options]
 * @returns {Promise<string>} its folder
 */
export async function buildSite({ outDir = SITE, quiet = false } = {}) {
  await installSite();
  await generatePages();
  await vitepress("build", { quiet, args: ["--outDir", outDir] });
  await buildPage({ outDir: join(outDir, "play") });
  await rustdoc(join(outDir, "rust"), { quiet });
  return outDir;
}

/**
 * Links that rustdoc makes and nobody here can mend: those of its buttons, and those of the documentation of other crates, which it copies
 * for their traits.
 */
const RUSTDOCS_OWN = [
  "javascript:void(0)",
  "super::Span::current()",
  "crate::Span",
  "super::Subscriber",
  "dispatcher#setting-the-default-subscriber",
  "Stream::poll_next",
];

/** The path that the site is served under: DOCS_BASE with a slash at both ends. */
export function siteBase() {
  return `/${process.env.DOCS_BASE ?? ""}/`.replace(/\/{2,}/g, "/");
}

/** Checks every link of the built site, and says how many there are. */
export function checkSite(folder = SITE) {
  const { pages, inside, outside, broken } = checkLinks(folder, {
    base: siteBase(),
    hasState: (path) => path.startsWith("play/"),
    skip: (path, link) => path.startsWith("rust/") && RUSTDOCS_OWN.includes(link),
  });
  if (broken.length > 0) {
    const shown = broken.slice(0, MOST_SHOWN).join("\n");
    throw new Stop(`${broken.length} links of the documentation lead nowhere:\n${shown}`);
  }
  return `${pages} pages, ${inside} links between them lead somewhere, ${outside} lead outside`;
}

/** Runs VitePress in site/, to build or to develop. */
export async function vitepress(command, { quiet = false, args = [] } = {}) {
  const cli = at("site", "node_modules", "vitepress", "bin", "vitepress.js");
  await must(
    "VitePress could not build the documentation: look at its message above.",
    process.execPath,
    [cli, command, at("site"), ...args],
    { cwd: at("site"), quiet },
  );
}

/** The documentation of the crate. What other commands have left there is not this crate's. */
async function rustdoc(folder, { quiet }) {
  rmSync(RUSTDOC, { recursive: true, force: true });
  await must(
    "cargo could not document the crate: look at its message above.",
    "cargo",
    ["doc", "--no-deps", "--all-features", "--package", "messenger-send"],
    { cwd: ROOT, quiet },
  );
  cpSync(RUSTDOC, folder, { recursive: true });
  // rustdoc's help and settings lead there.
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html>\n<title>messenger_send</title>\n<meta http-equiv="refresh" content="0; url=messenger_send/index.html">\n<a href="messenger_send/index.html">messenger_send</a>\n',
  );
}
