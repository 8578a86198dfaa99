// `npm run simulate`: simulates a day, and reports the load of the platform and the cost.
import { parseArgs } from "node:util";
import { usageOf } from "./costs.mjs";
import { simulate } from "./day.mjs";
import { LOAD, META, SENDER } from "./parameters.mjs";
import { report } from "./report.mjs";

const HELP = `Simulates a day's load of the sender. With 100 million messages it takes about half a minute of one core.

  npm run simulate -- [options]

  --messages N               messages of the day (${LOAD.messages})
  --pages N                  Pages that they are spread over (${LOAD.pages})
  --queues N                 queues that the Pages are spread over (${SENDER.queues})
  --separate-campaigns       the first queue is for answers only
  --connections-per-object N connections that an object may have open to Meta (no limit of its own)
  --campaign-share S         share of the messages that are campaigns (${LOAD.campaignShare})
  --campaign-rate N          how fast a caller posts a campaign, a second (${LOAD.campaignRate})
  --seed N                   the same seed gives the same day (${LOAD.seed})
  --json                     everything as JSON

The other assumptions are in simulation/parameters.mjs, the prices in simulation/prices.json.`;

const NUMBERS = {
  messages: { least: 1, most: 1_000_000_000, whole: true },
  pages: { least: 1, most: 1_000_000, whole: true },
  queues: { least: 1, most: 10_000, whole: true },
  seed: { least: 0, most: 2 ** 31 - 1, whole: true },
  "connections-per-object": { least: 1, most: 1_000_000, whole: true },
  "campaign-share": { least: 0, most: 1 },
  "campaign-rate": { least: 1, most: 1_000_000, whole: true },
};

try {
  const options = read();
  if (options.help) {
    console.log(HELP);
  } else {
    const day = simulate(options);
    console.log(options.json ? asJson(day) : report(day));
  }
} catch (error) {
  if (!(error instanceof RangeError) && !error.code?.startsWith("ERR_PARSE_ARGS")) {
    throw error;
  }
  console.error(`${error.message}\n\n${HELP}`);
  process.exitCode = 1;
}

function read() {
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, { type: "string" }])),
      "separate-campaigns": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const number = (name, otherwise) =>
    values[name] === undefined ? otherwise : inRange(name, values[name]);
  return {
    json: values.json,
    help: values.help,
    load: {
      messages: number("messages", LOAD.messages),
      pages: number("pages", LOAD.pages),
      seed: number("seed", LOAD.seed),
      campaignShare: number("campaign-share", LOAD.campaignShare),
      campaignRate: number("campaign-rate", LOAD.campaignRate),
    },
    meta: META,
    sender: {
      queues: number("queues", SENDER.queues),
      separateCampaigns: values["separate-campaigns"],
      connectionsPerObject: number("connections-per-object", SENDER.connectionsPerObject),
    },
  };
}

function inRange(name, text) {
  const { least, most, whole } = NUMBERS[name];
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= least && value <= most) || (whole && !Number.isInteger(value))) {
    throw new RangeError(
      `--${name} is a ${whole ? "whole number" : "number"} from ${least} to ${most}, not "${text}".`,
    );
  }
  return value;
}

function asJson({ sender, ...day }) {
  // JSON cannot represent infinity.
  const connections = Number.isFinite(sender.connectionsPerObject)
    ? sender.connectionsPerObject
    : null;
  return JSON.stringify(
    {
      ...day,
      sender: { ...sender, connectionsPerObject: connections },
      usage: usageOf(day.events, sender),
    },
    null,
    2,
  );
}
