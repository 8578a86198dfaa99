// The page of the queue in Chromium, with the policy that public/_headers sets. Its clock is moved by the tests; only the network is real.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { expectEventually } from "../browser/eventually.mjs";
import { busy, failure, hour, NOW, page as pageOf } from "./fixtures.mjs";
import { assetHeaders, json, KEY, problem, SILENCE, startSite } from "./site.mjs";

const HOSTILE = `<img src=x onerror="document.title='broken'"> \u202Eשלום ${"👩‍👩‍👧"} </p><script>alert(1)</script> & "quoted" '\\`;
/** What Chromium itself writes into the console about an answer that is no success. */
const FAILED = /Failed to load resource/;

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => {
  site.reset();
  site.worker.now = NOW;
});

const heading = (page) => page.locator("#scope");
const cards = (page) => page.locator("#pages > li");
const card = (page, id) => cards(page).filter({ hasText: id });
const connection = (page) => page.locator("#connection");
const notice = (page) => page.locator("#notice");
const figure = (page, name) =>
  page.locator("#figures > div").filter({ hasText: name }).locator("dd");
const ready = (page) => expectEventually(() => connection(page).textContent(), /Live/);
/** Until the Worker was asked `count` times in all, and the page has shown its answer. */
const asked = (count) => expectEventually(() => site.worker.asked.length, count);
/** As if another tab were in front. */
const hide = (page, hidden) =>
  page.evaluate((value) => {
    Object.defineProperty(document, "hidden", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
const text = (locator) => async () => (await locator.textContent()).replace(/\s+/g, " ").trim();

describe("the policy", () => {
  it("allows nothing inline, nothing from elsewhere, and no text that becomes markup", () => {
    const policy = assetHeaders()["Content-Security-Policy"];
    assert.match(policy, /^default-src 'self';/);
    assert.match(policy, /require-trusted-types-for 'script'/);
    assert.doesNotMatch(policy, /unsafe|\*|https?:|data:/);
  });
});

describe("signing in", () => {
  it("sends the key as a bearer, keeps it in the tab, and asks for it no more", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      const [{ authorization, cookie }] = site.worker.asked;
      assert.deepEqual([authorization, cookie], [`Bearer ${KEY}`, undefined]);
      const stored = await page.evaluate(() => [
        Object.values(sessionStorage),
        Object.values(localStorage),
        document.cookie,
      ]);
      assert.deepEqual(stored, [[KEY], [], ""]);
      assert.equal(await page.locator("#key").inputValue(), "");
      await page.reload();
      await ready(page);
      await page.getByRole("button", { name: "Sign out" }).click();
      assert.deepEqual(await page.evaluate(() => Object.values(sessionStorage)), []);
      assert.equal(await page.getByLabel("Key", { exact: true }).isVisible(), true);
    }));

  it("says when the Worker does not know the key, and forgets it", () =>
    site.visit({ time: NOW, signedIn: false, tolerates: FAILED }, async (page) => {
      const key = page.getByLabel("Key", { exact: true });
      await key.fill("another-key-entirely");
      await page.keyboard.press("Enter");
      await expectEventually(
        text(page.getByRole("alert")),
        "Unknown key. Sign in with a key of this Worker.",
      );
      assert.equal(await key.evaluate((input) => input === document.activeElement), true);
      assert.equal(await key.getAttribute("aria-invalid"), "true");
      assert.deepEqual(await page.evaluate(() => Object.values(sessionStorage)), []);
      await page.clock.runFor(60_000);
      assert.equal(site.worker.asked.length, 1, "nothing more is asked");
    }));

  it("refuses a key that no header can carry, without asking", () =>
    site.visit({ time: NOW, signedIn: false }, async (page) => {
      await page.getByLabel("Key", { exact: true }).fill("schlüssel");
      await page.keyboard.press("Enter");
      assert.match(await page.getByRole("alert").textContent(), /ASCII/);
      assert.equal(site.worker.asked.length, 0);
    }));
});

describe("what is shown", () => {
  beforeEach(() => {
    site.worker.answer = json({ pages: busy() });
  });

  it("is a card for each Page, those that are paused first", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      assert.deepEqual(await page.locator(".page-head h3").allTextContents(), [
        "110044772200199",
        "100233118802745",
        "104215889910231",
        "101950338800417",
        "107700165522318",
      ]);
      assert.deepEqual(await page.locator(".page .state").allTextContents(), [
        "Paused",
        "Paused",
        "Sending",
        "Idle",
        "Sending",
      ]);
      assert.match(
        await text(card(page, "104215889910231"))(),
        /Backlog ?18,420 ?Sending ?73 ?Rate ?294 of 300\/s/,
      );
    }));

  it("is the sum of all Pages, and of one when it is chosen", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      assert.equal(await heading(page).textContent(), "All Pages");
      assert.equal(await text(figure(page, "Backlog"))(), "20,826 messages");
      assert.equal(await text(figure(page, "Last second"))(), "298 of 1,500");
      assert.equal(await page.title(), "(20,826) Queue · messenger-send");
      assert.match(await text(page.locator("#totals"))(), /Delivered ?1,081,353/);
      await page.getByRole("link", { name: "107700165522318" }).first().click();
      await expectEventually(() => heading(page).textContent(), "Page 107700165522318");
      assert.equal(await text(figure(page, "Backlog"))(), "0 messages");
      assert.match(await text(page.locator("#totals"))(), /Delivered ?30,412/);
      assert.equal(await page.locator("#errors > li").count(), 0);
      assert.equal(await page.locator("#no-errors").isVisible(), true);
      await page.goBack();
      await expectEventually(() => heading(page).textContent(), "All Pages");
    }));

  it("counts a pause down by the Worker's clock, and says why it is", () =>
    // The computer of who looks is two minutes ahead.
    site.visit({ time: NOW + 120_000, hash: "#page=110044772200199" }, async (page) => {
      await ready(page);
      const pause = card(page, "110044772200199").locator(".pause");
      const sentence = (left) =>
        `Meta's rate limit is reached (code 613). Sending resumes in ${left}.`;
      assert.equal(await pause.textContent(), sentence("2:05"));
      assert.equal(await page.locator("#pause").textContent(), sentence("2:05"));
      site.worker.answer = SILENCE;
      await page.clock.runFor(5_000);
      assert.equal(await pause.textContent(), sentence("2:00"));
      assert.match(
        await card(page, "100233118802745").locator(".pause").textContent(),
        /^The access token was refused \(code 190\)\./,
      );
    }));

  it("tells who listens that a Page was paused, and that it sends again", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      const announced = page.getByRole("status");
      site.worker.answer = json({ pages: busy().map((one) => ({ ...one, pause: null })) });
      await page.clock.runFor(2_000);
      await expectEventually(() => announced.textContent(), "0 of 5 Pages are paused.");
      const [first, ...others] = busy().map((one) => ({ ...one, pause: null }));
      const pause = { until: new Date(NOW + 60_000).toISOString(), reason: "outage", code: 2 };
      site.worker.answer = json({ pages: [{ ...first, pause }, ...others] });
      await page.clock.runFor(2_000);
      await expectEventually(() => announced.textContent(), "Page 104215889910231 is paused.");
    }));

  it("is the last errors, newest first, with what to do and the trace", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      const errors = page.locator("#errors > li");
      assert.equal(await errors.count(), 3);
      assert.match(
        await text(errors.first())(),
        /^Refused ?window ?code 10 ?28 Nov,? 09:59:40 ?The 24-hour window is closed.*Page ?104215889910231 ?Message ?msg_01JDQXA1 ?Trace ?AXv9sQ4oYb2LrT0kPzW7dEe$/,
      );
    }));

  it("keeps a text selected that somebody copies from, while the numbers go on", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      await page.evaluate(() => {
        getSelection().selectAllChildren(document.querySelector("#errors .facts"));
      });
      site.worker.answer = json({
        pages: busy().map((one) => ({ ...one, backlog: one.backlog + 1 })),
      });
      await page.clock.runFor(2_000);
      await expectEventually(text(figure(page, "Backlog")), "20,831 messages");
      assert.match(await page.evaluate(() => getSelection().toString()), /AXv9sQ4oYb2LrT0kPzW7dEe/);
    }));

  it("can be searched, and shows no more cards than can be read at once", () => {
    site.worker.answer = json({
      pages: Array.from({ length: 300 }, (_, index) => pageOf(String(1_000_000 + index))),
    });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      assert.equal(await cards(page).count(), 24);
      await page.getByLabel("Find a Page").fill("10002");
      await expectEventually(() => cards(page).count(), 24);
      assert.equal(await page.locator("#list-count").textContent(), "100 of 300");
      await page.getByRole("button", { name: "Show all 100" }).click();
      await expectEventually(() => cards(page).count(), 100);
      await page.getByLabel("Find a Page").fill("no such Page");
      await expectEventually(() => page.locator("#none").textContent(), /No Page has this/);
    });
  });

  it("says so when there is nothing yet", () => {
    site.worker.answer = json({ pages: [] });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      assert.match(await page.locator("#none").textContent(), /^No Page yet/);
      assert.equal(await text(figure(page, "Backlog"))(), "0 messages");
    });
  });
});

