// What a release must not be made with: each function gets what it looks at, and returns sentences that say what to do.

/**
 * The version stands in Cargo.toml; all others follow it.
 * @param {object} given
 * @param {string} given.version of Cargo.toml
 * @param {{ version: string }} given.manifest package.json of the built package
 * @param {string} given.changelog
 * @param {string} [given.tag] that the release is made from
 */
export function versionFindings({ version, manifest, changelog, tag }) {
  const findings = [];
  if (manifest.version !== version) {
    findings.push(
      `pkg/package.json has version ${manifest.version}, Cargo.toml ${version}: run \`npm run build\`.`,
    );
  }
  const sections = [...changelog.matchAll(/^## \[([^\]]+)\](?: - (\S+))?$/gm)];
  const [, , date] = sections.find(([, name]) => name === version) ?? [];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date ?? "")) {
    findings.push(`CHANGELOG.md has no line "## [${version}] - YYYY-MM-DD": write the entry.`);
  }
  if (sections[0]?.[1] !== "Unreleased") {
    findings.push("CHANGELOG.md does not begin with [Unreleased]: put the section back.");
  }
  if (!changelog.includes(`\n[${version}]: `)) {
    findings.push(`CHANGELOG.md has no link for [${version}] at its end: add it.`);
  }
  if (tag !== undefined && tag !== `v${version}`) {
    findings.push(`The tag is ${tag}, Cargo.toml has ${version}: tag v${version}.`);
  }
  return findings;
}

/** Addresses in which the owner of the repository is not known yet. */
const PLACEHOLDER = /\bgithub\.com\/OWNER\b|\bOWNER\.github\.io\b/;

/**
 * @param {Record<string, string>} texts the files that may hold the placeholder, by their paths
 * @param {Record<string, Record<string, unknown>>} addresses the members that must be an address, by file
 */
export function placeholderFindings(texts, addresses) {
  const findings = Object.entries(texts).flatMap(([path, text]) =>
    text
      .split("\n")
      .flatMap((line, index) =>
        PLACEHOLDER.test(line)
          ? [`${path}:${index + 1} says OWNER: put the owner of the repository there.`]
          : [],
      ),
  );
  for (const [path, members] of Object.entries(addresses)) {
    for (const [name, value] of Object.entries(members)) {
      if (!/^(git\+)?https:\/\/\S+$/.test(value ?? "")) {
        findings.push(`${path} has no address as "${name}": add it.`);
      }
    }
  }
  return findings;
}

/**
 * What is shipped, against the list that was read when it was last changed.
 * @param {string} what
 * @param {string[]} shipped
 * @param {string[]} listed
 */
export function contentFindings(what, shipped, listed) {
  const findings = (files, others, how) =>
    files.filter((file) => !others.includes(file)).map((file) => `${what} ${how} ${file}`);
  const advice = "if that is meant, run `npm run release:check -- --update`.";
  return [
    ...findings(shipped, listed, "has a new file:"),
    ...findings(listed, shipped, "has lost"),
  ].map((one) => `${one}; ${advice}`);
}

/**
 * Two builds of the same sources.
 * @param {Map<string, Buffer>} one the files of a folder, by their paths
 * @param {Map<string, Buffer>} other
 */
export function buildFindings(one, other) {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => !(one.has(path) && other.has(path) && one.get(path).equals(other.get(path))))
    .map((path) => `${path} differs between two builds: find what it takes from the machine.`);
}
