// Measures everything in one run, and writes docs/benchmarks.md. Started by `npm run bench`, which
// builds the package and installs the peers.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { findChromium } from "../scripts/lib/chromium.mjs";
import { installTarball } from "../scripts/lib/pack.mjs";
import { at, crateVersion } from "../scripts/lib/root.mjs";
import { ask, main, Stop, say } from "../scripts/lib/run.mjs";
import { useLocalTools } from "../scripts/lib/setup.mjs";
import { disputes } from "./agreement.mjs";
import { VALIDATORS } from "./contenders.mjs";
import { workshop } from "./lib/bundle.mjs";
import { startGraph } from "./lib/graph.mjs";
import { intercepted } from "./lib/instance.mjs";
import { bytes, table, times } from "./lib/markdown.mjs";

const require = createRequire(import.meta.url);
const PARTS = [
  "size",
  "validation",
  "building",
  "sending",
  "cold-start",
  "chromium",
  "first-check",
  "workerd",
  "memory",
];
const PEERS = [...VALIDATORS, "@warriorteam/messenger-sdk", "messaging-api-messenger"];

await main(async () => {
  const chosen = parts();
  useLocalTools();
  const folder = workshop();
  const home = await installTarball(folder);
  const graph = await startGraph();
  try {
    const context = { folder, graph, packageFile: (name) => join(home, name) };
    const { api, exports } = await intercepted(
      () => import(pathToFileURL(join(home, "node.js")).href),
    );
    Object.assign(context, { api, memory: exports.memory });
    context.peers = Object.fromEntries(
      await Promise.all(
        VALIDATORS.map(async (name) => [name, await import(`./peers/${name}.mjs`)]),
      ),
    );
    const judged = agree(context);
    const found = [];
    for (const name of chosen) {
      const part = await import(`./parts/${name}.mjs`);
      say(`${part.title} (${name})`);
      const began = performance.now();
      found.push({ title: part.title, ...(await part.measure(context)) });
      say(`${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    const page = pageOf(found, judged);
    console.log(`\n${page}`);
    if (chosen.length === PARTS.length) {
      writeFileSync(at("docs", "benchmarks.md"), page);
      say("written to docs/benchmarks.md");
    }
  } finally {
    await graph.close();
  }
});

/** All parts, or those in `--only`, with which nothing is written. */
function parts() {
  const chosen = only()?.split(",") ?? PARTS;
  const unknown = chosen.filter((name) => !PARTS.includes(name));
  if (unknown.length > 0) {
    throw new Stop(`There is no part ${unknown.join(", ")}. The parts are ${PARTS.join(", ")}.`);
  }
  return chosen;
}

function only() {
  try {
    return parseArgs({ options: { only: { type: "string" } } }).values.only;
  } catch (error) {
    throw new Stop(
      `${error.message} \`npm run bench -- --only size,validation\` is the only option.`,
    );
  }
}

/** Comparing validators that disagree would be meaningless. */
function agree({ api, peers }) {
  const { judged, disputes: found } = disputes(api, peers);
  if (found.length > 0) {
    throw new Stop(`the validators do not agree, so nothing is measured:\n${found.join("\n")}`);
  }
  say(`all validators agree on all samples: ${judged} verdicts`);
  return judged;
}

function pageOf(found, judged) {
  const aims = found.flatMap((one) => one.aims);
  return [
    "# Benchmarks",
    "`npm run bench` writes this page in one run. It measures all packages in turns over many rounds. Times are medians; ratios are medians",
    "of the ratios within a round; below 1, messenger-send is faster. On a shared machine, ratios are more reliable than times.",
    "",
    machine(),
    "",
    `Before measuring, ${judged} verdicts of all validators on violations of every shared rule were compared: they agree. The peers have only the rules of these`,
    "messages (text, quick replies, generic template, receipt; `bench/peers/`); messenger-send has all rules.",
    "",
    "## Aims",
    "",
    table(["what", "at most", "aim", "measured", "reached"], aims.map(aimRow)),
    "",
    ...found.flatMap(({ title, text }) => [`## ${title}`, "", text, ""]),
  ].join("\n");
}

function aimRow({ what, most, aim, is }) {
  const shown = (number) =>
    number === undefined ? "" : number >= 1000 ? bytes(number) : times(number);
  return [
    what,
    shown(most),
    shown(aim),
    `**${shown(is)}**`,
    is <= most ? (is <= (aim ?? most) ? "yes" : "yes, but not the aim") : "no",
  ];
}

function machine() {
  const [cpu] = cpus();
  const versions = [
    `messenger-send ${crateVersion()}`,
    ...PEERS.map((name) => `${name} ${versionOf(name)}`),
    `workerd ${JSON.parse(readFileSync(at("node_modules", "workerd", "package.json"), "utf8")).version}`,
    ask(findChromium() ?? "chromium", ["--version"]) ?? "no Chromium",
    ask("rustc", ["--version"])?.split(" ").slice(0, 2).join(" "),
  ];
  return [
    `- Machine: ${cpu.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()} ${release()}`,
    `- Node ${process.versions.node}`,
    `- ${versions.join(", ")}`,
    `- ${new Date().toISOString().slice(0, 10)}`,
  ].join("\n");
}

/** Not every package exports its package.json. */
function versionOf(name) {
  const lock = require("./package-lock.json");
  return lock.packages[`node_modules/${name}`].version;
}
