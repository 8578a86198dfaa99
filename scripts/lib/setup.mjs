// Finds the tools that a command needs, and installs those that are missing, one function for each tool.
// A fresh machine needs only rustup and Node. Tools that are already installed in a suitable
// version are used.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { findChromedriver, findChromium } from "./chromium.mjs";
import { at, ROOT, rustVersion, wasmBindgenVersion } from "./root.mjs";
import { ask, must, npm, run, Stop, say, which } from "./run.mjs";

const WASM_PACK = "0.15.1";
const TARGET = "wasm32-unknown-unknown";
const OLDEST_NODE = "20.19.0";

// The tools run for fractions of a second but take minutes to compile, so they are compiled without optimisation: 95 s instead of 215 s
// for both on two cores. wasm-bindgen then takes 40 ms for this crate instead of 15.
const QUICK_COMPILE = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "0",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_DEBUG: "0",
};

/** The tools that each command needs, in the order in which they are checked. */
const NEEDS = {
  build: [
    ensureNode,
    ensureRust,
    ensureWasmTarget,
    ensurePackages,
    ensureWasmPack,
    ensureWasmBindgen,
  ],
  test: [ensureLints, ensureChromium],
};

/**
 * Prepares the tools for a command and adds them to PATH.
 * @param {"build" | "test"} purpose "test" includes "build".
 */
export async function setUp(purpose) {
  useLocalTools();
  for (const ensure of [...NEEDS.build, ...(purpose === "test" ? NEEDS.test : [])]) {
    await ensure();
  }
}

/**
 * The repository's tools take precedence over those of the machine; cargo's folder comes last,
 * since a shell started before rustup does not know it.
 */
export function useLocalTools() {
  const ours = [at(".tools", "bin"), at("node_modules", ".bin")];
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !ours.includes(folder));
  process.env.PATH = [
    ...ours,
    ...path,
    join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "bin"),
  ].join(delimiter);
}

function ensureNode() {
  if (!atLeast(process.versions.node, OLDEST_NODE)) {
    throw new Stop(
      `Node ${OLDEST_NODE} or newer is needed, this is ${process.versions.node}: install a newer Node.`,
    );
  }
}

async function ensureRust() {
  let version = rustc();
  if (version === undefined && which("rustup") !== undefined) {
    say("no Rust toolchain yet: rustup installs the stable one");
    await must(
      "rustup could not install Rust: run `rustup default stable` and read its message.",
      "rustup",
      ["default", "stable"],
    );
    version = rustc();
  }
  if (version === undefined) {
    throw new Stop(
      "Rust is not installed: install rustup (https://rustup.rs), then run this again.",
    );
  }
  if (!atLeast(version, rustVersion())) {
    throw new Stop(
      `Rust ${rustVersion()} or newer is needed, this is ${version}: run \`rustup update stable\`.`,
    );
  }
  if (process.platform === "linux" && which("cc") === undefined) {
    await aptInstall(["gcc", "libc6-dev"], "no C linker (cc), which Rust needs");
  }
}

/** The version of the compiler, if both the compiler and cargo run. */
function rustc() {
  return ask("cargo", ["--version"]) && /^rustc (\S+)/.exec(ask("rustc", ["--version"]) ?? "")?.[1];
}

async function ensureWasmTarget() {
  const folder = ask("rustc", ["--print", "target-libdir", "--target", TARGET]);
  if (folder !== undefined && existsSync(folder)) {
    return;
  }
  needsRustup(`the Rust target ${TARGET}`);
  say(`the Rust target ${TARGET} is missing: rustup adds it`);
  await must(
    `The Rust target is missing: run \`rustup target add ${TARGET}\` and read its message.`,
    "rustup",
    ["target", "add", TARGET],
  );
}

async function ensureLints() {
  const missing = ["clippy", "fmt"]
    .filter((name) => ask("cargo", [name, "--version"]) === undefined)
    .map((name) => name.replace("fmt", "rustfmt"));
  if (missing.length > 0) {
    needsRustup(missing.join(" and "));
    say(`${missing.join(" and ")} missing: rustup adds them`);
    const advice = `A Rust component is missing: run \`rustup component add ${missing.join(" ")}\` and read its message.`;
    await must(advice, "rustup", ["component", "add", ...missing]);
  }
}

function needsRustup(what) {
  if (which("rustup") === undefined) {
    throw new Stop(
      `${what} is missing, and without rustup it cannot be added here: install Rust with rustup (https://rustup.rs).`,
    );
  }
}

async function ensureWasmPack() {
  const version = /^wasm-pack (\S+)/.exec(ask("wasm-pack", ["--version"]) ?? "")?.[1];
  if (version === undefined || !atLeast(version, WASM_PACK)) {
    await cargoInstall("wasm-pack", WASM_PACK, version, ["--locked"]);
  }
}

