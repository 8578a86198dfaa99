// The report on a simulated day for `run.mjs` and COSTS.md, in Markdown.
import { bill, million, PRICES, times, usageOf, watching } from "./costs.mjs";

const DAYS = 30;
const { limits } = PRICES;

/** All tables of a day, by their names in COSTS.md. */
export function tables(day) {
  const usage = usageOf(day.events, day.sender);
  return {
    day: dayTable(day),
    waits: waitTable(day),
    bill: billTable(usage),
  };
}

/** The printed report. */
export function report(day) {
  const { load, sender, meta } = day;
  const { day: what, waits, bill: costs } = tables(day);
  return [
    `A day of ${whole(load.messages)} messages over ${whole(load.pages)} Pages, ${sender.queues} ${sender.queues === 1 ? "queue" : "queues"}${sender.separateCampaigns ? ", the first for answers" : ""}, seed ${load.seed}`,
    `The largest Page has ${whole(day.largestPage)} messages; ${percent(load.campaignShare)} are campaigns, ${percent(load.mediaShare)} audio or video; an answer of Meta takes ${(meta.latencyMedianS * 1000).toFixed(0)} ms (median).`,
    what,
    "Waiting, from the POST to the request to Meta, in whole seconds:",
    waits,
    `Costs by the prices that Cloudflare published on ${PRICES.read} (${PRICES.sources.workers}):`,
    costs,
  ].join("\n\n");
}

/** The counts of the day and the limits. */
export function dayTable({
  events,
  peaks,
  backlog,
  sender,
  load,
  pagesAwake,
  longestAwakeS,
  largestPage,
}) {
  const stored = (largestPage * sender.storedBytes * sender.retentionDays) / 1e9;
  return table(
    ["", "in the day", "limit"],
    [
      ["messages that arrived", whole(events.messages), ""],
      ["messages that were sent", whole(events.sent), ""],
      ["backlog at the end", whole(backlog), ""],
      ["largest backlog", whole(peaks.backlog), ""],
      ["arrivals, busiest second", whole(peaks.arrivals), ""],
      [
        "arrivals at the busiest queue, busiest second",
        whole(peaks.queueArrivals),
        `${whole(limits.queueMessagesPerSecond)} a queue`,
      ],
      [
        "arrivals, busiest minute, a second",
        whole(peaks.arrivalsOfMinute / 60),
        `${Math.ceil(peaks.arrivalsOfMinute / 60 / limits.queueMessagesPerSecond)} ${peaks.arrivalsOfMinute / 60 > limits.queueMessagesPerSecond ? "queues" : "queue"}`,
      ],
      [
        "consumers at a time, busiest queue",
        whole(peaks.consumers),
        `${whole(limits.queueConcurrentConsumers)} a queue`,
      ],
      ["messages put off by their object", whole(events.retries), ""],
      [
        "requests of the busiest object, busiest second",
        whole(peaks.objectRequests),
        `${whole(limits.objectRequestsPerSecond)} an object`,
      ],
      ["messages of one Page, busiest second", whole(peaks.pageSent), "300 a Page"],
      [
        "stored by the largest Page's object, GB",
        stored.toFixed(1),
        `${limits.objectGb} an object`,
      ],
      ["objects awake in the day", whole(pagesAwake), ""],
      ["objects awake at a time, on average", whole(events.awakeS / load.daySeconds), ""],
      ["objects awake in the busiest second", whole(peaks.objectsAwake), ""],
      ["longest time that an object was awake, hours", (longestAwakeS / 3600).toFixed(1), "24"],
    ],
  );
}

export function waitTable({ waits }) {
  const shown = (value) => (value === null ? "-" : value === 0 ? "below 1" : whole(value));
  return table(
    ["Pages, by rank", "kind", "messages", "p50", "p99", "max"],
    Object.entries(waits)
      .flatMap(([kind, sizes]) => sizes.map((size) => ({ kind, ...size })))
      .filter(({ messages }) => messages > 0)
      .map(({ kind, pages, messages, p50, p99, max }) => [
        pages,
        kind,
        whole(messages),
        shown(p50),
        shown(p99),
        shown(max),
      ]),
    2,
  );
}

/** The cost of the day without the included amounts of the plan, and the bill for a month of such days. */
export function billTable(usage) {
  const day = bill(usage, { included: false });
  const month = bill(times(usage, DAYS));
  return table(
    ["item", "used in the day", "USD, the day", `USD, ${DAYS} such days`],
    [
      ...day.lines.map(({ name, unit, used, usd }, index) => [
        name,
        `${amount(used)} ${unit}`,
        money(usd),
        money(month.lines[index].usd),
      ]),
      ["Workers Paid", "", "", money(month.plan)],
      ["**together**", "", `**${money(day.usd)}**`, `**${money(month.usd)}**`],
    ],
  );
}

/** A million messages, item by item: answers, a campaign, and the mix of the simulated day. */
export function millionTable(day, { load, meta, sender, latencyS }) {
  const kinds = [
    million("answers", { sender, meta, campaignPost: load.campaignPost, latencyS }),
    million("campaign", { sender, meta, campaignPost: load.campaignPost, latencyS }),
    times(usageOf(day.events, sender), 1_000_000 / day.events.messages),
  ].map((usage) => bill(usage, { included: false }));
  return table(
    ["USD a million messages", "answers, one by one", "a campaign", "the simulated day"],
    [
      ...kinds[0].lines.map(({ name }, index) => [
        name,
        ...kinds.map(({ lines }) => money(lines[index].usd)),
      ]),
      ["**together**", ...kinds.map(({ usd }) => `**${money(usd)}**`)],
    ],
  );
}

export function priceTable() {
  return table(
    ["item", "included in a month", "USD", "for"],
    Object.values(PRICES.items).map(({ name, unit, included, usd, per, source }) => [
      `[${name}](${PRICES.sources[source]})`,
      `${amount(included)} ${unit}`,
      String(usd),
      `${amount(per)} ${unit}`,
    ]),
  );
}

export function watchTable(sender) {
  return table(
    ["the page of the queue, open for an hour", "USD"],
    [1, 10, 100, 1000].map((pages) => [
      `${whole(pages)} ${pages === 1 ? "Page" : "Pages"}`,
      bill(watching(pages, sender), { included: false }).usd.toFixed(4),
    ]),
  );
}

/** A table with aligned columns, as Biome formats it. The first `texts` columns contain text, the others numbers. */
function table(head, rows, texts = 1) {
  const widths = head.map((name, column) =>
    Math.max(3, ...[name, ...rows.map((row) => row[column])].map(({ length }) => length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => (column < texts ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column < texts ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}

const whole = (value) => Math.round(value).toLocaleString("en");
const money = (value) =>
  value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = (share) => `${Math.round(share * 100)} %`;

/** 1,234; 12.3 million; 1.23 billion. */
function amount(value) {
  if (value >= 1e9) {
    return `${Number((value / 1e9).toPrecision(3))} billion`;
  }
  if (value >= 1e6) {
    return `${Number((value / 1e6).toPrecision(3))} million`;
  }
  return value >= 100 ? whole(value) : String(Number(value.toPrecision(2)));
}
