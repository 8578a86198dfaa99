// The bill of materials, in CycloneDX: the components of the package, and the tools that it is built with.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Enums, Models, Serialize, Spec } from "@cyclonedx/cyclonedx-library";
import Ajv from "ajv";

const { ComponentScope, ComponentType, HashAlgorithm, ExternalReferenceType } = Enums;

/**
 * @param {object} given
 * @param {{ name: string, version: string, description: string, license: string }} given.manifest of the package
 * @param {object[]} given.crates that are compiled into the module
 * @param {Map<string, string>} given.checksums SHA-256 of crates, by `name version`
 * @param {object} given.lock the repository's package-lock.json, whose packages are all tools
 * @returns {string} JSON, the same for the same input
 */
export function sbomOf({ manifest, crates, checksums, lock }) {
  const root = new Models.Component(ComponentType.Library, manifest.name, {
    bomRef: `pkg:npm/${manifest.name}@${manifest.version}`,
    version: manifest.version,
    description: manifest.description,
    licenses: licences(manifest.license),
  });
  root.purl = `pkg:npm/${manifest.name}@${manifest.version}`;
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component: root }) });
  for (const { name, version, license, repository } of crates) {
    const crate = component(`pkg:cargo/${name}@${version}`, name, version, ComponentScope.Required);
    crate.licenses = licences(license.replaceAll("/", " OR "));
    const checksum = checksums.get(`${name} ${version}`);
    if (checksum !== undefined) {
      crate.hashes.set(HashAlgorithm["SHA-256"], checksum);
    }
    if (repository) {
      crate.externalReferences.add(
        new Models.ExternalReference(repository, ExternalReferenceType.VCS),
      );
    }
    bom.components.add(crate);
    root.dependencies.add(crate.bomRef);
  }
  for (const [name, { version, integrity, license }] of tools(lock)) {
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    const tool = component(purl, name, version, ComponentScope.Excluded);
    tool.licenses = licences(license);
    tool.hashes.set(HashAlgorithm["SHA-512"], sha512(integrity));
    bom.components.add(tool);
  }
  return new Serialize.JsonSerializer(
    new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6),
  ).serialize(bom, { sortLists: true, space: 2 });
}

function component(purl, name, version, scope) {
  const made = new Models.Component(ComponentType.Library, name, { bomRef: purl, version, scope });
  made.purl = purl;
  return made;
}

/** The npm packages in a lock file, each version once. */
function tools({ packages }) {
  const found = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    if (path !== "" && !entry.link && entry.integrity) {
      const name =
        entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      found.set(`${name}@${entry.version}`, [name, entry]);
    }
  }
  return found.values();
}

function licences(expression) {
  return new Models.LicenseRepository(expression ? [new Models.LicenseExpression(expression)] : []);
}

function sha512(integrity) {
  return Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex");
}

/** The SHA-256 of every crate in a Cargo.lock, by `name version`. */
export function cargoChecksums(lock) {
  const entries = lock.matchAll(
    /^name = "(.+)"\nversion = "(.+)"\nsource = .+\nchecksum = "(.+)"$/gm,
  );
  return new Map(
    [...entries].map(([, name, version, checksum]) => [`${name} ${version}`, checksum]),
  );
}

/** The violations of CycloneDX's schema. Formats of strings are not checked. */
export function sbomFindings(json) {
  const library = dirname(
    createRequire(import.meta.url).resolve("@cyclonedx/cyclonedx-library/package.json"),
  );
  const schema = (name) => JSON.parse(readFileSync(join(library, "res", "schema", name), "utf8"));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) {
    const file = `${name}.SNAPSHOT.schema.json`;
    ajv.addSchema(schema(file), `http://cyclonedx.org/schema/${file}`);
  }
  const validate = ajv.compile(schema("bom-1.6.SNAPSHOT.schema.json"));
  return validate(JSON.parse(json))
    ? []
    : validate.errors.map(
        ({ instancePath, message }) => `The SBOM is not valid: ${instancePath || "/"} ${message}.`,
      );
}
