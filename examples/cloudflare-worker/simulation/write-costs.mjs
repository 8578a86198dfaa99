// Runs the days of COSTS.md and writes its tables: `node simulation/write-costs.mjs`. With `--tables` the days of days.json stand, and only the
// tables are written anew: enough where prices or words have changed.
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
/** A day so small that a test can run it: it shows whether days.json is of this simulation. */
const SMALL = { messages: 200_000, pages: 500 };

export const days = () => JSON.parse(readFileSync(DAYS_FILE, "utf8"));

/** What a day was simulated with, and what came of the small one. */
export function fingerprint() {
  const { events, peaks, waits } = simulate({ load: SMALL });
  const plain = (value) => JSON.parse(JSON.stringify(value));
  // What only the bill reads may change without a new run.
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

/** The document with its tables written anew: each stands between two comments that name it. */
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
