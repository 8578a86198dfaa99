// Computes the cost of a usage from the published prices in prices.json.
import { readFileSync } from "node:fs";

export const PRICES = JSON.parse(readFileSync(new URL("prices.json", import.meta.url), "utf8"));

/**
 * @param {Record<string, number>} usage the amounts of one month, by the names of the items in prices.json
 * @param {{ included?: boolean }} [options] whether to subtract the included amounts of the plan, and to add its price
 * @returns {{ lines: { item: string, name: string, unit: string, used: number, billed: number, usd: number }[], plan: number, usd: number }}
 */
export function bill(usage, { included = true } = {}) {
  const lines = Object.entries(PRICES.items).map(([item, price]) => {
    const used = usage[item] ?? 0;
    const billed = included ? Math.max(0, used - price.included) : used;
    return {
      item,
      name: price.name,
      unit: price.unit,
      used,
      billed,
      usd: (billed / price.per) * price.usd,
    };
  });
  const plan = included ? PRICES.plan.usdPerMonth : 0;
  return { lines, plan, usd: lines.reduce((sum, { usd }) => sum + usd, plan) };
}

/** Multiplies every amount of a usage. */
export const times = (usage, factor) =>
  Object.fromEntries(Object.entries(usage).map(([item, amount]) => [item, amount * factor]));

/**
 * Computes the billed usage from the counted events.
 * @param {object} events counts: messages (accepted), sent, posts (for each Page in a POST), httpPosts, deliveries (calls), retries, batches,
 *   webhooks, echoes, saves, alarms; and awakeS, the seconds that objects were awake, summed
 * @param {import("./parameters.mjs").SENDER} sender
 */
export function usageOf(events, sender) {
  const { rowsWritten: rows } = sender;
  return {
    requests: events.httpPosts + events.webhooks + events.batches,
    cpuMs: events.messages * sender.cpuMs.post + events.echoes * sender.cpuMs.webhook,
    queueOperations:
      events.messages * sender.queueOperations.message +
      events.retries * sender.queueOperations.retry,
    objectRequests: events.posts + events.deliveries + events.webhooks + events.alarms,
    objectGbSeconds: events.awakeS * PRICES.limits.objectMemoryGb,
    rowsRead: events.messages * sender.rowsRead.message,
    rowsWritten:
      events.messages * (rows.accept + rows.forget) +
      events.sent * rows.send +
      events.echoes * rows.settle +
      events.posts * rows.post +
      events.saves * rows.save +
      events.alarms * rows.alarm,
    // The messages of one day are stored for the retention period. In a month of such days, each day has the same share.
    storedGbMonths: (events.messages * sender.storedBytes * sender.retentionDays) / 1e9 / 30,
    dataPoints: (events.deliveries + events.webhooks) * sender.dataPoints.call,
  };
}

/**
 * A million messages in two extreme cases, without the included amounts of the plan: answers, each posted separately to a Page that is otherwise
 * idle, and a campaign, posted a thousand at a time, no faster than its Page may send.
 */
export function million(kind, { sender, meta, campaignPost, latencyS }) {
  const messages = 1_000_000;
  const isCampaign = kind === "campaign";
  const posts = isCampaign ? messages / campaignPost : messages;
  const batches = isCampaign ? messages / PRICES.limits.queueBatch : messages;
  const webhooks = messages / sender.echoesPerWebhook;
  return usageOf(
    {
      messages,
      sent: messages,
      posts,
      httpPosts: posts,
      deliveries: batches,
      retries: 0,
      batches,
      webhooks,
      echoes: messages,
      saves: isCampaign ? 0 : 2 * messages,
      alarms: isCampaign ? 0 : messages,
      awakeS: isCampaign
        ? messages / (meta.textPerSecond * sender.paceShare)
        : messages * (latencyS + 2 * sender.shortCallS),
    },
    sender,
  );
}

/** The cost of leaving the page of the queue open for an hour: it calls every Page's object every two seconds. */
export function watching(pages, sender) {
  const polls = 3600 / 2;
  return {
    requests: polls,
    objectRequests: polls * pages,
    objectGbSeconds: polls * pages * sender.shortCallS * PRICES.limits.objectMemoryGb,
  };
}
