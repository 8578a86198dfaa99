// Where the repository is, and what Cargo.toml says, so that a version is written down once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stop } from "./run.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A path in the repository. */
export const at = (...parts) => join(ROOT, ...parts);

/** The version of the crate, which is the version of the npm package too. */
export function crateVersion() {
  return fromCargoToml(/^version = "([^"]+)"/m, "version of the crate");
}

/** The oldest Rust that the crate builds with. */
export function rustVersion() {
  return fromCargoToml(/^rust-version = "([^"]+)"/m, "rust-version");
}

/** wasm-bindgen's command line must be of the same version as the crate; bindings/Cargo.toml pins it. */
export function wasmBindgenVersion() {
  return fromCargoToml(
    /^wasm-bindgen = (?:\{[^}]*version = )?"=([^"]+)"/m,
    'pin wasm-bindgen = "=x.y.z"',
    "bindings/Cargo.toml",
  );
}

function fromCargoToml(pattern, what, file = "Cargo.toml") {
  const found = pattern.exec(readFileSync(at(file), "utf8"));
  if (found === null) {
    throw new Stop(`${file} does not say the ${what}: put it back.`);
  }
  return found[1];
}