describe("the chart", () => {
  const minutes = hour(0, {
    10: { sent: 200, delivered: 190 },
    11: { sent: 100, delivered: 100, refused: 1, unknown: 2, dead: 3 },
  });

  it("has a name and says in a sentence what it shows", () => {
    site.worker.answer = json({ pages: [pageOf("1", { minutes })] });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      const picture = page.getByRole("img", { name: "Outcomes per minute, 09:00 to 09:59" });
      assert.equal(
        await picture.locator("desc").textContent(),
        "300 sent, 290 delivered, 1 refused, 2 unknown, 3 dead. Most were sent at 09:10: 200.",
      );
    });
  });

  it("draws each outcome to its scale, and a single failure so that it is seen", () => {
    site.worker.answer = json({ pages: [pageOf("1", { minutes })] });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      const heights = await page
        .locator("#chart .part")
        .evaluateAll((parts) =>
          parts.map((part) => [part.getAttribute("class"), Number(part.getAttribute("height"))]),
        );
      assert.deepEqual(
        heights.map(([name]) => name),
        ["part sent", "part sent", "part refused", "part unknown", "part dead"],
      );
      assert.ok(Math.abs(heights[0][1] - 2 * heights[1][1]) <= 0.1, "200 is twice 100");
      assert.equal(heights[2][1], 3);
      const points = await page.locator("#chart polyline").getAttribute("points");
      assert.equal(points.split(" ").length, 60);
    });
  });

  it("has the same numbers as a table, by keyboard", () => {
    site.worker.answer = json({ pages: [pageOf("1", { minutes })] });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      await page.getByRole("button", { name: "Table" }).focus();
      await page.keyboard.press("Enter");
      const row = page.getByRole("row").filter({ hasText: "09:11" });
      assert.deepEqual(await row.getByRole("cell").allTextContents(), [
        "100",
        "100",
        "1",
        "2",
        "3",
      ]);
      assert.equal(await page.getByRole("row").count(), 61);
      assert.equal(await page.getByRole("img", { name: /Outcomes/ }).isVisible(), false);
      // What scrolls can be reached by keyboard.
      await page.keyboard.press("Tab");
      assert.equal(
        await page.evaluate(() => document.activeElement.getAttribute("aria-label")),
        "Outcomes per minute, as a table",
      );
    });
  });

  it("tells the numbers of the minute under the pointer", () => {
    site.worker.answer = json({ pages: [pageOf("1", { minutes })] });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      await page.locator("#chart .part.sent").first().hover();
      await expectEventually(
        text(page.locator(".read-out")),
        "09:10: 200 sent, 190 delivered, 0 refused, 0 unknown, 0 dead",
      );
    });
  });

  it("keeps a gap where minutes are missing", () => {
    site.worker.answer = json({ pages: [pageOf("1", { minutes: [minutes[11], minutes[59]] })] });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      await page.getByRole("button", { name: "Table" }).click();
      assert.equal(await page.getByRole("row").count(), 61);
      assert.match(await text(page.getByRole("row").filter({ hasText: "09:11" }))(), /09:11 ?100/);
    });
  });
});

