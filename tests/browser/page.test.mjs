// The demo page in a real browser, with the built package and the local Graph: composing, checking, sending, and what must never happen.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";
import { error, halfJson } from "../local-graph/steps.mjs";

const HOSTILE = `<img src=x onerror="document.title='broken'"> \u202Eשלום مرحبا ${"👩‍👩‍👧"} </code><script>alert(1)</script> & "quoted" \\`;

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

const ready = (page) => expectEventually(() => page.status.textContent(), "Ready to send");

describe("composing", () => {
  it("shows the request as it will be posted", () =>
    site.visit({}, async (page) => {
      await ready(page);
      await page.addressedBy.selectOption("user_ref");
      await page.recipient.fill("ref-77");
      await page.messagingType.selectOption("UPDATE");
      await page.text.fill("Tea or coffee?\nBoth are hot.");
      await page.button("Remove", 3).click();
      await page.title(1).fill("Tea");
      await page.payload(1).fill("TEA");
      await page.title(2).fill("Coffee");
      await page.payload(2).fill("COFFEE");
      assert.deepEqual(await page.request(), {
        recipient: { user_ref: "ref-77" },
        messaging_type: "UPDATE",
        message: {
          text: "Tea or coffee?\nBoth are hot.",
          quick_replies: [
            { content_type: "text", title: "Tea", payload: "TEA" },
            { content_type: "text", title: "Coffee", payload: "COFFEE" },
          ],
        },
      });
      await ready(page);
    }));

  it("adds, moves and removes quick replies", () =>
    site.visit({}, async (page) => {
      const titles = async () => (await page.request()).message.quick_replies?.map((reply) => reply.title);
      await ready(page);
      assert.deepEqual(await titles(), ["Small", "Medium", "Large"]);
      await page.add.click();
      await page.title(4).fill("Giant");
      assert.deepEqual((await page.request()).message.quick_replies[3], { content_type: "text", title: "Giant", payload: "Giant" });
      await page.button("Move up", 4).click();
      await page.button("Move down", 1).click();
      assert.deepEqual(await titles(), ["Medium", "Small", "Giant", "Large"]);
      for (let n = 4; n > 0; n -= 1) await page.button("Remove", 1).click();
      // An empty list is an error of its own, so with the last reply the member goes.
      assert.deepEqual(Object.keys((await page.request()).message), ["text"]);
      await ready(page);
    }));

  it("works by keyboard alone, and keeps the focus where the work is", () =>
    site.visit({}, async (page, browserPage) => {
      const focused = () => browserPage.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent);
      await ready(page);
      await page.add.focus();
      await browserPage.keyboard.press("Enter");
      assert.equal(await focused(), "Title");
      await browserPage.keyboard.type("Giant");
      assert.equal((await page.request()).message.quick_replies[3].title, "Giant");
      await page.button("Move up", 4).focus();
      await browserPage.keyboard.press("Enter");
      assert.equal(await focused(), "Move up quick reply 3");
      await browserPage.keyboard.press("Space");
      assert.equal(await focused(), "Move up quick reply 2");
      await page.button("Remove", 4).focus();
      await browserPage.keyboard.press("Enter");
      assert.equal(await focused(), "Remove quick reply 3");
      assert.deepEqual((await page.request()).message.quick_replies.map((reply) => reply.title), ["Small", "Giant", "Medium"]);
      await page.platform("Messenger").focus();
      await browserPage.keyboard.press("ArrowRight");
      assert.ok(await page.platform("Instagram").isChecked());
      await page.send.focus();
      await browserPage.keyboard.press("Enter");
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
    }));

  it("can be typed in before the package has arrived, and counts and checks from then on", () => {
    let arrive;
    const arrival = new Promise((resolve) => {
      arrive = resolve;
    });
    const prepare = (page) =>
      page.route("**/pkg/**", async (route) => {
        await arrival;
        await route.continue();
      });
    return site.visit({ prepare }, async (page) => {
      await page.text.fill("Typed early");
      assert.equal((await page.request()).message.text, "Typed early");
      assert.match(await page.status.textContent(), /Loading/);
      await page.title(1).fill("");
      arrive();
      await expectEventually(() => page.status.textContent(), "1 error");
      assert.equal(await page.text.inputValue(), "Typed early");
      assert.deepEqual(await page.issuesAt(page.title(1)), ["quick_reply.title.empty"]);
    });
  });

  it("says so when the package cannot be loaded, still shows the request, and can try again", () => {
    const prepare = (page) => page.route("**/pkg/**", (route) => route.abort());
    return site.visit({ prepare, tolerate: "/pkg/" }, async (page, browserPage) => {
      await expectEventually(() => page.status.textContent(), /did not load/);
      await page.text.fill("Still here");
      assert.equal((await page.request()).message.text, "Still here");
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), /did not load/);
      assert.equal(site.graph.requests.length, 0);
      await browserPage.unroute("**/pkg/**");
      await browserPage.getByRole("button", { name: "Try again" }).click();
      await ready(page);
    });
  });
});

