// `npm run audit`: checks the packages that the project is built with: lock files, known vulnerabilities, signatures, licences and
// sources. It reports what could not be checked; `-- --strict` counts that as a failure.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { cargoDeny, exitCodeOf, npmAudit, npmSignatures } from "./lib/audit.mjs";
import { cargoLockFindings, npmLockFindings } from "./lib/lock-files.mjs";
import { at, ROOT } from "./lib/root.mjs";
import { ask, main, npm, run, Stop } from "./lib/run.mjs";

await main(async () => {
  const { strict } = options();
  const results = [
    ["lock files", lockFiles()],
    ["npm audit", npmAudit(await npmJson(["audit", "--json"]))],
    ["npm audit signatures", npmSignatures(await npmJson(["audit", "signatures", "--json"]))],
    ["cargo deny", cargoDeny(await deny())],
  ];
  for (const [name, { status, notes }] of results) {
    console.log([`${name}: ${status}`, ...notes.map((note) => `  ${note}`)].join("\n"));
  }
  process.exitCode = exitCodeOf(
    results.map(([, result]) => result),
    strict,
  );
});

function options() {
  try {
    return parseArgs({ options: { strict: { type: "boolean", default: false } } }).values;
  } catch (error) {
    throw new Stop(`${error.message} \`npm run audit -- --strict\` is the only option.`);
  }
}

function lockFiles() {
  const listed = ask("git", ["ls-files", "*package-lock.json", "*Cargo.lock"], { cwd: ROOT });
  if (listed === undefined) {
    return { status: "not checked", notes: ["git could not list them"] };
  }
  const notes = listed.split("\n").flatMap((file) => {
    const text = readFileSync(at(file), "utf8");
    const findings = file.endsWith(".json")
      ? npmLockFindings(JSON.parse(text))
      : cargoLockFindings(text);
    return findings.map((finding) => `${file}: ${finding}`);
  });
  return { status: notes.length === 0 ? "ok" : "not ok", notes };
}

async function npmJson(args) {
  // Without these options npm retries for minutes if the registry does not answer.
  const [command, all] = npm([...args, "--fetch-retries=0", "--fetch-timeout=20000"]);
  return (await run(command, all, { cwd: ROOT, quiet: true, timeoutMs: 120_000 })).stdout;
}

async function deny() {
  if (ask("cargo", ["deny", "--version"]) === undefined) {
    return undefined;
  }
  const check = async (...what) =>
    run("cargo", ["deny", "--all-features", "check", ...what], { cwd: ROOT, quiet: true });
  // A separate run, since only the advisory database has to be downloaded.
  return {
    here: await check("bans", "licenses", "sources"),
    advisories: await check("advisories"),
  };
}
