// Builds the npm package in pkg/ from the compiled core, the files of pkg-template/ and the licences. Ready for `npm pack ./pkg`.
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
import { bindgen } from "./bindgen.mjs";
import { bundle, ENTRIES, wasmOf } from "./bundles.mjs";
import { at, crateVersion, ROOT } from "./root.mjs";
import { ask, must, npm, Stop, say } from "./run.mjs";

/**
 * Optimised for speed, but inlines only functions marked in the source (and tiny ones of the standard library), and unrolls neither loops
 * nor comparisons: as small as a build optimised for size, and a third faster.
 */
const SMALL = [
  "inline-threshold=0",
  "inlinehint-threshold=40",
  "unroll-threshold=0",
  "max-loads-per-memcmp=0",
].map((option) => `-Cllvm-args=-${option}`);
/** Folders of pkg-template that contain only sources. */
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
/** low-memory-unused holds, since the lowest kilobyte contains only the end of the stack, which grows down to it. */
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

/** Builds the package; the tools must be installed. pkg/ is replaced only after a complete build, since servers and tests may be reading it. */
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
    say(`pkg/ contains messenger-send ${version}, ${bytes} bytes as a tarball: \`npm pack ./pkg\``);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

/** Two renames, so that the package is missing for as short a time as possible. If the second fails, the first is undone. */
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

/** Builds the package in a new folder. */
async function make(folder) {
  const source = `${folder}-source`;
  cpSync(at("pkg-template"), source, { recursive: true });
  const glue = join(source, "module");
  for (const entry of ENTRIES) {
    await compile(entry, glue);
  }
  await Promise.all(ENTRIES.map((entry) => optimise(join(glue, wasmOf(entry)))));
  cpSync(at("pkg-template"), folder, { recursive: true, filter: isPublished });
  for (const entry of ENTRIES) {
    mkdirSync(join(folder, entry.folder), { recursive: true });
    renameSync(join(glue, wasmOf(entry)), join(folder, entry.folder, wasmOf(entry)));
  }
  await bundle(source, folder);
  for (const name of LICENCES) {
    cpSync(at(name), join(folder, name));
  }
  const version = fillVersion(join(folder, "package.json"));
  return { version, bytes: await nothingLeftBehind(folder) };
}

/** Whether a file of pkg-template is shipped unchanged: all except the sources of the JavaScript. */
function isPublished(path) {
  // Compares the first segment of the path: `split-text` is a folder of sources, `split-text.d.ts` is not.
  const [first] = relative(at("pkg-template"), path).split(sep);
  return !path.endsWith(".js") && !SOURCE_FOLDERS.includes(first);
}

/** Compiles the core for an entry, and writes the glue of wasm-bindgen beside it. The builds share their dependencies. */
async function compile(entry, folder) {
  say(`cargo compiles the core for ${wasmOf(entry)}`);
  const env = { CARGO_ENCODED_RUSTFLAGS: [...nameless(), ...SMALL].join("\x1f") };
  const cargo = [
    "build",
    "--release",
    "--locked",
    "--package",
    "messenger-send-wasm",
    "--no-default-features",
    "--features",
    entry.features.join(),
    "--target",
    TARGET,
  ];
  await must("cargo could not build the core: see the compiler's message above.", "cargo", cargo, {
    cwd: ROOT,
    env,
  });
  const compiled = join(targetFolder(), TARGET, "release", "messenger_send_wasm.wasm");
  await bindgen(compiled, folder, entry.name);
}

async function optimise(wasm) {
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

/** Flags for rustc that keep the folders of this machine out of the module: the compiler puts source paths into panic messages. */
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

/** Fails the build if "files" in package.json omits a file, since only users would notice that it is missing. */
async function nothingLeftBehind(folder) {
  const [command, args] = npm(["pack", "--dry-run", "--json", folder]);
  const { stdout } = await must(
    "npm cannot pack the package: see its message above.",
    command,
    args,
    { cwd: ROOT, quiet: true },
  );
  const { files, size } = packed(JSON.parse(stdout));
  const shipped = new Set(files.map(({ path }) => path));
  const forgotten = filesIn(folder).filter((path) => !shipped.has(path));
  if (forgotten.length > 0) {
    throw new Stop(
      `${forgotten.join(", ")} in the package would not be shipped: add it to "files" in pkg-template/package.json, or do not generate it.`,
    );
  }
  return size;
}

/** npm pack --json prints a list, or since npm 12 an object keyed by package name. */
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