describe("checking", () => {
  const mistakes = [
    {
      name: "2001 characters",
      code: "text.too_long",
      at: (page) => page.text,
      make: (page) => page.text.fill("x".repeat(2001)),
      mend: (page) => page.text.fill("x".repeat(1999)),
    },
    {
      name: "a quick reply without a title",
      code: "quick_reply.title.empty",
      at: (page) => page.title(2),
      make: (page) => page.title(2).fill(""),
      mend: (page) => page.title(2).fill("Medium"),
    },
    {
      name: "a title of 21 characters",
      code: "quick_reply.title.too_long",
      at: (page) => page.title(3),
      make: (page) => page.title(3).fill("x".repeat(21)),
      mend: (page) => page.title(3).fill("x".repeat(20)),
    },
    {
      name: "14 quick replies",
      code: "quick_replies.too_many",
      at: (page) => page.replies,
      make: async (page) => {
        for (let n = 4; n <= 14; n += 1) {
          await page.add.click();
          await page.title(n).fill(`Size ${n}`);
        }
      },
      mend: (page) => page.button("Remove", 14).click(),
    },
  ];
  for (const { name, code, at, make, mend } of mistakes) {
    it(`shows ${name} at its field and in the summary, until it is mended`, () =>
      site.visit({}, async (page) => {
        await ready(page);
        await make(page);
        await expectEventually(() => page.issuesAt(at(page)), [code]);
        assert.equal(await page.status.textContent(), "1 error");
        assert.equal(await page.summary("error").getByRole("listitem").count(), 1);
        assert.equal(await page.summary("warning").count(), 0);
        await mend(page);
        await expectEventually(() => page.issuesAt(at(page)), []);
        assert.equal(await page.summary("error").count(), 0);
        await ready(page);
      }));
  }

  it("marks a wrong field as invalid and reads the issue out once the typing pauses", () =>
    site.visit({}, async (page) => {
      await ready(page);
      assert.equal(await page.text.getAttribute("aria-invalid"), null);
      await page.text.fill("x".repeat(2001));
      assert.equal(await page.text.getAttribute("aria-invalid"), "true");
      await expectEventually(() => page.announced.textContent(), /^1 error\. .*2001/);
      await page.text.fill("fine");
      assert.equal(await page.text.getAttribute("aria-invalid"), null);
      await expectEventually(() => page.announced.textContent(), "Ready to send");
    }));

  it("lists warnings apart from errors, and sends in spite of them", () =>
    site.visit({}, async (page) => {
      await ready(page);
      await page.messagingType.selectOption({ label: "(none)" });
      assert.ok(!Object.hasOwn(await page.request(), "messaging_type"));
      await expectEventually(() => page.status.textContent(), "Can be sent, 1 warning");
      assert.equal((await page.issuesAt(page.messagingType)).length, 1);
      assert.equal(await page.summary("error").count(), 0);
      await page.title(1).fill("");
      await expectEventually(() => page.status.textContent(), "1 error, 1 warning");
      assert.equal(await page.summary("error").getByRole("listitem").count(), 1);
      assert.equal(await page.summary("warning").getByRole("listitem").count(), 1);
      await page.title(1).fill("Small");
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
    }));

  it("leads from the summary to the field", () =>
    site.visit({}, async (page) => {
      await ready(page);
      await page.title(2).fill("");
      await page.text.focus();
      await page.summary("error").getByRole("button").click();
      assert.ok(await page.title(2).evaluate((input) => input === document.activeElement));
    }));

  it("counts in the platform's own unit and by its own limit", () =>
    site.visit({}, async (page, browserPage) => {
      const counter = browserPage.locator("#compose .counter-number").first();
      await ready(page);
      await page.text.fill("é".repeat(501));
      assert.equal(await counter.textContent(), "501 / 2,000");
      await ready(page);
      await page.platform("Instagram").check({ force: true });
      assert.equal(await counter.textContent(), "1,002 / 1,000 bytes");
      await expectEventually(() => page.issuesAt(page.text), ["text.too_many_bytes"]);
      await page.platform("Messenger").check({ force: true });
      await expectEventually(() => page.issuesAt(page.text), []);
    }));

  it("knows a tag that was withdrawn", () =>
    site.visit({}, async (page) => {
      await ready(page);
      await page.messagingType.selectOption("MESSAGE_TAG");
      await expectEventually(async () => (await page.issuesAt(page.tag)).length, 1);
      await page.tag.fill("ACCOUNT_UPDATE");
      await expectEventually(() => page.summary("error").textContent(), /2026-04-27/);
      await page.tag.fill("HUMAN_AGENT");
      await expectEventually(() => page.issuesAt(page.tag), []);
    }));
});

