// `npm test`: runs every layer of tests and counts each; the last line is the total.
// `npm test -- --only native,lint` runs some layers, and those that they need. Two layers run only with `--only`: `msrv` installs
// another Rust, and `quick` is a part of `native`.
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  BUDGET,
  CEILING,
  JS_BUDGET,
  JS_CEILING,
  judgeFigure,
  mainBundle,
  measure,
  measureValidate,
  VALIDATE,
} from "./lib/budgets.mjs";
import { build } from "./lib/build.mjs";
import { findChromedriver, webdriverJson } from "./lib/chromium.mjs";
import { cargoCounts, judge } from "./lib/count.mjs";
import { choose, runLayers } from "./lib/layers.mjs";
import { modernNode } from "./lib/modern-node.mjs";
import { nodeTests } from "./lib/node-tests.mjs";
import { packed } from "./lib/pack.mjs";
import { at, ROOT } from "./lib/root.mjs";
import { main, run, Stop } from "./lib/run.mjs";
import { setUp } from "./lib/setup.mjs";

const TOO_LONG_MS = 30 * 60 * 1000;
const WASM = ["--target", "wasm32-unknown-unknown"];
// Long enough to find problems, short enough to wait for.
const FUZZ_SECONDS = "30";
const STRICT = ["--", "-D", "warnings"];

/** The tests of the rules and of the generated files, without those that measure time. */
const QUICK = [
  ...["validate", "generated", "tables", "build"].flatMap((name) => ["--test", name]),
  ...["--", "--skip", "linear_time"],
];

/** A selection from tests/frameworks; the others run with `npm run test:frameworks`. */
const MOST_USED = ["next", "vite7", "jest", "esbuild", "rollup", "deno20"];

const LAYERS = [
  { name: "lint", run: lint },
  { name: "native", run: () => cargoTest() },
  // A part of `native`, for `npm run check`.
  { name: "quick", optIn: true, run: () => cargoTest(QUICK) },
  {
    name: "doc",
    run: () =>
      checks([
        [
          "cargo doc",
          "cargo",
          ["doc", "--no-deps", "--all-features"],
          { RUSTDOCFLAGS: "-D warnings" },
        ],
      ]),
  },
  { name: "crate", run: () => folder("tests", "crate") },
  { name: "msrv", optIn: true, run: oldestRust },
  { name: "wasm-node", run: () => wasmTest(["--node"]) },
  {
    name: "wasm-chrome",
    run: () =>
      wasmTest(["--headless", "--chrome", "--chromedriver", findChromedriver()], inChrome()),
  },
  { name: "scripts", run: () => folder("tests", "scripts") },
  { name: "release", run: () => folder("tests", "release") },
  { name: "helpers", run: () => folder("tests", "helpers") },
  { name: "local-graph", run: () => folder("tests", "local-graph") },
  { name: "testing", run: () => folder("tests", "testing") },
  { name: "webhook", run: () => folder("tests", "webhook") },
  { name: "build", run: buildAndPack },
  { name: "budgets", needs: "build", run: budgets },
  { name: "schema", needs: "build", run: () => folder("tests", "schema") },
  { name: "package", needs: "build", run: () => folder("tests", "package") },
  { name: "edge", needs: "build", run: edge },
  { name: "migrate", needs: "build", run: () => folder("tests", "migrate") },
  { name: "frameworks", needs: "build", run: frameworks },
  { name: "types", needs: "build", run: () => folder("tests", "types") },
  { name: "site", needs: "build", run: () => folder("tests", "site") },
  { name: "browser", needs: "build", run: () => folder("tests", "browser") },
];

await main(async () => {
  const layers = choose(LAYERS, only());
  await setUp("test");
  process.exitCode = await runLayers(layers);
});

function only() {
  try {
    return parseArgs({ options: { only: { type: "string" } } }).values.only;
  } catch (error) {
    throw new Stop(`${error.message} \`npm test -- --only native,lint\` is the only option.`);
  }
}

function folder(...path) {
  return nodeTests(at(...path), { cwd: ROOT });
}

function edge() {
  return nodeTests(at("tests", "edge"), { cwd: ROOT, node: modernNode() });
}

function cargoTest(targets = []) {
  return counted("cargo", ["test", "--all-features", "--no-fail-fast", ...targets], {
    FUZZ_SECONDS,
  });
}

/**
 * The tests of the WebAssembly interface. no-install: the setup has installed the tools, so
 * wasm-pack must not download others.
 */
function wasmTest(where, env = {}) {
  return counted(
    "wasm-pack",
    ["test", ...where, "--mode", "no-install", "bindings", "--test", "wasm"],
    env,
  );
}

