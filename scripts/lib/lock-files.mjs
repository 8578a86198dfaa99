// Reads lock files: whether each package that they name is fixed to its bytes, and comes from a public registry.

const NPM_REGISTRY = "https://registry.npmjs.org/";
const CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index";
const STRONG = /^(sha512|sha384|sha256)-[\w+/]+={0,2}$/;

/**
 * What is wrong with a package-lock.json. Packages inside another one's tarball are covered by its integrity.
 * @param {{ packages: Record<string, object> }} lock
 * @returns {string[]}
 */
export function npmLockFindings({ packages }) {
  return Object.entries(packages).flatMap(([path, { integrity, resolved, link, inBundle }]) => {
    // A package of this repository is no one else's: it stands outside node_modules.
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
 * What is wrong with a Cargo.lock. Packages without a source are the workspace's own.
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