describe("sending", () => {
  it("posts exactly the request that is shown, and shows the receipt", () =>
    site.visit({}, async (page) => {
      await ready(page);
      await page.text.fill(`Ça va ? 🎉\n${HOSTILE}`);
      const shown = await page.request();
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
      const [receipt, ...others] = site.graph.accepted;
      assert.equal(others.length, 0);
      const outcome = await page.outcome.textContent();
      assert.ok(outcome.includes(receipt.message_id), outcome);
      assert.ok(outcome.includes(shown.recipient.id), outcome);
      const posted = site.graph.requests.filter((request) => request.method === "POST");
      assert.equal(posted.length, 1);
      const { access_token, ...params } = posted[0].params;
      assert.deepEqual(params, shown);
      assert.match(posted[0].path, /^\/v\d+\.\d+\/me\/messages$/);
    }));

  it("shows a refusal with its kind, its delivery and a hint", () =>
    site.visit({ tolerate: "/me/messages" }, async (page) => {
      await ready(page);
      site.graph.script(error({ code: 190, message: HOSTILE }));
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Not delivered: auth");
      const facts = await factsOf(page.outcome);
      assert.equal(facts.kind, "auth");
      assert.equal(facts.delivery, "rejected");
      assert.equal(facts.code, "190");
      assert.ok(facts.message.includes("<img src=x onerror="), facts.message);
      assert.match(await page.outcome.locator("p").nth(1).textContent(), /token/i, "the hint");
      assert.equal(site.graph.accepted.length, 0);

      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
    }));

  it("says when nobody knows whether the person got it", () =>
    site.visit({ tolerate: "/me/messages" }, async (page) => {
      await ready(page);
      site.graph.script(halfJson());
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Not confirmed: invalid_response");
      assert.equal((await factsOf(page.outcome)).delivery, "unknown");
      assert.equal(site.graph.requests.length, 1, "it is not sent again");
    }));

  it("sends nothing that is not right, and leads to what is wrong", () =>
    site.visit({}, async (page) => {
      await ready(page);
      await page.title(2).fill("");
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), /^Not sent/);
      assert.equal(site.graph.requests.length, 0);
      await page.outcome.getByRole("button", { name: "Show the first" }).click();
      assert.ok(await page.title(2).evaluate((input) => input === document.activeElement));
    }));

  it("explains itself on a page that was served without a Graph", () =>
    site.visit({ withGraph: false, tolerate: "/config.json" }, async (page) => {
      await ready(page);
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Nothing to send to");
      assert.match(await page.outcome.textContent(), /npm start/);
      assert.equal(site.graph.requests.length, 0);
    }));
});