function inChrome() {
  return {
    // Without this variable, a browser skips tests that do not say where they run, and reports success.
    WASM_BINDGEN_USE_BROWSER: "1",
    WASM_BINDGEN_TEST_TIMEOUT: "300",
    WASM_BINDGEN_TEST_DRIVER_TIMEOUT: "60",
    WASM_BINDGEN_TEST_WEBDRIVER_JSON: webdriverJson(),
  };
}

async function counted(command, args, env) {
  const ended = await run(command, args, { cwd: ROOT, env, timeoutMs: TOO_LONG_MS });
  return judge(ended, cargoCounts(ended.output));
}

function lint() {
  return checks([
    ["cargo fmt", "cargo", ["fmt", "--all", "--check"]],
    [
      "clippy, native",
      "cargo",
      [
        "clippy",
        "--all-features",
        "--all-targets",
        "--package",
        "messenger-send",
        "--package",
        "messenger-send-axum",
        "--package",
        "messenger-send-custom-transport",
        ...STRICT,
      ],
    ],
    ["clippy, without features", "cargo", ["clippy", "--no-default-features", ...STRICT]],
    [
      "clippy, wasm32",
      "cargo",
      [
        "clippy",
        "--package",
        "messenger-send",
        "--package",
        "messenger-send-wasm",
        ...WASM,
        "--lib",
        "--test",
        "wasm",
        ...STRICT,
      ],
    ],
    [
      "clippy, wasm32 without sending",
      "cargo",
      [
        "clippy",
        "--package",
        "messenger-send-wasm",
        "--no-default-features",
        ...WASM,
        "--lib",
        ...STRICT,
      ],
    ],
    ["biome ci", at("node_modules", ".bin", "biome"), ["ci", "--error-on-warnings", "."]],
  ]);
}

/**
 * The minimum supported Rust. rustup installs it; a separate target folder preserves the builds of
 * the other one.
 */
async function oldestRust() {
  const [, version] = /^rust-version = "(.+)"$/m.exec(readFileSync(at("Cargo.toml"), "utf8"));
  const check = [
    "cargo",
    "check",
    "--locked",
    "--all-features",
    "--package",
    "messenger-send",
    "--target-dir",
    at("target", "msrv"),
  ];
  const { code } = await run("rustup", ["run", "--install", `${version}.0`, ...check], {
    cwd: ROOT,
    timeoutMs: TOO_LONG_MS,
  });
  return code === 0
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: 1, notes: [`cargo check with Rust ${version} failed`] };
}

/** Commands that count as one each. */
async function checks(list) {
  const notes = [];
  for (const [name, command, args, env = {}] of list) {
    const { code } = await run(command, args, { cwd: ROOT, env, timeoutMs: TOO_LONG_MS });
    if (code !== 0) {
      notes.push(`${name} failed`);
    }
  }
  return { passed: list.length - notes.length, failed: notes.length, notes };
}

async function frameworks() {
  // Imported here, since it needs packages that the setup installs.
  const { runFrameworks } = await import("../tests/frameworks/run.mjs");
  return runFrameworks({ only: MOST_USED });
}

async function buildAndPack() {
  await build();
  // Packed once for all layers that install it.
  process.env.PKG_TARBALL = await packed();
  return { passed: 1, failed: 0 };
}

/** Checks the exact sizes, then runs the tests that measure speed and memory. */
async function budgets() {
  const { rows, total } = measure(at("pkg"));
  for (const { name, raw, gzip } of rows) {
    console.log(
      `${name.padEnd(24)} ${String(raw).padStart(8)} bytes ${String(gzip).padStart(8)} gzip`,
    );
  }
  const { gzip } = await mainBundle(at("pkg"));
  const validate = await measureValidate(at("pkg"));
  const sizes = [
    judgeFigure({
      name: "what a page loads, gzip",
      is: total,
      ceiling: CEILING,
      budget: BUDGET,
      unit: "bytes",
    }),
    judgeFigure({
      name: "JavaScript in the main bundle, gzip",
      is: gzip,
      ceiling: JS_CEILING,
      budget: JS_BUDGET,
      unit: "bytes",
    }),
    judgeFigure({
      name: "what a page loads of messenger-send/validate, gzip",
      is: validate.total,
      ...VALIDATE.total,
      unit: "bytes",
    }),
    judgeFigure({
      name: "its JavaScript in the main bundle, gzip",
      is: validate.main.gzip,
      ...VALIDATE.main,
      unit: "bytes",
    }),
  ];
  const measured = await folder("tests", "budgets");
  const within = sizes.filter((one) => one.within).length;
  return {
    passed: measured.passed + within,
    failed: measured.failed + sizes.length - within,
    notes: [...sizes.map(({ note }) => note), ...measured.notes],
  };
}
