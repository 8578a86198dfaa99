// Simulates the days of COSTS.md and writes its tables: `node simulation/write-costs.mjs`. With `--tables`, the results in days.json are reused
// and only the tables are written, which is enough if prices or words have changed.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { usageOf } from "./costs.mjs";
import { simulate } from "./day.mjs";
import { LOAD, META, SENDER } from "./parameters.mjs";
import { billTable, dayTable, millionTable, priceTable, waitTable, watchTable } from "./report.mjs";

const DAYS_FILE = new URL("days.json", import.meta.url);
const DOCUMENT = new URL("../COSTS.md", import.meta.url);

/** The days that COSTS.md compares. */
const SENDERS = {
  one: { queues: 1 },
  several: { queues: 4, separateCampaigns: true },
};
/** A day that is small enough for a test, which checks that days.json is up to date. */
const SMALL = { messages: 200_000, pages: 500 };

export const days = () => JSON.parse(readFileSync(DAYS_FILE, "utf8"));

/** The parameters of the simulation, and its result for the small day. */
export function fingerprint() {
  const { events, peaks, waits } = simulate({ load: SMALL });
  const plain = (value) => JSON.parse(JSON.stringify(value));
  // Parameters that affect only the bill may change without a new simulation.
  const { rowsWritten, rowsRead, queueOperations, dataPoints, cpuMs, ...sender } = SENDER;
  const { storedBytes, retentionDays, ...simulated } = sender;
  return plain({ load: LOAD, meta: META, sender: simulated, small: { events, peaks, waits } });
}

/** The tables of COSTS.md by their names. */
export function costTables(found = days()) {
  const complete = (day, sender) => ({
    ...day,
    load: LOAD,
    meta: META,
    sender: { ...SENDER, ...sender },
  });
  const one = complete(found.one, SENDERS.one);
  const several = complete(found.several, SENDERS.several);
  return {
    prices: priceTable(),
    million: millionTable(one, one),
    day: dayTable(one),
    bill: billTable(usageOf(one.events, one.sender)),
    waits: waitTable(one),
    "waits with four queues": waitTable(several),
    watching: watchTable(SENDER),
  };
}

/** Replaces the tables of the document, each of which is between two comments with its name. */
export function withTables(text, tables) {
  return Object.entries(tables).reduce((sofar, [name, table]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = sofar.indexOf(begin);
    const to = sofar.indexOf(end);
    if (from < 0 || to < from) {
      throw new Error(`COSTS.md has no place for the table "${name}"`);
    }
    return `${sofar.slice(0, from)}${begin}\n\n${table}\n\n${sofar.slice(to)}`;
  }, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { tables: { type: "boolean", default: false } } });
  if (!values.tables) {
    const found = { fingerprint: fingerprint() };
    for (const [name, sender] of Object.entries(SENDERS)) {
      const { load, meta, sender: used, ...day } = simulate({ sender });
      found[name] = day;
    }
    writeFileSync(DAYS_FILE, `${JSON.stringify(found, null, 2)}\n`);
  }
  writeFileSync(DOCUMENT, withTables(readFileSync(DOCUMENT, "utf8"), costTables()));
}
