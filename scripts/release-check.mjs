// `npm run release:check`: everything of a release but the publishing. It lists all that is in the way, and ends with 1 if anything is.
// `-- --update` writes the lists of files and the notices anew; `-- --tag v1.2.3` is the tag of the release; `-- --skip build` leaves
// the second build out, which takes minutes, and ends with 1 in any case.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measure } from "./lib/budgets.mjs";
import { build } from "./lib/build.mjs";
import { at, crateVersion, ROOT } from "./lib/root.mjs";
import { ask, main, must, npm, Stop, say } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

const NOTICES = "pkg-template/THIRD-PARTY.txt";
const TARBALL = "tests/release/tarball.txt";
const CRATE = "tests/release/crate.txt";
const SBOM = "target/release-check/messenger-send.cdx.json";
const read = (path) => readFileSync(at(path), "utf8");
const lines = (path) => (existsSync(at(path)) ? read(path).trim().split("\n") : []);

await main(async () => {
  const { update, tag, skip } = options();
  await setUp("build");
  // Not at the top: they need packages, and set-up has not run yet.
  const [findings, licences, bill, reproducible] = await Promise.all(
    ["findings", "licences", "sbom", "reproducible"].map(
      (name) => import(`./lib/release/${name}.mjs`),
    ),
  );
  const metadata = await cargoMetadata();
  const bundled = licences.bundledCrates(metadata.wasm, "messenger-send-wasm");
  if (update) {
    writeFileSync(at(NOTICES), licences.notices(bundled));
  }
  await build();
  const [tarball, crate] = [await tarballFiles(), await crateFiles()];
  if (update) {
    writeFileSync(at(TARBALL), `${tarball.join("\n")}\n`);
    writeFileSync(at(CRATE), `${crate.join("\n")}\n`);
  }
  const manifest = JSON.parse(read("pkg/package.json"));
  const allowed = licences.allowedLicences(read("deny.toml"));
  const sbom = bill.sbomOf({
    manifest,
    crates: bundled,
    checksums: bill.cargoChecksums(read("Cargo.lock")),
    lock: JSON.parse(read("package-lock.json")),
  });
  mkdirSync(at(SBOM, ".."), { recursive: true });
  writeFileSync(at(SBOM), sbom);
  const checks = {
    versions: () =>
      findings.versionFindings({
        version: crateVersion(),
        manifest,
        changelog: read("CHANGELOG.md"),
        tag,
      }),
    placeholders: () =>
      findings.placeholderFindings(addressed(), {
        "pkg-template/package.json": {
          repository: manifest.repository?.url,
          homepage: manifest.homepage,
          bugs: manifest.bugs,
        },
        "Cargo.toml": addressesOfCrate(metadata.native),
      }),
    tarball: () => findings.contentFindings("the tarball", tarball, lines(TARBALL)),
    crate: () => findings.contentFindings("the crate", crate, lines(CRATE)),
    licences: () => [
      ...licences.licenceFindings(bundled, allowed),
      ...licences.licenceFindings(
        licences.bundledCrates(metadata.native, "messenger-send"),
        allowed,
      ),
      ...(existsSync(at(NOTICES)) && read(NOTICES) === licences.notices(bundled)
        ? []
        : [`${NOTICES} is not of these crates: run \`npm run release:check -- --update\`.`]),
    ],
    sbom: () => bill.sbomFindings(sbom),
    build: async () => {
      say("the package is built once more, from nothing (minutes)");
      return findings.buildFindings(
        reproducible.filesOf(at("pkg")),
        await reproducible.buildElsewhere(),
      );
    },
  };
  process.exitCode = await report(checks, skip);
  console.log(`\nThe bill of materials: ${SBOM}`);
});

function options() {
  try {
    const { values } = parseArgs({
      options: {
        update: { type: "boolean", default: false },
        tag: { type: "string" },
        skip: { type: "string", multiple: true, default: [] },
      },
    });
    return values;
  } catch (error) {
    throw new Stop(`${error.message} There are --update, --tag v1.2.3 and --skip build.`);
  }
}

/** Runs the checks, prints what each found and the sizes; the exit code. */
async function report(checks, skipped) {
  const unknown = skipped.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    throw new Stop(
      `There is no check ${unknown.join(", ")}; there are ${Object.keys(checks).join(", ")}.`,
    );
  }
  const rows = [];
  for (const [name, check] of Object.entries(checks)) {
    rows.push([name, skipped.includes(name) ? undefined : await attempt(check)]);
  }
  console.log("");
  for (const [name, found] of rows) {
    const verdict = found === undefined ? "skipped" : found.length === 0 ? "ok" : "not ok";
    console.log([`${name}: ${verdict}`, ...(found ?? []).map((one) => `  ${one}`)].join("\n"));
  }
  const { rows: files, total } = measure(at("pkg"));
  console.log("\nWhat a page loads, in bytes");
  for (const { name, raw, gzip } of files) {
    console.log(`${name.padEnd(24)} ${String(raw).padStart(8)} ${String(gzip).padStart(8)} gzip`);
  }
  console.log(`${"together".padEnd(24)} ${String(total).padStart(17)} gzip`);
  const all = rows.flatMap(([, found]) => found ?? []);
  console.log(`\n${all.length} in the way of a release`);
  return all.length === 0 && skipped.length === 0 ? 0 : 1;
}

/** What cannot be checked is in the way too, and keeps nothing else from being told. */
async function attempt(check) {
  try {
    return await check();
  } catch (error) {
    return [error instanceof Stop ? error.message : `${error}`];
  }
}

/** Of the module's target, and of the crate with all its features on this machine. */
async function cargoMetadata() {
  const host = /^host: (.+)$/m.exec(ask("rustc", ["--version", "--verbose"]))[1];
  const of = async (target, ...flags) => {
    const { stdout } = await must(
      "cargo could not read the workspace: look at its message above.",
      "cargo",
      ["metadata", "--format-version", "1", "--locked", "--filter-platform", target, ...flags],
      { cwd: ROOT, quiet: true },
    );
    return JSON.parse(stdout);
  };
  return { wasm: await of("wasm32-unknown-unknown"), native: await of(host, "--all-features") };
}

/** The files that name the repository's address, with their texts; not the tests, which have made-up ones. */
function addressed() {
  const listed = ask(
    "git",
    ["grep", "--untracked", "-lI", "messenger-send", "--", ".", ":!tests"],
    {
      cwd: ROOT,
    },
  );
  if (listed === undefined) {
    throw new Stop("git could not search the repository: run this in a clone of it.");
  }
  return Object.fromEntries(listed.split("\n").map((path) => [path, read(path)]));
}

function addressesOfCrate({ packages }) {
  const { repository, homepage } = packages.find(({ name }) => name === "messenger-send");
  return { repository, homepage };
}

async function tarballFiles() {
  const [command, args] = npm(["pack", "--dry-run", "--json", at("pkg")]);
  const { stdout } = await must("npm cannot pack the package.", command, args, {
    cwd: ROOT,
    quiet: true,
  });
  const answer = JSON.parse(stdout);
  // A list, or since npm 12 an object by name.
  const [{ files }] = Object.values(answer);
  return files.map(({ path }) => path).sort();
}

async function crateFiles() {
  const { stdout } = await must(
    "cargo cannot pack the crate: look at its message above.",
    "cargo",
    ["package", "--list", "--allow-dirty", "--package", "messenger-send"],
    { cwd: ROOT, quiet: true },
  );
  // It is there only where git is.
  return stdout
    .trim()
    .split("\n")
    .filter((path) => path !== ".cargo_vcs_info.json")
    .sort();
}
