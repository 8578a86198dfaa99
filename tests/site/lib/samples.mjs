// The samples of the site as a program has them: beside the packed package, compiled by `tsc --strict`.
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installSite } from "../../../scripts/lib/docs.mjs";
import { installTarball } from "../../../scripts/lib/pack.mjs";
import { at } from "../../../scripts/lib/root.mjs";
import { run } from "../../../scripts/lib/run.mjs";

/** The samples that run in a page: they have the DOM, and `react-hook-form` beside them. */
export const PAGES = ["plain-form.ts", "react-hook-form.tsx"];
const FORMS = [
  "@hookform",
  "@standard-schema",
  "@types",
  "csstype",
  "react",
  "react-dom",
  "react-hook-form",
  "scheduler",
];

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noUnusedLocals: true,
  target: "es2023",
  skipLibCheck: true,
};

/** Where the samples are. */
export const SAMPLES = at("site", "samples");

/** The TypeScript samples' names. */
export const names = () => readdirSync(SAMPLES).filter((name) => /\.tsx?$/.test(name));

/** A project with the packed package and the samples in it; it goes when the process of the tests ends. */
export async function sampleProject() {
  await installSite();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "messenger-send-site-")));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  await installTarball(folder, { deps: ["undici-types"] });
  for (const name of FORMS) {
    link(at("site", "node_modules", name), join(folder, "node_modules", name));
  }
  for (const name of readdirSync(SAMPLES)) {
    if (name !== "rust") {
      cpSync(join(SAMPLES, name), join(folder, name));
    }
  }
  return folder;
}

/**
 * Compiles files of the project into its folder `out`.
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function compile(folder, files, { name, types, lib = ["es2023"], ...options }) {
  const config = {
    compilerOptions: {
      ...STRICT,
      module: "nodenext",
      outDir: join(folder, "out"),
      rootDir: folder,
      types,
      typeRoots: [at("node_modules", "@types")],
      lib,
      ...options,
    },
    files,
  };
  const path = join(folder, `tsconfig.${name}.json`);
  writeFileSync(path, JSON.stringify(config));
  const arguments_ = ["--project", path, "--pretty", "false"];
  return run(at("node_modules", ".bin", "tsc"), arguments_, {
    cwd: folder,
    quiet: true,
    timeoutMs: 120_000,
  });
}

/** Compiles all samples, those of pages with the DOM, the others with Node. */
export async function compileAll(folder, options = {}) {
  const all = names();
  const node = all.filter((name) => !PAGES.includes(name));
  const pages = {
    name: "pages",
    types: [],
    lib: ["es2023", "dom", "dom.iterable"],
    jsx: "react-jsx",
    noEmit: true,
  };
  return [
    await compile(folder, node, { name: "node", types: ["node"], ...options }),
    await compile(folder, PAGES, { ...pages, module: "esnext", moduleResolution: "bundler" }),
  ];
}

function link(target, path) {
  if (existsSync(target) && !existsSync(path)) {
    symlinkSync(realpathSync(target), path, "junction");
  }
}
