// Makes pkg/, the npm package: the compiled core, the files of pkg-template/ over it, the licences. Ready for `npm pack ./pkg`.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join, relative, sep } from "node:path";
import { bundle } from "./bundles.mjs";
import { at, crateVersion, ROOT } from "./root.mjs";
import { ask, must, npm, say, Stop } from "./run.mjs";

/**
 * Optimised for speed, but inlined only where the source says so (and, of the standard library, what is tiny), no loop and no comparison
 * written out: as small as what is optimised for size, and a third faster.
 */
const SMALL = [
  "inline-threshold=0",
  "inlinehint-threshold=40",
  "unroll-threshold=0",
  "max-loads-per-memcmp=0",
].map((option) => `-Cllvm-args=-${option}`);
/** Folders of pkg-template that hold nothing but sources. */
const SOURCE_FOLDERS = [
  "api",
  "errors",
  "input",
  "loaders",
  "messaging-window",
  "module",
  "split-text",
];
const TARGET = "wasm32-unknown-unknown";
const WASM_FILE = "bindings_bg.wasm";
/** The lowest kilobyte is the end of the stack, which grows down to it: nothing else is there (low-memory-unused). */
export const WASM_OPT = [
  "-Oz",
  "--converge",
  "--low-memory-unused",
  "--skip-pass=local-cse",
  "--one-caller-inline-max-function-size=20",
  "--skip-pass=memory-packing",
  "--strip-producers",
  "--strip-target-features",
  "--enable-bulk-memory",
  "--enable-nontrapping-float-to-int",
  "--enable-sign-ext",
  "--enable-mutable-globals",
  "--enable-reference-types",
  "--enable-multivalue",
];
const LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"];

/** Builds the package anew; the tools must be there. Until it is whole, and if it fails, pkg/ stays as it was: servers and tests may be reading it. */
export async function build() {
  for (const path of ["pkg-template/package.json", ...LICENCES]) {
    if (!existsSync(at(path))) {
      throw new Stop(`${path} is missing: the package cannot be built without it.`);
    }
  }
  mkdirSync(at(".tools"), { recursive: true });
  const workshop = mkdtempSync(at(".tools", "pkg-"));
  try {
    const made = join(workshop, "new");
    const { version, bytes } = await make(made);
    swap(made, at("pkg"), join(workshop, "old"));
    say(`pkg/ holds messenger-send ${version}, ${bytes} bytes as a tarball: \`npm pack ./pkg\``);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Two renames: the shortest time without a package that a file system allows. If the second fails, the first is undone. */
export function swap(made, place, aside) {
  const replaces = existsSync(place);
  if (replaces) {
    renameSync(place, aside);
  }
  try {
    renameSync(made, place);
  } catch (error) {
    if (replaces) {
      renameSync(aside, place);
    }
    throw error;
  }
}

/** Makes the package in a folder that is not there yet. */
async function make(folder) {
  const source = `${folder}-source`;
  cpSync(at("pkg-template"), source, { recursive: true });
  await compile(join(source, "module"));
  cpSync(at("pkg-template"), folder, { recursive: true, filter: isPublished });
  renameSync(join(source, "module", WASM_FILE), join(folder, WASM_FILE));
  await bundle(source, folder);
  for (const name of LICENCES) {
    cpSync(at(name), join(folder, name));
  }
  const version = fillVersion(join(folder, "package.json"));
  return { version, bytes: await nothingLeftBehind(folder) };
}

/** What is shipped as it is: everything of pkg-template but the sources of the JavaScript. */
function isPublished(path) {
  // The first name: `split-text` is a folder of sources, `split-text.d.ts` is none.
  const [first] = relative(at("pkg-template"), path).split(sep);
  return !path.endsWith(".js") && !SOURCE_FOLDERS.includes(first);
}

/** Compiles the core, and writes the glue of wasm-bindgen next to it. */
async function compile(folder) {
  say("cargo compiles the core");
  const env = { CARGO_ENCODED_RUSTFLAGS: [...nameless(), ...SMALL].join("\x1f") };
  const cargo = [
    "build",
    "--release",
    "--locked",
    "--package",
    "messenger-send-wasm",
    "--target",
    TARGET,
  ];
  await must(
    "cargo could not build the core: look at the compiler's message above.",
    "cargo",
    cargo,
    { cwd: ROOT, env },
  );
  const compiled = join(targetFolder(), TARGET, "release", "messenger_send_wasm.wasm");
  // The declarations of the package are pkg-template/index.d.ts; those of the glue are nobody's business.
  const bindgen = [
    "--target",
    "web",
    "--no-typescript",
    "--omit-default-module-path",
    "--experimental-reset-state-function",
  ];
  const advice = "wasm-bindgen could not write the glue: look at its message above.";
  await must(
    advice,
    "wasm-bindgen",
    [...bindgen, "--out-name", "bindings", "--out-dir", folder, compiled],
    { cwd: ROOT },
  );
  const wasm = join(folder, WASM_FILE);
  await must(
    "wasm-opt could not shrink the module: run `npm ci`.",
    "wasm-opt",
    [wasm, "--output", wasm, ...WASM_OPT],
    { cwd: ROOT },
  );
}

function targetFolder() {
  const { target_directory: folder } = JSON.parse(
    ask("cargo", [
      "metadata",
      "--format-version",
      "1",
      "--no-deps",
      "--manifest-path",
      at("Cargo.toml"),
    ]),
  );
  return folder;
}

/** Flags for rustc, so that the module does not name the folders of the machine that built it: the compiler puts them into messages of panics. */
function nameless() {
  const folders = {
    [process.env.CARGO_HOME ?? join(homedir(), ".cargo")]: "cargo",
    [ask("rustc", ["--print", "sysroot"])]: "rust",
    [at(".")]: ".",
  };
  return Object.entries(folders).map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/** The version is written in Cargo.toml only. */
function fillVersion(file) {
  const { name, version: _, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  const version = crateVersion();
  writeFileSync(file, `${JSON.stringify({ name, version, ...rest }, null, 2)}\n`);
  return version;
}

/** Every file of the package is shipped, or the build fails: one that package.json's "files" forgets would be missing at the customer's only. */
async function nothingLeftBehind(folder) {
  const [command, args] = npm(["pack", "--dry-run", "--json", folder]);
  const { stdout } = await must(
    "npm cannot pack the package: look at its message above.",
    command,
    args,
    { cwd: ROOT, quiet: true },
  );
  const { files, size } = packed(JSON.parse(stdout));
  const shipped = new Set(files.map(({ path }) => path));
  const forgotten = filesIn(folder).filter((path) => !shipped.has(path));
  if (forgotten.length > 0) {
    throw new Stop(
      `${forgotten.join(", ")} in the package would not be shipped: name it in "files" of pkg-template/package.json, or do not make it.`,
    );
  }
  return size;
}

/** npm pack --json prints a list, or since npm 12 an object by name. */
function packed(answer) {
  return Array.isArray(answer) ? answer[0] : Object.values(answer)[0];
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join("/"),
    );
}
