// The path of the repository, and the versions in Cargo.toml, so that each is written only once.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Stop } from "./run.mjs";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A path in the repository. */
export const at = (...parts) => join(ROOT, ...parts);

/** The version of the crate, which is also the version of the npm package. */
export function crateVersion() {
  return fromCargoToml(/^version = "([^"]+)"/m, "version of the crate");
}

/** The oldest Rust that the crate builds with. */
export function rustVersion() {
  return fromCargoToml(/^rust-version = "([^"]+)"/m, "rust-version");
}

/**
 * The wasm-bindgen command line must have the same version as the crate, which bindings/Cargo.toml
 * pins.
 */
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
    throw new Stop(`${file} does not contain the ${what}: restore it.`);
  }
  return found[1];
}
