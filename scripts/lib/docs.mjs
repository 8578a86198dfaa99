// Builds the documentation site into site/dist: static files for any host.
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

/** Installs the packages that build the site if they differ from site/package-lock.json. They are not in the root package.json. */
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
  say(
    `site: ${stale}: npm installs the packages that build the documentation into site/node_modules`,
  );
  const [command, args] = npm([
    "ci",
    "--include=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
  ]);
  await must(
    "npm could not install the packages that build the documentation: run `npm ci` in site/ and read its message.",
    command,
    args,
    { cwd: folder, quiet: true, env: withoutNpm() },
  );
}

/** Writes the pages that are generated from other files. The package must be built. */
export async function generatePages() {
  await must(
    "The pages of the documentation could not be generated: see the message above.",
    process.execPath,
    [at("site", "generate", "main.mjs")],
    { cwd: ROOT },
  );
}

/**
 * Builds the whole site; the package must be built. The variable DOCS_BASE is the path under which it is served.
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
 * Broken links that rustdoc generates and that cannot be fixed here: those of its buttons, and those in the documentation of other
 * crates' traits, which it copies.
 */
const RUSTDOCS_OWN = [
  "javascript:void(0)",
  "super::Span::current()",
  "crate::Span",
  "super::Subscriber",
  "dispatcher#setting-the-default-subscriber",
  "Stream::poll_next",
];

/** The path under which the site is served: DOCS_BASE with a slash at both ends. */
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
    throw new Stop(`${broken.length} links of the documentation are broken:\n${shown}`);
  }
  return `${pages} pages, ${inside} internal links, none broken; ${outside} external links`;
}

/** Runs VitePress in site/, to build or to develop. */
export async function vitepress(command, { quiet = false, args = [] } = {}) {
  const cli = at("site", "node_modules", "vitepress", "bin", "vitepress.js");
  await must(
    "VitePress could not build the documentation: see its message above.",
    process.execPath,
    [cli, command, at("site"), ...args],
    { cwd: at("site"), quiet },
  );
}

/** Builds the documentation of the crate, without what other commands have left in the same folder. */
async function rustdoc(folder, { quiet }) {
  rmSync(RUSTDOC, { recursive: true, force: true });
  await must(
    "cargo could not document the crate: see its message above.",
    "cargo",
    ["doc", "--no-deps", "--all-features", "--package", "messenger-send"],
    { cwd: ROOT, quiet },
  );
  cpSync(RUSTDOC, folder, { recursive: true });
  // The target of rustdoc's links to help and settings.
  writeFileSync(
    join(folder, "index.html"),
    '<!doctype html>\n<title>messenger_send</title>\n<meta http-equiv="refresh" content="0; url=messenger_send/index.html">\n<a href="messenger_send/index.html">messenger_send</a>\n',
  );
}
