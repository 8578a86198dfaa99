// Checking in a real browser: a mistake stands at its field and in the list until it is mended, and each leads to where it is.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

describe("a mistake", () => {
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
      at: (page) => page.reply(2).getByLabel("Title"),
      make: (page) => page.reply(2).getByLabel("Title").fill(""),
      mend: (page) => page.reply(2).getByLabel("Title").fill("Medium"),
    },
    {
      name: "a title of 21 characters",
      code: "quick_reply.title.too_long",
      at: (page) => page.reply(3).getByLabel("Title"),
      make: (page) => page.reply(3).getByLabel("Title").fill("x".repeat(21)),
      mend: (page) => page.reply(3).getByLabel("Title").fill("x".repeat(20)),
    },
    {
      name: "14 quick replies",
      code: "quick_replies.too_many",
      at: (page) => page.group("Quick replies"),
      async make(page) {
        for (let n = 4; n <= 14; n += 1) {
          await page.button("Add quick reply").click();
          await page.reply(n).getByLabel("Title").fill(`Size ${n}`);
        }
      },
      mend: (page) => page.button("Remove quick reply 14").click(),
    },
  ];
  for (const { name, code, at, make, mend } of mistakes) {
    it(`shows at its field and in the list, until it is mended: ${name}`, () =>
      site.visit({}, async (page) => {
        await page.ready();
        await make(page);
        await expectEventually(() => page.issuesAt(at(page)), [code]);
        assert.equal(await page.status.textContent(), "1 error");
        assert.equal(await page.summary("error").locator(".issue-code").textContent(), code);
        assert.equal(await page.summary("warning").count(), 0);
        await mend(page);
        await expectEventually(() => page.issuesAt(at(page)), []);
        assert.equal(await page.summary("error").count(), 0);
        await page.ready();
      }));
  }

  it("is found deep inside a template, at its very field", () =>
    site.visit({}, async (page) => {
      await page.example("carousel");
      await page.ready();
      const url = page
        .group("Generic element 2")
        .getByRole("group", { name: "Button 1" })
        .getByLabel("URL", { exact: true });
      await url.fill("no address");
      await expectEventually(async () => (await page.issuesAt(url)).length, 1);
      await url.fill("https://shop.example.org/");
      await page.ready();
    }));

  it("is marked as invalid and read out once the typing pauses", () =>
    site.visit({}, async (page) => {
      await page.ready();
      assert.equal(await page.text.getAttribute("aria-invalid"), null);
      await page.text.fill("x".repeat(2001));
      assert.equal(await page.text.getAttribute("aria-invalid"), "true");
      await expectEventually(() => page.announced.textContent(), /^1 error\. .*2001/);
      await page.text.fill("fine");
      assert.equal(await page.text.getAttribute("aria-invalid"), null);
      await expectEventually(() => page.announced.textContent(), "Ready to send");
    }));

  it("of a member that is missing stands where it would be", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.write(
        '{"recipient":{},"message":{"attachment":{"type":"template","payload":{"template_type":"coupon"}}}}',
      );
      await page.tab("Form").click();
      await page.openEnvelope();
      await expectEventually(() => page.issuesAt(page.messagingType), ["messaging_type.missing"]);
      await expectEventually(
        async () =>
          (await page.issuesAt(page.group("Payload").getByLabel("Title", { exact: true }))).length,
        1,
      );
      await page.messagingType.selectOption("UPDATE");
      assert.equal((await page.request()).messaging_type, "UPDATE");
    }));
});

describe("the list", () => {
  it("has warnings apart from errors, and sends in spite of them", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.openEnvelope();
      await page.button("Remove Messaging type").click();
      assert.ok(!Object.hasOwn(await page.request(), "messaging_type"));
      await expectEventually(() => page.status.textContent(), "Can be sent, 1 warning");
      assert.equal(await page.summary("error").count(), 0);
      await page.reply(1).getByLabel("Title").fill("");
      await expectEventually(() => page.status.textContent(), "1 error, 1 warning");
      assert.equal(await page.summary("error").getByRole("listitem").count(), 1);
      assert.equal(await page.summary("warning").getByRole("listitem").count(), 1);
      await page.reply(1).getByLabel("Title").fill("Small");
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
    }));

  it("leads to the field, to the line, and to the rule's page", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.text.fill("x".repeat(2001));
      const item = page.summary("error").getByRole("listitem");
      assert.match(
        await item.textContent(),
        /text\.too_long.*\/message\/text.*2,001 of 2,000 characters.*line 7/s,
      );
      assert.match(
        await item.getByRole("link", { name: /Docs/ }).getAttribute("href"),
        /^https:\/\/developers\.facebook\.com\//,
      );
      await item.getByRole("button", { name: /^Line 7/ }).click();
      await expectEventually(() => page.selected(), /^"text": "xxx/);
      await item.locator("button.lead").click();
      assert.ok(
        await page.text.evaluate(
          (input) => input === document.activeElement && input.checkVisibility(),
        ),
      );
    }));

  it("marks the lines of the JSON", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.reply(2).getByLabel("Title").fill("");
      await page.tab("JSON").click();
      await expectEventually(
        () => browserPage.locator(".cm-lintRange-error").textContent(),
        /^"title": ""$/,
      );
    }));

  it("keeps to what can be read when there is more", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.write(
        JSON.stringify({
          recipient: { id: "1" },
          messaging_type: "RESPONSE",
          message: { text: "a", quick_replies: Array(400).fill({}) },
        }),
      );
      await expectEventually(() => page.status.textContent(), /errors/);
      assert.equal(await page.summary("error").getByRole("listitem").count(), 100);
      await page.tab("Form").click();
      assert.match(await page.group("Quick replies").textContent(), /and 250 more/);
    }));
});

describe("the platform", () => {
  it("brings its own limits, units and look", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const counter = browserPage.locator(".field", { has: page.text }).locator(".counter-number");
      await page.text.fill("é".repeat(501));
      assert.equal(await counter.textContent(), "501 / 2,000");
      await page.platform("Instagram").check({ force: true });
      assert.equal(await counter.textContent(), "1,002 / 1,000 bytes");
      assert.equal(await page.phone.getAttribute("data-platform"), "instagram");
      await expectEventually(() => page.issuesAt(page.text), ["text.too_many_bytes"]);
      await page.platform("Messenger").check({ force: true });
      await expectEventually(() => page.issuesAt(page.text), []);
    }));

  it("knows a tag that was withdrawn, and offers those that are not", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write(
        '{"recipient":{"id":"1"},"messaging_type":"MESSAGE_TAG","tag":"ACCOUNT_UPDATE","message":{"text":"a"}}',
      );
      await expectEventually(() => page.summary("error").textContent(), /2026-04-27/);
      await page.tab("Form").click();
      await page.openEnvelope();
      const tag = browserPage.getByLabel("Tag", { exact: true });
      assert.match(await tag.locator("option:checked").textContent(), /not in the list/);
      await tag.selectOption({ label: "HUMAN_AGENT" });
      await page.ready();
    }));
});