describe("asking", () => {
  it("goes on every two seconds, not while the page is hidden or stopped", () =>
    site.visit({ time: NOW }, async (page) => {
      await ready(page);
      await asked(1);
      for (const count of [2, 3]) {
        await page.clock.runFor(2_000);
        await asked(count);
        await ready(page);
      }
      await hide(page, true);
      await page.clock.runFor(60_000);
      assert.equal(site.worker.asked.length, 3);
      await hide(page, false);
      await asked(4);
      await page.getByRole("button", { name: "Stop updating" }).click();
      await expectEventually(() => connection(page).textContent(), /Stopped/);
      await page.clock.runFor(60_000);
      assert.equal(site.worker.asked.length, 4);
      await page.getByRole("button", { name: "Stop updating" }).click();
      await asked(5);
    }));

  it("backs off while the Worker answers errors, says so, and recovers", () => {
    site.worker.answer = json({ pages: busy() });
    return site.visit({ time: NOW, tolerates: FAILED }, async (page) => {
      await ready(page);
      site.worker.answer = problem(
        500,
        "Something failed",
        "The Worker could not read its objects.",
      );
      await page.clock.runFor(2_000);
      await expectEventually(
        text(notice(page)),
        /^Something failed The Worker could not read its objects\. Asking again in 4 s\./,
      );
      assert.equal(await text(connection(page))(), "Last answer 2 s ago");
      assert.equal(await cards(page).count(), 5, "the last numbers stay");
      // 4, 8, 16, 32, 60 and again 60 seconds.
      for (const [index, seconds] of [4, 8, 16, 32, 60].entries()) {
        await page.clock.runFor(seconds * 1000 - 1);
        assert.equal(site.worker.asked.length, 2 + index, `not before ${seconds} s`);
        await page.clock.runFor(1);
        await asked(3 + index);
        const next = [8, 16, 32, 60, 60][index];
        await expectEventually(
          text(notice(page)),
          new RegExp(`Asking again in ${next === 60 ? "1:00" : `${next} s`}\\.`),
        );
      }
      site.worker.answer = json({ pages: busy() });
      await page.getByRole("button", { name: "Try now" }).click();
      await ready(page);
      assert.equal(await notice(page).isVisible(), false);
      assert.equal(await page.getByRole("status").textContent(), "The Worker answers again.");
      const before = site.worker.asked.length;
      await page.clock.runFor(2_000);
      await asked(before + 1);
    });
  });

  it("keeps the time that a 429 asks for, and offers no way around it", () => {
    site.worker.answer = problem(429, "Too many requests", "Ask less often.", {
      "Retry-After": "90",
    });
    return site.visit({ time: NOW, tolerates: FAILED }, async (page) => {
      await expectEventually(
        text(notice(page)),
        /^Too many requests Ask less often\. Asking again in 1:30\./,
      );
      assert.equal(await page.getByRole("button", { name: "Try now" }).isVisible(), false);
      // Nor is the time over for who looks away and back, or stops and goes on.
      await hide(page, true);
      await page.clock.runFor(10_000);
      await hide(page, false);
      const stop = page.getByRole("button", { name: "Stop updating" });
      await stop.click();
      await stop.click();
      await page.clock.runFor(79_000);
      assert.equal(site.worker.asked.length, 1);
      site.worker.answer = json({ pages: [] });
      await page.clock.runFor(1_000);
      await ready(page);
    });
  });

  it("says what a key may not do, and stays signed in", () => {
    site.worker.answer = problem(403, "Not allowed", "This key may not read Pages.");
    return site.visit({ time: NOW, tolerates: FAILED }, async (page) => {
      await expectEventually(text(notice(page)), /^Not allowed This key may not read Pages\./);
      assert.equal(await page.locator("#queue").isVisible(), false);
      assert.equal(await page.getByRole("button", { name: "Sign out" }).isVisible(), true);
    });
  });

  it("gives up on silence after ten seconds", () => {
    site.worker.answer = SILENCE;
    return site.visit({ time: NOW }, async (page) => {
      await asked(1);
      await page.clock.runFor(9_999);
      assert.equal(await notice(page).isVisible(), false);
      await page.clock.runFor(1);
      await expectEventually(
        text(notice(page)),
        /^The Worker does not answer Asking again in 4 s\./,
      );
    });
  });

  for (const [name, answer, expected] of [
    [
      "a page of a proxy",
      { status: 502, headers: { "Content-Type": "text/html" }, body: "<h1>Bad gateway</h1>" },
      /^The Worker answers 502/,
    ],
    [
      "no JSON",
      { status: 200, headers: {}, body: "<!doctype html>" },
      /^The Worker's answer cannot be read/,
    ],
    ["another JSON", json([1, 2, 3]), /^The Worker's answer cannot be read/],
    ["null", json(null), /^The Worker's answer cannot be read/],
    ["a problem that is none", { ...json({ title: 7 }, 500), status: 500 }, /^7/],
  ]) {
    it(`says that it cannot read ${name}`, () => {
      site.worker.answer = answer;
      return site.visit({ time: NOW, tolerates: FAILED }, async (page) => {
        await expectEventually(text(notice(page)), expected);
      });
    });
  }
});

describe("texts from outside", () => {
  const everywhere = {
    pages: [
      pageOf(HOSTILE, {
        pause: { until: new Date(NOW + 60_000).toISOString(), reason: HOSTILE, code: HOSTILE },
        last_errors: [
          failure({
            id: HOSTILE,
            status: HOSTILE,
            kind: HOSTILE,
            code: HOSTILE,
            hint: HOSTILE,
            fbtrace_id: HOSTILE,
          }),
        ],
      }),
      pageOf("W".repeat(500), { last_errors: [failure({ hint: "W".repeat(5_000) })] }),
      pageOf("\ud800"),
    ],
  };

  it("stay texts, wherever they stand", () => {
    site.worker.answer = json(everywhere);
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      await quiet(page);
      await page.getByRole("link", { name: HOSTILE }).first().click();
      await expectEventually(() => heading(page).textContent(), `Page ${HOSTILE}`);
      assert.equal(await page.locator("#errors .hint").textContent(), HOSTILE);
      await quiet(page);
      site.worker.answer = problem(500, HOSTILE, HOSTILE);
    });
  });

  it("stay texts in a problem document", () => {
    site.worker.answer = problem(500, HOSTILE, HOSTILE);
    return site.visit({ time: NOW, tolerates: FAILED }, async (page) => {
      await expectEventually(() => page.locator("#notice-title").textContent(), HOSTILE);
      await quiet(page);
    });
  });

  it("never hold the key, should the Worker send it back", () => {
    const escaped = `\\u0065${KEY.slice(1)}`;
    site.worker.answer = {
      status: 500,
      headers: {},
      body: `{"title":"What of ${KEY}?","detail":"Or of ${escaped}?"}`,
    };
    return site.visit({ time: NOW, tolerates: FAILED }, async (page) => {
      await expectEventually(() => page.locator("#notice-title").textContent(), "What of [key]?");
      assert.equal(await page.locator("#notice-detail").textContent(), "Or of [key]?");
    });
  });

  it("of any type are shown or left out, without an error", () => {
    const odd = [null, 7, "text", [], {}, { id: 5, backlog: "many", sending: -3, rate: null }];
    odd.push({
      id: "x",
      pause: "soon",
      totals: 4,
      minutes: [null, { minute: "?" }],
      last_errors: [null, 1],
    });
    odd.push({
      id: "y",
      backlog: 1e308,
      minutes: [{ minute: "2026-11-28T09:59:00Z", sent: Infinity }],
    });
    site.worker.answer = json({ pages: odd });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      assert.ok((await cards(page).count()) > 0);
      await quiet(page);
    });
  });

  async function quiet(page) {
    assert.equal(
      await page.locator("img:not([src='/icon.svg']), script:not([src]), iframe").count(),
      0,
    );
    assert.match(await page.title(), /Queue · messenger-send$/);
  }
});

