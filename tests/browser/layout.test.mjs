// The layout in a real browser: one screen, the content first, rows that fold, copy and move, the phone at hand, and the gallery.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EXAMPLES } from "../../www/examples/examples.js";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

const titles = async (page) =>
  (await page.request()).message.quick_replies.map(({ title }) => title);
const isInView = (locator) =>
  locator.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return (
      top >= 0 &&
      left >= 0 &&
      bottom <= innerHeight &&
      right <= innerWidth &&
      element.checkVisibility()
    );
  });

describe("one screen", () => {
  for (const [width, height] of [
    [1280, 720],
    [1440, 900],
    [768, 1024],
  ]) {
    it(`holds the editor, the phone, the check and Send at ${width}x${height}, and the page does not scroll`, () =>
      site.visit({ width, height }, async (page, browserPage) => {
        await page.ready();
        for (const locator of [
          page.phone,
          page.status,
          page.send,
          page.tab("Form"),
          page.text,
          page.envelope,
        ])
          assert.ok(await isInView(locator), String(locator));
        await page.example("receipt");
        await browserPage.mouse.move(width / 4, height / 2);
        await browserPage.mouse.wheel(0, 2000);
        await expectEventually(
          () => browserPage.locator("#form").evaluate((form) => form.scrollTop > 100),
          true,
        );
        assert.equal(
          await browserPage.evaluate(() => document.documentElement.scrollHeight - innerHeight),
          0,
        );
        assert.ok(await isInView(page.phone));
      }));
  }

  it("begins with the content; to whom and why is one line, which opens", () =>
    site.visit({}, async (page) => {
      await page.ready();
      assert.match(await page.envelope.textContent(), /^To 7001002003004005 · RESPONSE/);
      assert.equal(await page.recipient.isVisible(), false);
      await page.envelope.click();
      await page.recipient.fill("7001002003004006");
      assert.match(await page.envelope.textContent(), /^To 7001002003004006/);
      await page.recipient.fill("");
      await page.envelope.click();
      assert.equal(
        await page.envelope.locator(".badge").textContent(),
        "error",
        "what is folded still says that something is wrong",
      );
      await page.button("Show the first").click();
      assert.ok(
        await page.recipient.evaluate((input) => input === document.activeElement),
        "and what leads there opens it",
      );
    }));

  it("on a phone shows the preview first, and keeps it, the check and Send at hand", () =>
    site.visit({ width: 390, height: 844 }, async (page, browserPage) => {
      await page.ready();
      assert.ok(await isInView(page.phone));
      await browserPage.evaluate(() => scrollTo(0, document.body.scrollHeight));
      assert.equal(await isInView(page.phone), false);
      await page.button("Preview").click();
      assert.ok(await isInView(page.phone));
      await browserPage.keyboard.press("Escape");
      assert.equal(await isInView(page.phone), false);
      const dock = browserPage.locator("#dock");
      assert.match(await dock.textContent(), /Ready to send/);
      await dock.getByRole("button", { name: "Send this message" }).click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
    }));
});

