// Builds the demo page into static files that any host can serve under any path: www/ and the built package, bundled by Vite.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { at, crateVersion } from "./root.mjs";
import { Stop } from "./run.mjs";
import { viteBuild } from "./vite.mjs";

const PACKAGE = "messenger-send";
/** The conditions under which a bundler reads the package for browsers: https://vite.dev/config/shared-options#resolve-conditions */
const CONDITIONS = ["module", "browser", "production", "import", "default"];
// Loaded while the page is parsed: otherwise the first validation would wait for one request after
// the other.
const PRELOADED = /^assets\/(?:messenger-send|package)-/;

/** The folder of the built page. */
export const PAGE = at("page");

/** Builds the page into `outDir` and returns that folder. The package must be built. */
export async function buildPage({ outDir = PAGE, quiet = true } = {}) {
  if (!existsSync(at("pkg", "package.json"))) {
    throw new Stop("pkg/ is missing, and the page is made of it: run `npm run build`.");
  }
  await viteBuild({
    configFile: false,
    root: at("www"),
    // Relative URLs, so that the folder can be served under any path.
    base: "./",
    logLevel: quiet ? "warn" : "info",
    define: {
      __VERSION__: JSON.stringify(crateVersion()),
      __REPOSITORY__: JSON.stringify(repository()),
    },
    plugins: [packageOf(at("pkg")), preloads],
    json: { stringify: true },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      // `preloads` adds the preload tags.
      modulePreload: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [{ name: PACKAGE, test: /[\\/]pkg[\\/]|[\\/]www[\\/]package\.js$/ }],
          },
        },
      },
    },
  });
  return outDir;
}

/** The built page, rebuilt only if one of its sources is newer. */
export async function freshPage() {
  const made = join(PAGE, "index.html");
  if (!existsSync(made) || newest(at("www"), at("pkg")) > statSync(made).mtimeMs) {
    await buildPage();
  }
  return PAGE;
}

function newest(...folders) {
  const files = folders
    .filter(existsSync)
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map((name) => join(folder, name)),
    );
  return Math.max(
    ...files.map((file) => statSync(file).mtimeMs),
    statSync(at("scripts", "lib", "page.mjs")).mtimeMs,
  );
}

/** Resolves `messenger-send` and its entries to the built package, through the `exports` of its package.json as a bundler does. */
function packageOf(folder) {
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return {
    name: "built-package",
    enforce: "pre",
    resolveId(source) {
      if (source !== PACKAGE && !source.startsWith(`${PACKAGE}/`)) {
        return undefined;
      }
      const target = chosen(exports[`.${source.slice(PACKAGE.length)}`]);
      if (target === undefined) {
        throw new Error(`${source} is no entry of the package`);
      }
      return join(folder, target);
    },
  };
}

/** The URL of the repository, if package.json has one. */
function repository() {
  const { repository: named } = JSON.parse(readFileSync(at("pkg", "package.json"), "utf8"));
  return (named?.url ?? named ?? "").replace(/^git\+/, "").replace(/\.git$/, "");
}

function chosen(target) {
  if (target === null || typeof target !== "object") {
    return target ?? undefined;
  }
  const condition = Object.keys(target).find((name) => CONDITIONS.includes(name));
  return chosen(target[condition]);
}

/** Adds preload tags for the package's chunk and its wasm to the head of the page. */
const preloads = {
  name: "preloads",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle }) {
      const files = Object.keys(bundle ?? {});
      const tag = (attrs) => ({ tag: "link", attrs, injectTo: "head" });
      return [
        ...files
          .filter((file) => file.endsWith(".js") && PRELOADED.test(file))
          .map((file) => tag({ rel: "modulepreload", href: `./${file}` })),
        ...files
          .filter((file) => file.endsWith(".wasm"))
          .map((file) =>
            tag({ rel: "preload", as: "fetch", crossorigin: true, href: `./${file}` }),
          ),
      ];
    },
  },
};