describe("the page", () => {
  it("shows hostile text as text", () =>
    site.visit({}, async (page, browserPage) => {
      await ready(page);
      const elements = () => browserPage.locator("img, script:not([src]), iframe, object").count();
      await page.text.fill(HOSTILE);
      await page.recipient.fill(HOSTILE);
      await page.tag.fill(HOSTILE);
      await page.title(1).fill(HOSTILE);
      await page.payload(1).fill(HOSTILE);
      const request = await page.request();
      assert.deepEqual(
        [request.message.text, request.recipient.id, request.tag, request.message.quick_replies[0].title, request.message.quick_replies[0].payload],
        Array(5).fill(HOSTILE),
      );
      assert.equal(await page.preview.locator(".bubble").textContent(), HOSTILE);
      assert.equal(await page.preview.getByRole("listitem").first().textContent(), HOSTILE);
      assert.ok((await page.issuesAt(page.tag)).length > 0);
      assert.equal(await elements(), 0);
      assert.match(await browserPage.title(), /^Compose a message/);
    }));

  const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 360]) {
      it(`has nothing serious to say to axe-core (${colorScheme}, ${width} px)`, () =>
        site.visit({ colorScheme, width, tolerate: "/me/messages" }, async (page, browserPage) => {
          const serious = async () => {
            const { violations } = await browserPage.evaluate(() => globalThis.axe.run());
            return violations
              .filter(({ impact }) => impact === "serious" || impact === "critical")
              .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
          };
          await browserPage.evaluate(`${await axe}; undefined`);
          await ready(page);
          assert.deepEqual(await serious(), [], "at rest");
          site.graph.script(error({ code: 190 }));
          await page.send.click();
          await expectEventually(() => page.outcome.getByRole("heading").textContent(), /auth/);
          await page.messagingType.selectOption({ label: "(none)" });
          await page.text.fill("x".repeat(2001));
          await page.title(1).fill("");
          await page.kind(2).selectOption("user_phone_number");
          assert.deepEqual(await serious(), [], "with issues and a refusal");
        }));
    }
  }

  for (const width of [360, 1280]) {
    it(`never scrolls sideways at ${width} px`, () =>
      site.visit({ width, height: 740, tolerate: "/me/messages" }, async (page, browserPage) => {
        const overflow = () => browserPage.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        await ready(page);
        assert.equal(await overflow(), 0);
        site.graph.script(error({ code: 190, message: "m".repeat(300), error_data: { detail: "d".repeat(300) } }));
        await page.send.click();
        await expectEventually(() => page.outcome.getByRole("heading").textContent(), /auth/);
        for (let n = 4; n <= 14; n += 1) await page.add.click();
        await page.text.fill("W".repeat(2001));
        await page.recipient.fill("9".repeat(300));
        await page.tag.fill("T".repeat(300));
        await page.title(1).fill("W".repeat(300));
        await page.payload(1).fill("W".repeat(1001));
        await page.kind(2).selectOption("user_phone_number");
        await expectEventually(() => page.status.textContent(), /errors/);
        assert.equal(await overflow(), 0);
      }));
  }
});

async function factsOf(outcome) {
  const pairs = await outcome.locator("dl > div").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]),
  );
  return Object.fromEntries(pairs);
}
