// Builds the package a second time from scratch, from the same sources in another folder.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { at, ROOT } from "../root.mjs";
import { must } from "../run.mjs";

const TOO_LONG_MS = 30 * 60 * 1000;
/** Tools, which are the same for both builds. */
const SHARED = ["node_modules", ".tools"];

/** @returns {Promise<Map<string, Buffer>>} the files of the second build */
export async function buildElsewhere() {
  const folder = mkdtempSync(join(tmpdir(), "another-build-"));
  try {
    for (const path of await sources()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(at(path), join(folder, path));
    }
    for (const name of SHARED) {
      symlinkSync(at(name), join(folder, name));
    }
    await must(
      "The second build failed: see its message above.",
      process.execPath,
      [join(folder, "scripts", "build.mjs")],
      {
        cwd: folder,
        env: { CARGO_TARGET_DIR: join(folder, "target"), CARGO_INCREMENTAL: "0" },
        quiet: true,
        timeoutMs: TOO_LONG_MS,
      },
    );
    return filesOf(join(folder, "pkg"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files in the repository, including those not committed yet. */
async function sources() {
  const { stdout } = await must(
    "git could not list the files of the repository.",
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: ROOT, quiet: true },
  );
  return stdout.split("\0").filter((path) => path !== "" && existsSync(at(path)));
}

/** The files of a folder, by their relative paths. */
export function filesOf(folder) {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((path) => [relative(folder, path), readFileSync(path)]),
  );
}
