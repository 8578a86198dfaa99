// `npm run bench`: builds the package, installs the packages to compare with, measures, and writes docs/benchmarks.md.
// `npm run bench -- --only validation,sending` measures only some parts and writes nothing.
import { existsSync, readFileSync } from "node:fs";
import { build } from "./lib/build.mjs";
import { at } from "./lib/root.mjs";
import { main, must, npm, say } from "./lib/run.mjs";
import { setUp, stalePackages } from "./lib/setup.mjs";

await main(async () => {
  await setUp("test");
  await build();
  await installPeers();
  await must("The benchmarks failed: see the message above.", process.execPath, [
    at("bench", "main.mjs"),
    ...process.argv.slice(2),
  ]);
  await must("Biome could not format docs/benchmarks.md: run `npm ci`.", "biome", [
    "format",
    "--write",
    at("docs", "benchmarks.md"),
  ]);
});

/** Installs the packages to compare with. They are not in the root package.json, since only the benchmarks need them. */
async function installPeers() {
  const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined);
  const stale = stalePackages(
    read(at("bench", "package-lock.json")),
    read(at("bench", "node_modules", ".package-lock.json")),
  );
  if (stale !== undefined) {
    say(`bench: ${stale}: npm installs the packages to compare with into bench/node_modules`);
    const [command, args] = npm(["ci", "--no-audit", "--no-fund"]);
    await must(
      "npm could not install the packages to compare with: run `npm ci` in bench/ and read its message.",
      command,
      args,
      { cwd: at("bench") },
    );
  }
}
