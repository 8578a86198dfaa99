// Speed in a real browser: a handful of requests, first paint and first check on fast 3G, and keystrokes in a carousel of ten cards.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

// WebPageTest's "3G Fast": https://github.com/WPO-Foundation/webpagetest/blob/master/www/settings/connectivity.ini.sample
const FAST_3G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1.6e6 / 8,
  uploadThroughput: 0.768e6 / 8,
};
const FIRST_PAINT_MS = 1000;
const FIRST_CHECK_MS = 3000;
const KEYSTROKE_MS = 50;
const MOST_REQUESTS = 10;
// The network is given, the machine is shared: the best of several loads says what the page costs.
const LOADS = 4;
const KEYS = 40;

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

describe("on fast 3G", () => {
  it(`paints within ${FIRST_PAINT_MS} ms and checks within ${FIRST_CHECK_MS} ms, with at most ${MOST_REQUESTS} requests`, async (context) => {
    const loads = [];
    const within = ({ paint, check }) => paint < FIRST_PAINT_MS && check < FIRST_CHECK_MS;
    while (loads.length < LOADS && !loads.some(within)) {
      const prepare = async (page) => {
        const session = await page.context().newCDPSession(page);
        await session.send("Network.enable");
        await session.send("Network.emulateNetworkConditions", FAST_3G);
        await page.addInitScript(() => {
          // The moment of the first check, as the page itself sees it.
          new MutationObserver(() => {
            if (document.querySelector("#check .status.valid"))
              globalThis.checkedAt ??= performance.now();
          }).observe(document, { subtree: true, childList: true, attributes: true });
        });
      };
      await site.visit({ height: 720, prepare }, async (page, browserPage) => {
        await page.ready();
        loads.push(
          await browserPage.evaluate(() => {
            const before = performance
              .getEntriesByType("resource")
              .filter(({ startTime }) => startTime < globalThis.checkedAt);
            return {
              paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
              check: globalThis.checkedAt,
              requests: before.length + 1,
              bytes: before.reduce(
                (sum, { encodedBodySize }) => sum + encodedBodySize,
                performance.getEntriesByType("navigation")[0].encodedBodySize,
              ),
            };
          }),
        );
      });
    }
    for (const { paint, check, requests, bytes } of loads)
      context.diagnostic(
        `paint ${Math.round(paint)} ms, check ${Math.round(check)} ms, ${requests} requests, ${bytes} bytes`,
      );
    assert.ok(loads.some(within), JSON.stringify(loads));
    for (const { requests } of loads) assert.ok(requests <= MOST_REQUESTS, `${requests} requests`);
  });
});

describe("a keystroke in a carousel of ten cards", () => {
  const card = (n) => ({
    title: `Kettle ${n}`,
    subtitle: "1.7 l, steel",
    image_url: `https://cdn.example.org/kettle-${n}.png`,
    default_action: { type: "web_url", url: "https://shop.example.org/kettle" },
    buttons: [
      { type: "web_url", title: "Open", url: "https://shop.example.org/kettle" },
      { type: "postback", title: "Add to cart", payload: `ADD:${n}` },
      { type: "phone_number", title: "Call us", payload: "+351210000000" },
    ],
  });
  const elements = Array.from({ length: 10 }, (_, n) => card(n + 1));
  const request = {
    recipient: { id: "7001002003004005" },
    messaging_type: "RESPONSE",
    message: { attachment: { type: "template", payload: { template_type: "generic", elements } } },
  };

  // What the page's thread has worked, in its own time: a busy machine makes a page wait, not work.
  async function costs(browserPage) {
    const session = await browserPage.context().newCDPSession(browserPage);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const worked = async () =>
      (await session.send("Performance.getMetrics")).metrics.find(
        ({ name }) => name === "TaskDuration",
      ).value;
    const all = [];
    for (let n = 0; n < KEYS; n += 1) {
      const before = await worked();
      await browserPage.keyboard.press("abcdefghij"[n % 10]);
      await browserPage.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))),
      );
      all.push(((await worked()) - before) * 1000);
    }
    return all.sort((a, b) => a - b);
  }

  for (const [where, go] of [
    [
      "in the form, every card open",
      async (page) => {
        await page.group("Elements").getByRole("button", { name: "Unfold all" }).last().click();
        const title = page.group("Generic element 5").getByLabel("Title", { exact: true }).first();
        await title.click();
      },
    ],
    [
      "in the JSON",
      async (page) => {
        await page.tab("JSON").click();
        await page.editor.getByText('"1.7 l, steel"').first().click();
      },
    ],
  ]) {
    it(`costs less than ${KEYSTROKE_MS} ms at the 95th percentile ${where}`, (context) =>
      site.visit({ height: 720 }, async (page, browserPage) => {
        await page.ready();
        await page.load({ request });
        await go(page);
        await expectEventually(() => page.status.textContent(), "Ready to send");
        const all = await costs(browserPage);
        const at = (share) => all[Math.ceil(all.length * share) - 1];
        context.diagnostic(
          `median ${at(0.5).toFixed(1)} ms, 95th percentile ${at(0.95).toFixed(1)} ms`,
        );
        assert.ok(at(0.95) < KEYSTROKE_MS, `${at(0.95)} ms`);
      }));
  }
});
