// The crates that are compiled into the module, their licences, and the notices that the licences require.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import satisfies from "spdx-satisfies";

const APACHE = "Apache-2.0";
const STANDARD_LIBRARY = "The Rust standard library, https://github.com/rust-lang/rust";

/**
 * The crates that are compiled into a program, without build dependencies and procedural macros.
 * @param {object} metadata the output of `cargo metadata --format-version 1`
 * @param {string} name the name of the program's package
 * @returns {object[]} packages of the registry, by name
 */
export function bundledCrates({ packages, resolve }, name) {
  const byId = new Map(packages.map((one) => [one.id, one]));
  const nodes = new Map(resolve.nodes.map((one) => [one.id, one]));
  const seen = new Set();
  const visit = (id) => {
    if (seen.has(id) || isMacro(byId.get(id))) {
      return;
    }
    seen.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
      if (kinds.some(({ kind }) => kind === null)) {
        visit(pkg);
      }
    }
  };
  visit(packages.find((one) => one.name === name).id);
  return [...seen]
    .map((id) => byId.get(id))
    .filter(({ source }) => source !== null)
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.version.localeCompare(b.version, "en"));
}

const isMacro = ({ targets }) => targets.some(({ kind }) => kind.includes("proc-macro"));

/** The licences that deny.toml allows. */
export function allowedLicences(denyToml) {
  const [, list] = /^\[licenses\][^[]*^allow = \[([^\]]*)\]/m.exec(denyToml);
  return [...list.matchAll(/"([^"]+)"/g)].map(([, licence]) => licence);
}

/** @returns {string[]} the crates that must not be shipped */
export function licenceFindings(crates, allowed) {
  return crates
    .filter(({ license }) => !isSatisfied(license, allowed))
    .map(
      ({ name, version, license }) =>
        `${name} ${version} is under ${license ?? "no licence"}: replace it, or allow the licence in deny.toml.`,
    );
}

function isSatisfied(license, allowed) {
  try {
    // Old crates write a slash instead of OR.
    return satisfies(license.replaceAll("/", " OR "), allowed);
  } catch {
    return false;
  }
}

/**
 * The text that must be shipped with the module. If a crate offers a choice of licences, Apache 2.0 is chosen, whose text is shipped anyway.
 * @param {object[]} crates
 * @param {(crate: object) => { licence?: string, notice?: string }} [read]
 */
export function notices(crates, read = readLicence) {
  const [apache, others] = [[], []];
  for (const crate of crates) {
    (isSatisfied(crate.license, [APACHE]) ? apache : others).push(crate);
  }
  const title = ({ name, version, repository }) =>
    `${name} ${version}${repository ? `, ${repository}` : ""}`;
  const parts = [
    "bindings_bg.wasm, and the JavaScript that has it inside, contain these works of others.",
    [
      "Under the Apache License 2.0, whose text is in LICENSE-APACHE:",
      "",
      ...apache.map(title),
      STANDARD_LIBRARY,
    ].join("\n"),
    ...apache
      .map((crate) => [crate, read(crate).notice])
      .filter(([, notice]) => notice)
      .map(([crate, notice]) => `The notice of ${title(crate)}:\n\n${notice.trim()}`),
    ...others.map((crate) => {
      const { licence } = read(crate);
      if (licence === undefined) {
        throw new Error(`${title(crate)} has no text of its licence, ${crate.license}`);
      }
      return `${title(crate)}, under ${crate.license}:\n\n${licence.trim()}`;
    }),
  ];
  return `${parts.join(`\n\n${"-".repeat(78)}\n\n`)}\n`;
}

/** The licence texts in a crate; if there are several, without that of Apache, which is shipped anyway. */
function readLicence({ manifest_path: manifest }) {
  const folder = dirname(manifest);
  const files = existsSync(folder) ? readdirSync(folder).sort() : [];
  const texts = (pattern) =>
    files
      .filter((file) => pattern.test(file))
      .map((file) => readFileSync(join(folder, file), "utf8"));
  const together = (list) =>
    list.length > 0 ? list.map((one) => one.trim()).join("\n\n") : undefined;
  return {
    licence: together(texts(/^(LICEN[CS]E|COPYING)(?!.*APACHE)(?!.*UNLICENSE)/i)),
    notice: together(texts(/^NOTICE/i)),
  };
}
