// `npm run release:check`: does everything for a release except publishing. It lists all problems, and exits with 1 if there are any.
// `-- --update` rewrites the lists of files and the notices; `-- --tag v1.2.3` is the tag of the release; `-- --skip build` skips the
// second build, which takes minutes, and always exits with 1.
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
  // Imported here, since they need packages that the setup installs.
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
      say("building the package a second time, from scratch (takes minutes)");
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
    throw new Stop(`${error.message} The options are --update, --tag v1.2.3 and --skip build.`);
  }
}

/** Runs the checks, prints their findings and the sizes, and returns the exit code. */
async function report(checks, skipped) {
  const unknown = skipped.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    throw new Stop(
      `There is no check ${unknown.join(", ")}. The checks are ${Object.keys(checks).join(", ")}.`,
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
  console.log(`\nProblems that block a release: ${all.length}`);
  return all.length === 0 && skipped.length === 0 ? 0 : 1;
}

/** Runs a check. A check that fails to run is reported as a finding, and the others still run. */
async function attempt(check) {
  try {
    return await check();
  } catch (error) {
    return [error instanceof Stop ? error.message : `${error}`];
  }
}

/** The metadata for the module's target, and for the crate with all features on this machine. */
async function cargoMetadata() {
  const host = /^host: (.+)$/m.exec(ask("rustc", ["--version", "--verbose"]))[1];
  const of = async (target, ...flags) => {
    const { stdout } = await must(
      "cargo could not read the workspace: see its message above.",
      "cargo",
      ["metadata", "--format-version", "1", "--locked", "--filter-platform", target, ...flags],
      { cwd: ROOT, quiet: true },
    );
    return JSON.parse(stdout);
  };
  return { wasm: await of("wasm32-unknown-unknown"), native: await of(host, "--all-features") };
}

/** The files that contain the repository's URL, with their texts; without the tests, whose URLs are made up. */
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
  // A list, or since npm 12 an object keyed by package name.
  const [{ files }] = Object.values(answer);
  return files.map(({ path }) => path).sort();
}

async function crateFiles() {
  const { stdout } = await must(
    "cargo cannot pack the crate: see its message above.",
    "cargo",
    ["package", "--list", "--allow-dirty", "--package", "messenger-send"],
    { cwd: ROOT, quiet: true },
  );
  // cargo adds this file only in a git checkout.
  return stdout
    .trim()
    .split("\n")
    .filter((path) => path !== ".cargo_vcs_info.json")
    .sort();
}
