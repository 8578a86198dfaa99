// Problems that block a release. Each function checks its arguments, and returns sentences that say what to do.

/**
 * Compares all versions with the one in Cargo.toml.
 * @param {object} given
 * @param {string} given.version in Cargo.toml
 * @param {{ version: string }} given.manifest package.json of the built package
 * @param {string} given.changelog
 * @param {string} [given.tag] of the release
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
    findings.push("CHANGELOG.md does not begin with [Unreleased]: add the section again.");
  }
  if (!changelog.includes(`\n[${version}]: `)) {
    findings.push(`CHANGELOG.md has no link for [${version}] at the end: add it.`);
  }
  if (tag !== undefined && tag !== `v${version}`) {
    findings.push(`The tag is ${tag}, Cargo.toml has ${version}: tag v${version}.`);
  }
  return findings;
}

/** URLs in which the owner of the repository is not filled in yet. */
const PLACEHOLDER = /\bgithub\.com\/OWNER\b|\bOWNER\.github\.io\b/;

/**
 * @param {Record<string, string>} texts the files that may contain the placeholder, by path
 * @param {Record<string, Record<string, unknown>>} addresses the members that must be a URL, by file
 */
export function placeholderFindings(texts, addresses) {
  const findings = Object.entries(texts).flatMap(([path, text]) =>
    text
      .split("\n")
      .flatMap((line, index) =>
        PLACEHOLDER.test(line)
          ? [`${path}:${index + 1} contains OWNER: replace it with the owner of the repository.`]
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
 * Compares the shipped files with the reviewed list.
 * @param {string} what
 * @param {string[]} shipped
 * @param {string[]} listed
 */
export function contentFindings(what, shipped, listed) {
  const findings = (files, others, how) =>
    files.filter((file) => !others.includes(file)).map((file) => `${what} ${how} ${file}`);
  const advice = "if this is intended, run `npm run release:check -- --update`.";
  return [
    ...findings(shipped, listed, "has a new file:"),
    ...findings(listed, shipped, "has lost"),
  ].map((one) => `${one}; ${advice}`);
}

/**
 * Compares two builds of the same sources.
 * @param {Map<string, Buffer>} one the files of a folder, by path
 * @param {Map<string, Buffer>} other
 */
export function buildFindings(one, other) {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => !(one.has(path) && other.has(path) && one.get(path).equals(other.get(path))))
    .map(
      (path) => `${path} differs between two builds: find what it depends on besides the sources.`,
    );
}
