// Runs test files with Node's test runner: a readable report for the terminal, a TAP report for the counts.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { judge, tapCounts } from "./count.mjs";
import { run } from "./run.mjs";

const TOO_LONG_MS = 20 * 60 * 1000;

/** Every *.test.mjs below a folder, except in installed packages. */
export function testFiles(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return entry.name === "node_modules" ? [] : testFiles(path);
      }
      return entry.name.endsWith(".test.mjs") ? [path] : [];
    })
    .sort();
}

/**
 * Runs all test files of a folder; having none is a failure.
 * @param {string} folder
 * @param {{ cwd?: string, quiet?: boolean, node?: string }} [options] node: the Node to use instead of the running one
 */
export async function nodeTests(folder, { cwd, quiet, node = process.execPath } = {}) {
  const files = testFiles(folder);
  if (files.length === 0) {
    return { passed: 0, failed: 1, notes: [`there is no *.test.mjs in ${folder}`] };
  }
  const reports = mkdtempSync(join(tmpdir(), "node-tests-"));
  const tap = join(reports, "report.tap");
  const reporters = ["spec", "stdout", "tap", tap].map(
    (value, index) => `--test-reporter${index % 2 === 0 ? "" : "-destination"}=${value}`,
  );
  try {
    // One file at a time, since many measure time or start browsers and compilers. Unsetting NODE_TEST_CONTEXT makes a run inside a test independent.
    const ended = await run(node, ["--test", "--test-concurrency=1", ...reporters, ...files], {
      cwd,
      quiet,
      timeoutMs: TOO_LONG_MS,
      env: { NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined },
    });
    return judge(ended, tapCounts(existsSync(tap) ? readFileSync(tap, "utf8") : "", files, cwd));
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}
