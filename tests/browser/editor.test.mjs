// The JSON editor in a real browser: nothing typed moves, help from the schema, marks at the place, and a broken text that is kept.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

const RUNS = 50;
const SLOWER = 4;

async function slowed(browserPage) {
  const session = await browserPage.context().newCDPSession(browserPage);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  return () => session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
}

describe("fast typing on a slow machine", () => {
  it(`moves no letter in the JSON (${RUNS} runs)`, () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write(
        '{"recipient":{"id":"7001002003004005"},"messaging_type":"RESPONSE","message":{"text":""}}',
      );
      const release = await slowed(browserPage);
      const place = (await page.json()).indexOf('""') + 1;
      let text = "";
      await browserPage.keyboard.press("ControlOrMeta+End");
      for (let n = 0; n < 3; n += 1) await browserPage.keyboard.press("ArrowLeft");
      for (let run = 0; run < RUNS; run += 1) {
        const word = `r${run} o `;
        // All at once: none waits for the page to have taken the one before.
        await Promise.all(
          [...word].map((letter) => browserPage.keyboard.press(letter === " " ? "Space" : letter)),
        );
        text += word;
      }
      await release();
      const now = await page.json();
      assert.equal(now.slice(place, place + text.length), text);
      assert.equal((await page.request()).message.text, text);
    }));

  it("moves no letter in the form", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.text.fill("");
      const release = await slowed(browserPage);
      let text = "";
      for (let run = 0; run < RUNS; run += 1) {
        const word = `r${run}, `;
        await Promise.all(
          [...word].map((letter) => browserPage.keyboard.press(letter === " " ? "Space" : letter)),
        );
        text += word;
      }
      await release();
      assert.equal(await page.text.inputValue(), text);
      assert.equal((await page.request()).message.text, text);
    }));

  it("writes JSON letter by letter as it was meant, and rewrites none of it", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write("");
      const typed =
        '{"recipient":{"id":24012345678901234567},"access_token":"EAABsecretsecret","message":{"text":"a"}}';
      await browserPage.keyboard.type(typed);
      assert.equal(await page.json(), typed, "brackets that close themselves are typed over");
      assert.equal(
        (await page.request()).recipient.id,
        "24012345678901234567",
        "what JavaScript would round is a text",
      );
      await page.button("Share").click();
      await expectEventually(() => page.notice.textContent(), /link/);
      assert.equal(await page.json(), typed);
      const kept = await browserPage.evaluate(() =>
        JSON.stringify([localStorage, history.state, location.href]),
      );
      assert.ok(!kept.includes("EAABsecretsecret"));
      await page.write("");
    }));
});

describe("undo", () => {
  it("takes back what was typed, in the editor and with the buttons", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.tab("JSON").click();
      const before = await page.json();
      await page.editor.click();
      await browserPage.keyboard.press("ControlOrMeta+End");
      await browserPage.keyboard.type(" xyz");
      await browserPage.keyboard.press("ControlOrMeta+z");
      assert.equal(await page.json(), before);
      await page.ready();
      await browserPage.keyboard.type("  ");
      await page.button("Undo").click();
      assert.equal(await page.json(), before);
      assert.equal(
        await page.editor.evaluate((content) => content.textContent.replaceAll(/\s/g, "")),
        before.replaceAll(/\s/g, ""),
      );
    }));
});

describe("help", () => {
  const options = (browserPage) =>
    browserPage.locator(".cm-tooltip-autocomplete li").allTextContents();

  it("completes members and values from the package's schema", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write("");
      await browserPage.keyboard.type('{"rec');
      await expectEventually(() => options(browserPage), /recipient/);
      // CodeMirror takes no completion before the reader can have seen it.
      await browserPage.waitForTimeout(200);
      await browserPage.keyboard.press("Enter");
      await expectEventually(() => page.json(), /"recipient": \{/);
      await page.write(
        '{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"template","payload":{"template_type":"generic",}}}}',
      );
      for (let n = 0; n < 4; n += 1) await browserPage.keyboard.press("ArrowLeft");
      await browserPage.keyboard.type('"');
      await expectEventually(
        () => options(browserPage),
        (all) =>
          all.some((one) => one.includes('"elements"')) &&
          !all.some((one) => one.includes('"template_type"')),
      );
      await browserPage.keyboard.press("Escape");
      await page.write('{"recipient":{"id":"1"},"messaging_type":"U"}');
      for (let n = 0; n < 2; n += 1) await browserPage.keyboard.press("ArrowLeft");
      await browserPage.keyboard.type("P");
      await expectEventually(
        () => options(browserPage),
        (all) => all.some((one) => one.includes('"UPDATE"')),
      );
    }));

  it("says of a member what it is, its limit and its source", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.tab("JSON").click();
      await page.editor.getByText('"title"').first().hover();
      await expectEventually(
        () => browserPage.locator(".cm-help").textContent(),
        /Title title.*Limit: 20 characters/,
      );
      await page.status.hover();
      await expectEventually(() => browserPage.locator(".cm-help").count(), 0);
      await page.editor.getByText('"quick_replies"').hover();
      await expectEventually(
        () => browserPage.locator(".cm-help").textContent(),
        /Quick replies.*Limit: 13/,
      );
      assert.match(
        await browserPage.locator(".cm-help a").getAttribute("href"),
        /^https:\/\/developers\.facebook\.com/,
      );
    }));
});