describe("rows", () => {
  it("are copied, folded and unfolded, and a folded one says what is in it", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.button("Duplicate quick reply 1").click();
      assert.deepEqual(await titles(page), ["Small", "Small", "Medium", "Large"]);
      const row = page.reply(2);
      await row.getByLabel("Title").fill("Tiny");
      await row.getByRole("button", { name: /^Quick reply 2/ }).click();
      assert.equal(await row.getByLabel("Title").isVisible(), false);
      assert.match(await row.textContent(), /Quick reply 2Tiny/);
      await page.button("Move up quick reply 2").click();
      assert.equal(
        await page.reply(1).getByLabel("Title").isVisible(),
        false,
        "folded where it has gone",
      );
      assert.ok(await page.reply(2).getByLabel("Title").isVisible());
      await page.group("Quick replies").getByRole("button", { name: "Fold all" }).click();
      assert.equal(await page.reply(4).getByLabel("Title").isVisible(), false);
      await page.group("Quick replies").getByRole("button", { name: "Unfold all" }).click();
      assert.ok(await page.reply(4).getByLabel("Title").isVisible());
    }));

  it("of a long list come folded, with a word of what is wrong inside, and open where one is led", () =>
    site.visit({}, async (page) => {
      await page.ready();
      const elements = Array.from({ length: 8 }, (_, n) => ({
        title: `Card ${n + 1}`,
        subtitle: n === 6 ? "x".repeat(81) : "fine",
      }));
      await page.load({
        request: {
          recipient: { id: "7001002003004005" },
          messaging_type: "RESPONSE",
          message: {
            attachment: { type: "template", payload: { template_type: "generic", elements } },
          },
        },
      });
      const row = page.group("Generic element 7");
      assert.equal(await row.getByLabel("Subtitle", { exact: true }).isVisible(), false);
      assert.match(await row.locator(".badge").textContent(), /error|warning/);
      await page.button("Show the first").click();
      assert.ok(
        await row
          .getByLabel("Subtitle", { exact: true })
          .evaluate((input) => input === document.activeElement),
      );
    }));

  for (const [from, to, expected] of [
    [1, 3, ["Medium", "Large", "Small"]],
    [3, 1, ["Large", "Small", "Medium"]],
  ]) {
    it(`are dragged: ${from} to ${to}`, () =>
      site.visit({ height: 1100 }, async (page, browserPage) => {
        await page.ready();
        const grip = (n) => page.reply(n).locator(".grip");
        await page.reply(1).hover();
        const [a, b] = [await grip(from).boundingBox(), await page.reply(to).boundingBox()];
        await browserPage.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
        await browserPage.mouse.down();
        for (let n = 1; n <= 12; n += 1) {
          await browserPage.mouse.move(
            a.x + 10,
            a.y + ((b.y + (to > from ? b.height - 6 : 6) - a.y) * n) / 12,
          );
          await browserPage.evaluate(() => new Promise(requestAnimationFrame));
        }
        await browserPage.mouse.up();
        await expectEventually(() => titles(page), expected);
        assert.equal(
          await page.reply(to).getByLabel("Title").inputValue(),
          "Small" === expected[to - 1] ? "Small" : "Large",
        );
        await page.button("Undo").click();
        assert.deepEqual(await titles(page), ["Small", "Medium", "Large"]);
      }));
  }

  it("that are removed, the last one too, leave the focus where the work is", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      for (const n of [3, 2, 1]) {
        await page.button(`Remove quick reply ${n}`).focus();
        await browserPage.keyboard.press("Enter");
      }
      const focused = () => browserPage.evaluate(() => document.activeElement.textContent);
      assert.match(await focused(), /Add Quick replies/);
      await browserPage.keyboard.press("Enter");
      assert.equal((await page.request()).message.quick_replies.length, 1);
    }));
});

describe("the gallery", () => {
  it("has a picture of each example, its wire name, the chosen one, and finds by either name", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.button("Examples").click();
      const cards = browserPage.locator(".example");
      assert.equal(await cards.count(), EXAMPLES.length);
      assert.ok((await browserPage.locator(".gallery-group h3").count()) >= 5);
      for (const picture of await browserPage.locator(".example .thumb").all())
        assert.ok(
          await picture.evaluate((one) => one.querySelector(".parts > *, .note-line") !== null),
        );
      assert.equal(
        await browserPage.locator('.example[aria-pressed="true"]').getAttribute("data-example"),
        "quick-replies",
      );
      assert.equal(
        await browserPage.locator('[data-example="carousel"] .example-wire').textContent(),
        "generic",
      );
      const search = browserPage.getByRole("searchbox", { name: "Search the examples" });
      const shown = () =>
        cards.evaluateAll((all) =>
          all.filter((one) => one.checkVisibility()).map((one) => one.dataset.example),
        );
      await search.fill("customer_feedback");
      assert.deepEqual(await shown(), ["feedback"]);
      await search.fill("nothing of the kind");
      assert.deepEqual(await shown(), []);
      assert.match(
        await browserPage.locator(".dialog").textContent(),
        /No example has these words/,
      );
      await search.fill("receipt");
      await browserPage.locator('[data-example="receipt"]').click();
      assert.equal((await page.request()).message.attachment.payload.template_type, "receipt");
      assert.equal(await browserPage.locator("dialog").count(), 0);
    }));
});
