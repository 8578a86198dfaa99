// The budgets: the sizes of what a page loads and of what a bundler makes of the package, and the times of calls.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { viteBuild } from "./vite.mjs";

/** The target for the browser's files together, in bytes after gzip. Not reached yet: see docs/performance.md. */
export const BUDGET = 110_000;

/** Their current limit, which is only ever lowered. */
export const CEILING = 177_000;

/** The target for the JavaScript in a page's main bundle, in bytes after gzip: the page waits for it, but not for the module. */
export const JS_BUDGET = 6_000;

/** Its current limit, which is only ever lowered. */
export const JS_CEILING = 7_900;

/** The same for `messenger-send/validate`: `total` is the module and all of its JavaScript except `splitText` and `messagingWindow`. */
export const VALIDATE = {
  total: { budget: 48_000, ceiling: 61_000 },
  main: { budget: 3_000, ceiling: 3_000 },
};

/**
 * How long calls may take, as multiples of `JSON.parse` of the same text in the same run, since its time varies least between versions of
 * V8. `budget` is the target; the test fails above `ceiling`, which leaves room for noise and is only ever lowered. The budgets of
 * `validate` and `buildMessage` are the times of zod with `JSON.stringify` and of the fastest peer's builder with it (docs/benchmarks.md).
 */
export const SPEED = [
  { call: "validateJson(bytes)", size: "1 KB", budget: 0.6, ceiling: 0.75 },
  { call: "validateJson(bytes)", size: "4 KB", budget: 0.6, ceiling: 0.72 },
  { call: "validate(object)", size: "4 KB", budget: 1.8, ceiling: 1.8 },
  { call: "buildMessage", size: "4 KB", budget: 8, ceiling: 8 },
];

/**
 * How many steps the module takes for a call: function entries and exits, and loop iterations. They are counted, so they do not depend on
 * how busy the machine is, but show when a text is read twice. The ceilings leave room for another compiler, and are only ever lowered.
 */
export const STEPS = [
  { call: "validateJson(bytes)", size: "1 KB", ceiling: 1_100 },
  { call: "validateJson(bytes)", size: "4 KB", ceiling: 4_350 },
  { call: "validateJson(bytes)", size: "40 KB", ceiling: 21_500 },
  { call: "validateJson(bytes)", size: "40 KB of long texts", ceiling: 10_200 },
  { call: "validateJson(ten mistakes)", size: "1 KB", ceiling: 4_100 },
  { call: "validateJson(ten mistakes)", size: "4 KB", ceiling: 8_000 },
  { call: "buildMessage", size: "4 KB", ceiling: 26_500 },
];

/** How long `send` takes, as a multiple of bare `fetch` with the same body, to a server on the same machine. */
export const SENDING = { budget: 1.4, ceiling: 1.7 };

/**
 * How long a Node process takes that imports the package and validates once, as a multiple of a process that does nothing. The budget
 * corresponds to 1.1 times a process that imports `@warriorteam/messenger-sdk`, which takes a few milliseconds itself and is measured by
 * `npm run bench`.
 */
export const COLD_START = { budget: 1.2, ceiling: 1.4 };

/** The maximum growth of the module's memory: its size after many validations, divided by that after the first thousand. Exact, without noise. */
export const MEMORY = { budget: 1, ceiling: 1 };

/** The functions used by a page that composes and checks, and by one that also sends. Helpers are bundled only if they are imported. */
const CHECKING = ["init", "buildMessage", "validate"];
const USED = [...CHECKING, "send"];
/** The exports of `messenger-send/validate` except its helpers. */
const ALL_OF_VALIDATE = [
  ...CHECKING,
  "validateJson",
  "sendRequestSchema",
  "requestSchema",
  "draftSchema",
  "rules",
  "ValidationError",
  "isValidationError",
];

/** The files that a page loads when it imports the package: the entry, all modules that it imports, and the wasm. */
export function loadedFiles(folder, entry = "browser.js") {
  const found = new Set();
  const visit = (name) => {
    if (found.has(name)) {
      return;
    }
    found.add(name);
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, path] of text.matchAll(/\b(?:from|import)\s*\(?\s*["']\.\/([^"']+\.js)["']/g)) {
      visit(path);
    }
  };
  visit(entry);
  return [...found, "bindings_bg.wasm"];
}

/** @returns {{ rows: { name: string, raw: number, gzip: number }[], total: number }} total: the sum of the files, each compressed separately with gzip */
export function measure(folder) {
  const rows = loadedFiles(folder).map((name) => ({
    name,
    ...sizesOf(readFileSync(join(folder, name))),
  }));
  return { rows, total: rows.reduce((all, { gzip }) => all + gzip, 0) };
}

/**
 * What a page with a bundler loads from `messenger-send/validate`.
 * @returns {Promise<{ module: { raw: number, gzip: number }, all: { raw: number, gzip: number }, main: { raw: number, gzip: number }, total: number }>}
 *   all: the JavaScript of all exports; main: of those used by a page that composes and checks; total: module and `all`, after gzip
 */
export async function measureValidate(folder) {
  const module = sizesOf(readFileSync(join(folder, "validate", "validate_bg.wasm")));
  const all = await mainBundle(folder, ALL_OF_VALIDATE, "validate/browser.js");
  const main = await mainBundle(folder, CHECKING, "validate/browser.js");
  return { module, all, main, total: module.gzip + all.gzip };
}

/**
 * The main bundle that Vite makes for a page that uses the package, without dynamic imports and the module.
 * @param {string} folder of the package
 * @param {string[]} [names] the names that the page imports
 * @param {string} [file] the file of the package that it imports from
 * @returns {Promise<{ raw: number, gzip: number }>}
 */
export async function mainBundle(folder, names = USED, file = "browser.js") {
  const root = mkdtempSync(join(tmpdir(), "main-bundle-"));
  try {
    const entry = join(root, "page.js");
    writeFileSync(
      entry,
      `import { ${names.join(", ")} } from ${JSON.stringify(join(folder, file))};\nglobalThis.used = [${names.join(", ")}];\n`,
    );
    const { output } = await viteBuild({
      root,
      configFile: false,
      logLevel: "error",
      build: {
        write: false,
        target: "esnext",
        modulePreload: { polyfill: false },
        rollupOptions: { input: entry },
      },
    });
    return sizesOf(Buffer.from(output.find(({ isEntry }) => isEntry).code));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function sizesOf(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
}

/**
 * Compares a figure with its ceiling and its budget.
 * @param {{ name: string, is: number, ceiling: number, budget?: number, unit?: string }} figure ceiling: the limit; budget: the target
 * @returns {{ name: string, within: boolean, note: string }}
 */
export function judgeFigure({ name, is, ceiling, budget, unit = "" }) {
  const shown = (number) =>
    `${Number.isInteger(number) ? number : number.toFixed(2)}${unit && ` ${unit}`}`;
  // NaN is never within the ceiling: a failed measurement must not look like a small one.
  const within = is <= ceiling;
  const wanted =
    budget === undefined
      ? ""
      : `, budget ${shown(budget)}: ${is <= budget ? "reached" : "not reached yet"}`;
  return {
    name,
    within,
    note: `${name}: ${shown(is)}; at most ${shown(ceiling)}${within ? wanted : ": TOO MUCH"}`,
  };
}