describe("a broken text", () => {
  for (const [text, marked] of [
    ['{\n  "recipient": {"id": "1"},\n  "message": tru\n}', "t"],
    ['{"recipient": {"id": "1"},}', "}"],
    ['{"recipient": {"id": "1"}} x', "x"],
    ['{"a": "👍", "b": ?}', "?"],
  ]) {
    it(`is marked at the place that the message names: ${JSON.stringify(marked)}`, () =>
      site.visit({}, async (page, browserPage) => {
        await page.ready();
        await page.write(text);
        await expectEventually(() => page.summary("error").textContent(), /json\.malformed/);
        await expectEventually(
          () => browserPage.locator(".cm-lintRange-error").textContent(),
          marked,
        );
        await page.summary("error").locator("button.lead").click();
        await expectEventually(() => page.selected(), marked);
      }));
  }

  it("is said wherever the last message is shown, and neither Tidy nor Share nor the form throws it away", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const text = '{"recipient": {"id": "1"}, "message": {"text": "half a';
      await page.write(text);
      const stale = /broken/;
      assert.match(await browserPage.locator("#preview .stale").textContent(), stale);
      await page.button("Tidy").click();
      assert.equal(await page.json(), text);
      assert.match(await page.notice.textContent(), /no JSON yet/);
      await page.button("Share").click();
      await expectEventually(() => page.notice.textContent(), /broken.*copied/);
      const address = await browserPage.evaluate(() => navigator.clipboard.readText());
      await page.tab("Code").click();
      assert.match(await browserPage.locator("#code .stale").textContent(), stale);
      await page.tab("Form").click();
      assert.match(await browserPage.locator("#form .stale").textContent(), stale);
      assert.equal(await browserPage.locator("#compose").evaluate((form) => form.inert), true);
      assert.equal(await page.json(), text);
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), /^Not sent/);
      await page.button("Mend the JSON").click();
      await page.editor.click();
      await browserPage.keyboard.press("ControlOrMeta+End");
      await browserPage.keyboard.type('"}}');
      await expectEventually(() => page.status.textContent(), /Can be sent|Ready/);
      assert.equal(
        await page.outcome.isVisible(),
        false,
        "what was refused is gone with its reason",
      );
      assert.equal(await browserPage.locator("#preview .stale").isVisible(), false);
      await site.visit({ fragment: new URL(address).hash }, async (other) => {
        await expectEventually(() => other.json(), text);
        await expectEventually(() => other.status.textContent(), /error/);
      });
    }));

  it("can be discarded, and undone", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.write('{"message"');
      await page.tab("Form").click();
      await page.button("Discard the text").click();
      await page.ready();
      await page.button("Undo").click();
      assert.equal(await page.json(), '{"message"');
    }));
});

describe("too much", () => {
  for (const [name, text, why] of [
    ["2 MB of text", "x".repeat(2 * 1024 * 1024), /too long|MB/],
    ["30,000 brackets", "[".repeat(30_000), /too deeply/],
  ]) {
    it(`is refused at once, wherever it is pasted: ${name}`, () =>
      site.visit({}, async (page, browserPage) => {
        await page.ready();
        const before = await page.json();
        await page.pasteByButton(text);
        await expectEventually(() => page.notice.textContent(), why);
        assert.equal(await page.json(), before);
        await browserPage
          .locator("#notice")
          .getByRole("button", { name: "Close the notice" })
          .click();
        await page.tab("JSON").click();
        await page.editor.click();
        await page.paste(text);
        await expectEventually(() => page.notice.textContent(), why);
        assert.equal(await page.json(), before);
        await page.ready();
      }));
  }
});