describe("by keyboard", () => {
  it("the whole page can be used", () => {
    site.worker.answer = json({ pages: busy() });
    return site.visit({ time: NOW, signedIn: false }, async (page) => {
      const press = async (key, name) => {
        await page.keyboard.press(key);
        await expectEventually(
          () => page.evaluate(() => document.activeElement.textContent.trim()),
          name,
        );
      };
      assert.equal(await page.evaluate(() => document.activeElement.id), "key");
      await page.keyboard.type(KEY);
      await page.keyboard.press("Enter");
      await ready(page);
      await page.getByRole("button", { name: "Stop updating" }).focus();
      await press("Tab", "Sign out");
      await press("Tab", "110044772200199");
      const focused = card(page, "110044772200199");
      assert.notEqual(await focused.evaluate((one) => getComputedStyle(one).outlineStyle), "none");
      await press("Tab", "100233118802745");
      await page.keyboard.press("Enter");
      await expectEventually(() => heading(page).textContent(), "Page 100233118802745");
      assert.equal(await page.evaluate(() => document.activeElement.id), "details");
      await press("Tab", "All Pages");
      await press("Tab", "Table");
    });
  });

  it("the focus and the order stay while the numbers change", () => {
    site.worker.answer = json({ pages: busy() });
    return site.visit({ time: NOW }, async (page) => {
      await ready(page);
      const link = page.getByRole("link", { name: "101950338800417" });
      await link.focus();
      const order = await page.locator(".page-head h3").allTextContents();
      site.worker.answer = json({
        pages: busy().map((one) =>
          one.id === "101950338800417" ? { ...one, backlog: 99_999 } : one,
        ),
      });
      await page.clock.runFor(2_000);
      await expectEventually(text(card(page, "101950338800417")), /99,999/);
      assert.equal(await link.evaluate((one) => one === document.activeElement), true);
      assert.deepEqual(await page.locator(".page-head h3").allTextContents(), order);
    });
  });
});

