// Nothing is lost: reload, Back, another visit, kinds that change and come back, and notices that go when their subject is gone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EXAMPLES } from "../../www/examples/examples.js";
import { fromFragment } from "../../www/model/share.js";
import { expectEventually } from "./eventually.mjs";
import { startSite, TOKEN } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

const linked = async (browserPage) =>
  (await fromFragment(new URL(browserPage.url()).hash))?.request;

describe("what was typed", () => {
  it("is in the link, and there again after a reload, without a pause", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.text.fill("Kept");
      await expectEventually(async () => (await linked(browserPage))?.message.text, "Kept");
      await page.text.fill("Kept too");
      await browserPage.reload();
      await expectEventually(async () => (await page.request())?.message.text, "Kept too");
      await page.ready();
      assert.equal(
        await page.button("Undo").getAttribute("aria-disabled"),
        "true",
        "there is nothing before it",
      );
    }));

  it("is there again on another visit without a link, with the list and the tab", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.platform("Instagram").check({ force: true });
      await page.text.fill("Later");
      await page.tab("Many").click();
      await browserPage.locator("#many-text").fill("psid,text\n1,a");
      await expectEventually(
        () => browserPage.evaluate(() => localStorage.getItem("messenger-send.draft")),
        /psid,text/,
      );
      await browserPage.goto("about:blank");
      await browserPage.goto(site.url);
      await expectEventually(async () => (await page.request())?.message.text, "Later");
      assert.ok(await page.platform("Instagram").isChecked());
      assert.equal(await page.tab("Many").getAttribute("aria-selected"), "true");
      assert.equal(await browserPage.locator("#many-text").inputValue(), "psid,text\n1,a");
    }));

  it("is there again when the text is broken", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write('{"message": {"text": "half');
      await browserPage.reload();
      await expectEventually(() => page.json(), '{"message": {"text": "half');
      await expectEventually(() => page.status.textContent(), /error/);
    }));

  it("is never a token", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write(`{"access_token": "${TOKEN.replace("test", "real")}", "message": `);
      await page.tab("Form").click();
      await browserPage.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
      const kept = await browserPage.evaluate(() =>
        JSON.stringify([{ ...localStorage }, history.state, location.href]),
      );
      assert.ok(kept.includes("Which size"), "the message is kept");
      assert.ok(!kept.includes("EAAB"), kept);
      await page.tab("JSON").click();
      await page.write("{}");
    }));

  it("comes back with Back, and goes forward with Forward", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.text.fill("My own words");
      await page.example("coupon");
      assert.equal((await page.request()).message.attachment.payload.template_type, "coupon");
      await browserPage.goBack();
      await expectEventually(async () => (await page.request()).message.text, "My own words");
      await browserPage.goForward();
      await expectEventually(
        async () => (await page.request()).message.attachment?.payload.template_type,
        "coupon",
      );
      await page.button("Undo").click();
      await expectEventually(async () => (await page.request()).message.text, "My own words");
    }));
});

describe("another kind", () => {
  it("and back brings what was there: of a template, of a button, of the message", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load(EXAMPLES.find(({ id }) => id === "carousel"));
      const before = await page.request();
      await browserPage.getByLabel("Template type").selectOption("coupon");
      assert.notDeepEqual(await page.request(), before);
      await browserPage.getByLabel("Template type").selectOption("generic");
      assert.deepEqual(await page.request(), before);
      const button = page.group("Generic element 1").getByRole("group", { name: "Button 1" });
      await button.getByLabel("Type", { exact: true }).selectOption("postback");
      await button.getByLabel("Title", { exact: true }).fill("Renamed");
      await button.getByLabel("Type", { exact: true }).selectOption("web_url");
      const [first] = (await page.request()).message.attachment.payload.elements[0].buttons;
      assert.deepEqual(first, {
        type: "web_url",
        title: "Renamed",
        url: "https://shop.example.org/kettle",
      });
      const whole = await page.request();
      await browserPage.getByLabel("Kind of message").selectOption({ label: "Text" });
      await browserPage.getByLabel("Kind of message").selectOption({ label: "Attachment" });
      assert.deepEqual(await page.request(), whole);
    }));
});

describe("a notice", () => {
  it("goes when what it is about is gone", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.button("Share").click();
      await expectEventually(() => page.notice.textContent(), /copied/);
      await page.text.fill("Changed");
      await expectEventually(() => page.notice.count(), 0);
      await page.pasteByButton("Nothing of use");
      await expectEventually(() => page.notice.textContent(), /no request/);
      await page.button("Close the notice").click();
      assert.equal(await page.notice.count(), 0);
    }));
});
