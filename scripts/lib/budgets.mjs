// The size of what a page loads, as a server sends it, and of what a bundler makes of the package.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { viteBuild } from "./vite.mjs";

/** What the browser's files together are to be, in bytes after gzip. Not reached yet: see docs/performance.md. */
export const BUDGET = 110_000;

/** What they must not exceed today. It only ever goes down. */
export const CEILING = 187_000;

/** What the JavaScript in the main bundle of a page is to be, in bytes after gzip: the page waits for it, but not for the module. */
export const JS_BUDGET = 6_000;

/** What it must not exceed today. It only ever goes down. */
export const JS_CEILING = 9_750;

/** The same of `messenger-send/validate`: `total` is the module and all of its JavaScript but `splitText` and `messagingWindow`. */
export const VALIDATE = {
  total: { budget: 48_000, ceiling: 61_500 },
  main: { budget: 3_000, ceiling: 3_050 },
};

/**
 * How long calls may take, as multiples of `JSON.parse` of the same text in the same run: of everything in JavaScript that reads a
 * message it varies least between versions of V8. `budget` is what is wanted, `ceiling` what fails: it has room for noise, and only ever goes down.
 * The budgets of `validate` and `buildMessage` are what zod with `JSON.stringify`, and the fastest peer's builder with it, took (docs/benchmarks.md).
 */
export const SPEED = [
  { call: "validateJson(bytes)", size: "1 KB", budget: 0.6, ceiling: 0.75 },
  { call: "validateJson(bytes)", size: "4 KB", budget: 0.6, ceiling: 0.72 },
  { call: "validate(object)", size: "4 KB", budget: 1.8, ceiling: 1.8 },
  { call: "buildMessage", size: "4 KB", budget: 8, ceiling: 8 },
];

/**
 * How many steps the module takes for a call: functions that it enters and leaves, and rounds of its loops. They are counted, so a busy
 * machine does not change them, and a text that is read twice does. The ceilings have room for another compiler, and only ever go down.
 */
export const STEPS = [
  { call: "validateJson(bytes)", size: "1 KB", ceiling: 1_100 },
  { call: "validateJson(bytes)", size: "4 KB", ceiling: 4_350 },
  { call: "validateJson(bytes)", size: "40 KB", ceiling: 21_500 },
  { call: "validateJson(bytes)", size: "40 KB of long texts", ceiling: 10_200 },
  { call: "validateJson(ten mistakes)", size: "1 KB", ceiling: 5_400 },
  { call: "validateJson(ten mistakes)", size: "4 KB", ceiling: 10_800 },
  { call: "buildMessage", size: "4 KB", ceiling: 26_500 },
];

/** How long `send` takes, as a multiple of bare `fetch` with the same body, to a server on the same machine. */
export const SENDING = { budget: 1.4, ceiling: 1.7 };

/**
 * How long a Node process takes that imports the package and checks once, as a multiple of one that does nothing. The budget stands for
 * the design's, 1.1 of a process that imports `@warriorteam/messenger-sdk`, which takes a few milliseconds itself; `npm run bench` has that one.
 */
export const COLD_START = { budget: 1.2, ceiling: 1.4 };

/** How many times as large the module's memory may be after many checks as after the first thousand. It is counted, so there is no noise. */
export const MEMORY = { budget: 1, ceiling: 1 };

/** What a page uses that composes and checks, and one that sends too; the helpers beside it come into a bundle only where they are imported. */
const CHECKING = ["init", "buildMessage", "validate"];
const USED = [...CHECKING, "send"];
/** What `messenger-send/validate` offers beside its helpers. */
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

/** What a page loads that imports the package: the entry and whatever its modules import, and the wasm. */
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

/** @returns {{ rows: { name: string, raw: number, gzip: number }[], total: number }} total: after gzip, each file by itself */
export function measure(folder) {
  const rows = loadedFiles(folder).map((name) => ({
    name,
    ...sizesOf(readFileSync(join(folder, name))),
  }));
  return { rows, total: rows.reduce((all, { gzip }) => all + gzip, 0) };
}

/**
 * What a page with a bundler loads of `messenger-send/validate`.
 * @returns {Promise<{ module: { raw: number, gzip: number }, all: { raw: number, gzip: number }, main: { raw: number, gzip: number }, total: number }>}
 *   all: the JavaScript of all that it offers; main: of what a page uses that composes and checks; total: module and `all`, after gzip
 */
export async function measureValidate(folder) {
  const module = sizesOf(readFileSync(join(folder, "validate", "validate_bg.wasm")));
  const all = await mainBundle(folder, ALL_OF_VALIDATE, "validate/browser.js");
  const main = await mainBundle(folder, CHECKING, "validate/browser.js");
  return { module, all, main, total: module.gzip + all.gzip };
}

/**
 * What vite puts into the main bundle of a page that uses the package; what is imported later, and the module, are not in it.
 * @param {string} folder the package's
 * @param {string[]} [names] what the page imports
 * @param {string} [file] from which of the package's files
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
 * Holds a figure against its ceiling and its budget.
 * @param {{ name: string, is: number, ceiling: number, budget?: number, unit?: string }} figure ceiling: what fails above it; budget: what is wanted
 * @returns {{ name: string, within: boolean, note: string }}
 */
export function judgeFigure({ name, is, ceiling, budget, unit = "" }) {
  const shown = (number) =>
    `${Number.isInteger(number) ? number : number.toFixed(2)}${unit && ` ${unit}`}`;
  // Not a number is over every ceiling: a measurement that failed must not look like a small one.
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