describe("the layout", () => {
  for (const width of [320, 375, 1440]) {
    it(`never scrolls sideways at ${width} px, whatever is in it`, () => {
      site.worker.answer = json({
        pages: [
          ...busy(),
          pageOf("9".repeat(300), {
            backlog: 123_456_789,
            pause: { until: new Date(NOW + 1e7).toISOString(), reason: "W".repeat(200), code: 1 },
            last_errors: [failure({ hint: "W".repeat(300), fbtrace_id: "W".repeat(300) })],
          }),
        ],
      });
      return site.visit({ time: NOW, width, height: 800, tolerates: FAILED }, async (page) => {
        await ready(page);
        assert.equal(await sideways(page), 0);
        await page.getByRole("button", { name: "Table" }).click();
        assert.equal(await sideways(page), 0, "with the table");
        site.worker.answer = problem(500, "W".repeat(300), "W".repeat(300));
        await page.clock.runFor(2_000);
        await expectEventually(() => notice(page).isVisible(), true);
        assert.equal(await sideways(page), 0, "with a problem");
      });
    });
  }

  it("shows a chosen Page on a phone, where its numbers stand below the list", () => {
    site.worker.answer = json({ pages: busy() });
    return site.visit({ time: NOW, width: 375, height: 800 }, async (page) => {
      await ready(page);
      assert.equal(await inView(heading(page)), false);
      await page.getByRole("link", { name: "110044772200199" }).first().click();
      await expectEventually(() => inView(heading(page)), true);
    });
  });

  it("moves only where motion is welcome", async () => {
    for (const [reducedMotion, expected] of [
      ["reduce", "0s"],
      ["no-preference", "0.4s"],
    ]) {
      site.worker.answer = json({ pages: busy() });
      await site.visit({ time: NOW, reducedMotion }, async (page) => {
        await ready(page);
        const bar = page.locator(".rate-bar").first();
        assert.equal(
          await bar.evaluate((one) => getComputedStyle(one).transitionDuration),
          expected,
        );
      });
    }
  });

  const sideways = (page) =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  const inView = (locator) =>
    locator.evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
});

