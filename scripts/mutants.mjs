// `npm run mutants`: shows that the simulation finds bugs. Plants one at a time in a copy of the
// crate and runs the simulation there, which must fail. The copy is in target/ and shares the
// dependencies that are already built.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { at, ROOT } from "./lib/root.mjs";
import { main, run, Stop, say } from "./lib/run.mjs";

const COPY = at("target", "mutants");
/** What cargo needs to read the workspace: every target of every member must be there. */
const COPIED = [
  "Cargo.toml",
  "Cargo.lock",
  "src",
  "bindings",
  "examples",
  "site/samples/rust",
  "tests",
];

/** Each guarantee, and how to break it: in `file`, `find` (which occurs once) becomes `replace`. */
const MUTANTS = [
  {
    breaks: "an unknown outcome is repeated only on demand",
    file: "src/client/retry.rs",
    find: "let repeats_unknown = self.retry.unknown && ",
    replace: "let repeats_unknown = ",
  },
  {
    breaks: "a refusal does not undo an attempt that may have arrived",
    file: "src/client/retry.rs",
    find: "(Outcome::Unknown, _) | (_, Delivery::Unknown) =>",
    replace: "(_, Delivery::Unknown) =>",
  },
  {
    breaks: "408 is no refusal",
    file: "src/client/answer.rs",
    find: "(400..500).contains(&status) && status != 408;",
    replace: "(400..500).contains(&status);",
  },
  {
    breaks: "no request leaves after an abort, although signing took a while",
    file: "src/client/exchange.rs",
    find: "    // Signing may have taken some time.\n    if call.abort.is_aborted() {",
    replace: "    if false {",
  },
  {
    breaks: "everything from outside is redacted",
    file: "src/client/error.rs",
    find: "        redactor.redact(&mut details.message);\n",
    replace: "",
  },
  {
    breaks: "order within a recipient",
    file: "src/client/run/order.rs",
    find: "                waiting.push_back(entry);\n                None\n",
    replace: "                Some(entry)\n",
  },
  {
    breaks: "what waits is settled when the run stops",
    file: "src/client/run/engine.rs",
    find: "        self.order.clear(&mut waiting);\n",
    replace: "        self.order.clear(&mut Vec::new());\n",
  },
  {
    breaks: "the rate",
    file: "src/client/rate_limit.rs",
    find: "earliest.saturating_add(interval.saturating_mul(granted));",
    replace: "earliest;",
    also: [{ find: "self.per_second * SHARE_OF_A_SECOND)", replace: "self.per_second * 2.0)" }],
  },
];

// `npm run mutants -- abort` plants only those about an abort.
const wanted = MUTANTS.filter(({ breaks }) => breaks.includes(process.argv[2] ?? ""));

await main(async () => {
  rmSync(COPY, { recursive: true, force: true });
  mkdirSync(COPY, { recursive: true });
  for (const path of COPIED) {
    cpSync(at(path), `${COPY}/${path}`, {
      recursive: true,
      filter: (file) => !/[/\\](node_modules|target)$/.test(file),
    });
  }
  if (!(await simulate()).holds) {
    throw new Stop("The simulation fails without a fault: run `cargo test --test simulation`.");
  }
  const missed = [];
  for (const mutant of wanted) {
    const begun = Date.now();
    const { holds, seed } = await withFault(mutant, simulate);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    say(
      `${holds ? "MISSED" : "found"} (${seconds} s${seed ? `, seed ${seed}` : ""}): ${mutant.breaks}`,
    );
    if (holds) {
      missed.push(mutant.breaks);
    }
  }
  if (missed.length > 0) {
    throw new Stop(`The simulation does not find these faults: ${missed.join("; ")}.`);
  }
  say(`the simulation finds each of ${wanted.length} bugs`);
});

async function withFault({ file, find, replace, also = [] }, body) {
  const path = `${COPY}/${file}`;
  const original = readFileSync(path, "utf8");
  const planted = [{ find, replace }, ...also].reduce(
    (text, edit) => plant(text, edit, file),
    original,
  );
  writeFileSync(path, planted);
  try {
    return await body();
  } finally {
    writeFileSync(path, original);
  }
}

function plant(text, { find, replace }, file) {
  const parts = text.split(find);
  if (parts.length !== 2) {
    throw new Stop(
      `${file} has ${parts.length - 1} places like ${JSON.stringify(find)}: bring scripts/mutants.mjs up to date.`,
    );
  }
  return parts.join(replace);
}

/** Whether every guarantee holds, otherwise the seed that breaks one. */
async function simulate() {
  const { code, output } = await run("cargo", ["test", "--test", "simulation"], {
    cwd: COPY,
    env: {
      CARGO_TARGET_DIR: `${ROOT}/target`,
      SEED: undefined,
      SEEDS: undefined,
      RUST_BACKTRACE: "0",
    },
    quiet: true,
  });
  const seed = /seed (\d+): /.exec(output)?.[1];
  if (code !== 0 && seed === undefined) {
    process.stderr.write(output);
    throw new Stop("A fault does not compile: bring scripts/mutants.mjs up to date.");
  }
  return { holds: code === 0, seed };
}
