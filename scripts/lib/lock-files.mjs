// Checks lock files: each package must have a checksum and come from a public registry.

const NPM_REGISTRY = "https://registry.npmjs.org/";
const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
const STRONG = /^(sha512|sha384|sha256)-[\w+/]+={0,2}$/;

/**
 * The problems of a package-lock.json. Packages bundled in another tarball are covered by its integrity.
 * @param {{ packages: Record<string, object> }} lock
 * @returns {string[]}
 */
export function npmLockFindings({ packages }) {
  return Object.entries(packages).flatMap(([path, { integrity, resolved, link, inBundle }]) => {
    // Packages of this repository are outside node_modules.
    if (!path.includes("node_modules/") || link || inBundle) {
      return [];
    }
    if (!STRONG.test(integrity ?? "")) {
      return [`${path} has no integrity`];
    }
    return resolved === undefined || resolved.startsWith(NPM_REGISTRY)
      ? []
      : [`${path} comes from ${resolved}`];
  });
}

/**
 * The problems of a Cargo.lock. Packages without a source belong to the workspace.
 * @param {string} text
 * @returns {string[]}
 */
export function cargoLockFindings(text) {
  return text
    .split("[[package]]\n")
    .slice(1)
    .flatMap((entry) => {
      const value = (name) => new RegExp(`^${name} = "(.*)"$`, "m").exec(entry)?.[1];
      const [name, source, checksum] = ["name", "source", "checksum"].map(value);
      if (source === undefined) {
        return [];
      }
      if (source !== CRATES_IO) {
        return [`${name} comes from ${source}`];
      }
      return /^[\da-f]{64}$/.test(checksum ?? "") ? [] : [`${name} has no checksum`];
    });
}
