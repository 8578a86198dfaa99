// How long a page takes in Chromium until it says so, on the networks that DevTools imitates.
import { chromium } from "playwright-core";
import { launchOptions } from "../../scripts/lib/chromium.mjs";

/** Round trip and throughput as Chromium's DevTools have them for 3G, and as WebPageTest has them for cable. */
export const NETWORKS = {
  "slow 3G": { latency: 2000, downloadThroughput: 50_000, uploadThroughput: 50_000 },
  "fast 3G": { latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 },
  cable: { latency: 28, downloadThroughput: 625_000, uploadThroughput: 125_000 },
};
const TOO_LONG_MS = 60_000;

/**
 * Visits pages that set `doneAt` to their `performance.now()`, or `failed` to a text.
 * @param {(visit: (url: string, network: object) => Promise<{ cold: Visit, cached: Visit }>) => Promise<void>} work
 * @typedef {{ ms: number, bytes: number, requests: number }} Visit `ms` since the navigation began; `bytes` as they came over the network
 */
export async function withVisits(work) {
  const browser = await chromium.launch(launchOptions());
  try {
    await work((url, network) => twice(browser, url, network));
  } finally {
    await browser.close();
  }
}

/** Once with nothing in the cache, once with what the first visit left there. */
async function twice(browser, url, network) {
  const context = await browser.newContext();
  try {
    return { cold: await visit(context, url, network), cached: await visit(context, url, network) };
  } finally {
    await context.close();
  }
}

async function visit(context, url, network) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  const seen = { bytes: 0, requests: 0 };
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", { offline: false, ...network });
  devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    if (encodedDataLength > 0) {
      seen.requests += 1;
      seen.bytes += encodedDataLength;
    }
  });
  await page.goto(url, { waitUntil: "commit", timeout: TOO_LONG_MS });
  const told = await page.waitForFunction(() => globalThis.failed ?? globalThis.doneAt, undefined, {
    timeout: TOO_LONG_MS,
  });
  const ms = await told.jsonValue();
  await page.close();
  if (typeof ms !== "number") {
    throw new Error(`the page failed: ${ms}`);
  }
  return { ms, ...seen };
}
