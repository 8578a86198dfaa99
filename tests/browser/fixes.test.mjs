// Fix buttons in a real browser: what one click can mend, with what was cut shown, and new rows that are given time.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { nearest, shortened } from "../../www/check/fixes.js";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

const BASE = { recipient: { id: "7001002003004005" }, messaging_type: "RESPONSE" };

describe("the words that were meant", () => {
  it("are found where they are near, and only there", () => {
    const members = ["text", "quick_replies", "attachment", "metadata"];
    assert.equal(nearest("txt", members), "text");
    assert.equal(nearest("quickReplies", members), "quick_replies");
    assert.equal(nearest("atachmnet", members), "attachment");
    assert.equal(nearest("body", members), undefined);
    assert.equal(nearest("x".repeat(5000), members), undefined);
  });
});

describe("a text that is shortened", () => {
  it("keeps its limit in the limit's own unit, and loses no part of a grapheme", () => {
    assert.deepEqual(shortened("x".repeat(21), 20, "characters"), ["x".repeat(20), "x"]);
    assert.deepEqual(shortened("x".repeat(20), 20, "characters"), ["x".repeat(20), ""]);
    assert.deepEqual(shortened("éé", 3, "bytes"), ["é", "é"]);
    assert.deepEqual(shortened("a👨‍👩‍👧b", 4, "characters"), ["a", "👨‍👩‍👧b"]);
  });
});

describe("a fix button", () => {
  const cases = [
    {
      name: "adds messaging_type",
      request: { recipient: BASE.recipient, message: { text: "a" } },
      button: "Add messaging_type: RESPONSE",
      expected: { ...BASE, message: { text: "a" } },
    },
    {
      name: "renames a member that was misspelt",
      request: { ...BASE, message: { text: "a", metdata: "b" } },
      button: "Rename to metadata",
      expected: { ...BASE, message: { text: "a", metadata: "b" } },
    },
    {
      name: "removes a member that is not known",
      request: { ...BASE, message: { text: "a", zzz: 1 } },
      button: "Remove it",
      expected: { ...BASE, message: { text: "a" } },
    },
    {
      name: "takes the value that was meant",
      request: { ...BASE, messaging_type: "RESPONS", message: { text: "a" } },
      button: "Use RESPONSE",
      expected: { ...BASE, message: { text: "a" } },
    },
    {
      name: "shortens a title",
      request: {
        ...BASE,
        message: {
          text: "a",
          quick_replies: [{ content_type: "text", title: `${"x".repeat(20)}rest`, payload: "p" }],
        },
      },
      button: "Shorten to 20",
      expected: {
        ...BASE,
        message: {
          text: "a",
          quick_replies: [{ content_type: "text", title: "x".repeat(20), payload: "p" }],
        },
      },
      said: /Cut off: “rest”/,
    },
    {
      name: "keeps the first of a list that is too long",
      request: {
        ...BASE,
        message: {
          text: "a",
          quick_replies: Array.from({ length: 15 }, (_, n) => ({
            content_type: "text",
            title: `T${n}`,
            payload: "p",
          })),
        },
      },
      button: "Keep the first 13",
      check: ({ message }) => message.quick_replies.length === 13,
      said: /Cut off: “2 more”/,
    },
  ];
  for (const { name, request, button, expected, check, said } of cases) {
    it(name, () =>
      site.visit({}, async (page, browserPage) => {
        await page.ready();
        await page.load({ request });
        await browserPage
          .locator("#check")
          .getByRole("button", { name: button, exact: true })
          .first()
          .click();
        if (check) assert.ok(check(await page.request()));
        else assert.deepEqual(await page.request(), expected);
        if (said) assert.match(await page.notice.textContent(), said);
        await page.button("Undo").first().click();
        assert.deepEqual(await page.request(), request);
      }),
    );
  }

  it("stands at the field as well", () =>
    site.visit({}, async (page) => {
      await page.ready();
      const title = page.reply(1).getByLabel("Title");
      await title.fill("x".repeat(25));
      await page.reply(1).getByRole("button", { name: "Shorten to 20" }).click();
      assert.equal(await title.inputValue(), "x".repeat(20));
      await page.ready();
    }));

  it("splits a text that is too long into messages that can be sent, in their order", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const text = Array.from({ length: 700 }, (_, n) => `word${n}`).join(" ");
      await page.text.fill(text);
      await browserPage
        .locator("#check")
        .getByRole("button", { name: "Split into several messages" })
        .click();
      await expectEventually(
        () => browserPage.locator("#many .found").textContent(),
        /^3 messages from JSON lines: all can be sent/,
      );
      const parts = (await browserPage.locator("#many-text").inputValue())
        .split("\n")
        .map((line) => JSON.parse(line));
      assert.equal(parts.map(({ message }) => message.text).join(""), text);
      assert.deepEqual(
        parts.map(({ message }) => message.quick_replies?.length),
        [undefined, undefined, 3],
        "what belongs below the newest message stands there",
      );
      await page.button("Send all").click();
      await expectEventually(
        () => browserPage.locator("#send-many .progress").last().textContent(),
        /3 of 3 done/,
      );
      assert.equal(site.graph.accepted.map(({ params }) => params.message.text).join(""), text);
    }));
});

describe("a new row", () => {
  it("does not shout before it is touched, and tells all once somebody has been there or wants to send", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.button("Add quick reply").click();
      const title = page.reply(4).getByLabel("Title");
      assert.deepEqual(await page.issuesAt(title), []);
      assert.equal(await page.status.textContent(), "Something is still to be filled in");
      assert.equal(await page.summary("error").count(), 0);
      await title.focus();
      await page.reply(4).getByLabel("Payload").focus();
      await expectEventually(
        () => page.issuesAt(title),
        (all) => all.length > 0,
      );
      await title.fill("Giant");
      await page.ready();
      await page.button("Add quick reply").click();
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), /^Not sent/);
      assert.ok((await page.issuesAt(page.reply(5).getByLabel("Title"))).length > 0);
    }));
});