describe("axe-core", () => {
  const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [375, 1440]) {
      it(`finds nothing (${colorScheme}, ${width} px)`, () =>
        site.visit(
          { time: NOW, colorScheme, width, signedIn: false, tolerates: FAILED },
          async (page) => {
            await page.evaluate(`${await axe}; undefined`);
            const found = async () => {
              // axe waits by timers of its own.
              await page.clock.resume();
              const { violations } = await page.evaluate(() => globalThis.axe.run());
              return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`);
            };
            assert.deepEqual(await found(), [], "signing in");
            await page.getByLabel("Key", { exact: true }).fill("schlüssel");
            await page.keyboard.press("Enter");
            assert.deepEqual(await found(), [], "a wrong key");
            site.worker.answer = json({ pages: busy() });
            await page.getByLabel("Key", { exact: true }).fill(KEY);
            await page.keyboard.press("Enter");
            await ready(page);
            assert.deepEqual(await found(), [], "all Pages");
            await page.getByRole("link", { name: "110044772200199" }).first().click();
            await expectEventually(() => heading(page).textContent(), /^Page/);
            await page.getByRole("button", { name: "Table" }).click();
            assert.deepEqual(await found(), [], "one Page, with its table");
            site.worker.answer = problem(500, "Something failed", "The Worker could not read.");
            await expectEventually(() => notice(page).isVisible(), true);
            assert.deepEqual(await found(), [], "a problem");
          },
        ));
    }
  }
});