async function ensureWasmBindgen() {
  const wanted = wasmBindgenVersion();
  const version = /^wasm-bindgen (\S+)/.exec(ask("wasm-bindgen", ["--version"]) ?? "")?.[1];
  if (version !== wanted || which("wasm-bindgen-test-runner") === undefined) {
    // Not --locked: one crate of its lock file is missing on some mirrors of crates.io.
    await cargoInstall("wasm-bindgen-cli", wanted, version, []);
  }
}

async function cargoInstall(name, version, found, flags) {
  say(
    `${name} ${version} ${found === undefined ? "is missing" : `is needed, ${found} is here`}: cargo installs it into .tools (about a minute)`,
  );
  // The tools share a target folder, which is kept after a failure so that the next attempt
  // continues from there.
  const target = at(".tools", "build");
  const advice = `cargo could not install ${name} ${version}: see its message above, then run this again.`;
  const args = [
    "install",
    name,
    "--version",
    version,
    "--root",
    at(".tools"),
    "--target-dir",
    target,
    ...flags,
  ];
  await must(advice, "cargo", args, {
    env: { ...QUICK_COMPILE, CARGO_BUILD_TARGET: undefined, RUSTFLAGS: undefined },
    cwd: ROOT,
  });
  if (
    ask("wasm-pack", ["--version"]) !== undefined &&
    ask("wasm-bindgen", ["--version"]) === `wasm-bindgen ${wasmBindgenVersion()}`
  ) {
    rmSync(target, { recursive: true, force: true });
  }
}

async function ensurePackages() {
  const stale = stalePackages(
    readJson("package-lock.json"),
    readJson("node_modules/.package-lock.json"),
  );
  if (stale === undefined) {
    return;
  }
  say(`${stale}: npm installs the packages of package-lock.json`);
  const [command, args] = npm(["ci", "--no-audit", "--no-fund"]);
  await must(
    "npm could not install the packages: run `npm ci` and read its message.",
    command,
    args,
    { cwd: ROOT },
  );
}

/**
 * Compares the installed packages with the lock file, not their times: a fresh checkout is newer
 * than everything.
 * @returns {string | undefined} why `npm ci` is needed; undefined if it is not.
 */
export function stalePackages(lock, installed) {
  if (lock === undefined) {
    throw new Stop(
      "package-lock.json is missing: restore it with `git checkout package-lock.json`.",
    );
  }
  if (installed === undefined) {
    return "node_modules is missing";
  }
  for (const [path, { version, integrity, optional }] of Object.entries(lock.packages)) {
    if (path === "") {
      continue;
    }
    const have = installed.packages[path];
    if (have === undefined ? !optional : have.version !== version || have.integrity !== integrity) {
      return `${path} differs from package-lock.json`;
    }
  }
  return undefined;
}

function readJson(name) {
  return existsSync(at(name)) ? JSON.parse(readFileSync(at(name), "utf8")) : undefined;
}

async function ensureChromium() {
  const missing = [
    findChromium() === undefined && "chromium",
    findChromedriver() === undefined && "chromium-driver",
  ].filter(Boolean);
  if (missing.length > 0) {
    // With recommended packages: a Chromium without fonts renders boxes.
    await aptInstall(missing, `${missing.join(" and ")} missing, which the browser tests need`);
  }
  if (findChromium() === undefined || findChromedriver() === undefined) {
    throw new Stop(
      "Chromium or its chromedriver is missing: install both, or name them in the variables CHROME and CHROMEDRIVER.",
    );
  }
}

/** Installs Debian packages if there is apt-get; otherwise reports what is missing. */
async function aptInstall(packages, why) {
  if (which("apt-get") === undefined) {
    throw new Stop(
      `${why}: install ${packages.join(" and ")} with this system's package manager, then run this again.`,
    );
  }
  const root = process.getuid?.() === 0;
  const [command, ...first] = root ? ["apt-get"] : ["sudo", "-n", "apt-get"];
  const byHand = `sudo apt-get update && sudo apt-get install -y ${packages.join(" ")}`;
  say(`${why}: apt-get installs ${packages.join(" and ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  // An outdated list is no reason to stop: it may contain the packages.
  const { code } = await run(command, [...first, "update"], { env });
  if (code !== 0) {
    say("apt-get update failed; trying the existing package lists");
  }
  await must(
    `apt-get could not install them: run \`${byHand}\`.`,
    command,
    [...first, "install", "-y", ...packages],
    { env },
  );
}

/** Compares versions by their numbers. */
export function atLeast(version, wanted) {
  const [have, need] = [version, wanted].map((one) => one.split(/[.+-]/).slice(0, 3).map(Number));
  for (let index = 0; index < need.length; index += 1) {
    if (have[index] !== need[index]) {
      return have[index] > need[index];
    }
  }
  return true;
}
