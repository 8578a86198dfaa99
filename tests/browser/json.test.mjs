// The message as text, in a real browser: editing, pasting anything anywhere, copying it as code, sharing it by link.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

const CURL = `curl -i -X POST "https://graph.facebook.com/LATEST-API-VERSION/PAGE-ID/messages" \\
  -d "recipient={'id':'7001002003004005'}" \\
  -d "messaging_type=RESPONSE" \\
  -d "message={'text':'hello,world'}" \\
  -d "access_token=PAGE-ACCESS-TOKEN"`;
const HELLO = {
  recipient: { id: "7001002003004005" },
  messaging_type: "RESPONSE",
  message: { text: "hello,world" },
};

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

describe("editing", () => {
  it("says what is no JSON, keeps the last message meanwhile, and does not send it", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.tab("JSON").click();
      await page.editor.press("ControlOrMeta+End");
      await page.editor.press("Backspace");
      await expectEventually(() => page.summary("error").textContent(), /json\.malformed/);
      assert.match(await page.thread.textContent(), /Which size/);
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), /^Not sent/);
      assert.equal(site.graph.requests.length, 0);
      await page.editor.press("}");
      await page.ready();
    }));

  it("checks the very text, and leaves it as it was typed", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.tab("JSON").click();
      const text =
        '{"recipient":{"id":"1"}, "messaging_type":"RESPONSE","messaging_type":"UPDATE",\n\n"message":{"text":"a"}}';
      await page.write(text);
      await expectEventually(() => page.summary("warning").textContent(), /json\.duplicate|twice/);
      assert.equal(await page.json(), text);
      await page.button("Tidy").click();
      assert.match(await page.json(), /^\{\n {2}"recipient"/);
      await page.ready();
    }));

  it("survives any text", () =>
    site.visit({}, async (page) => {
      await page.ready();
      for (const text of [
        "",
        "null",
        "[]",
        "5",
        '"x"',
        "[".repeat(100),
        "{".repeat(100),
        '{"message":null}',
        '{"message":{"attachment":{"type":"template","payload":{"template_type":"generic","elements":[null,1,[]]}}}}',
        '{"sender_action":{}}',
        '{"message":{"attachments":[1],"quick_replies":[null],"template":[],"sticker_id":{}}}',
        '{"recipient":[1],"__proto__":{"a":1},"constructor":2,"toString":[]}',
        `{"message":{"attachment":{"type":"template","payload":{"template_type":"receipt","timestamp":"x","summary":7,"elements":{},"address":[],"currency":"nonsense"}}}}`,
      ]) {
        await page.write(text);
        await expectEventually(() => page.status.textContent(), /error/);
        await page.tab("Form").click();
        await page.tab("Code").click();
        await page.tab("JSON").click();
      }
      await page.write(JSON.stringify(HELLO));
      await page.ready();
    }));
});

describe("pasting", () => {
  const ways = {
    "the reference's curl over the JSON": async (page) => {
      await page.pasteByButton(CURL);
    },
    "the reference's curl anywhere on the page": async (page, browserPage) => {
      await browserPage.locator(".brand").click();
      await page.paste(CURL);
    },
    "Python's way into the JSON": async (page) => {
      await page.pasteByButton(
        "{'recipient': {'id': '7001002003004005'}, 'messaging_type': 'RESPONSE', 'message': {'text': 'hello,world'}}",
      );
    },
    "a draft of the package": async (page) => {
      await page.pasteByButton('{"to": "7001002003004005", "text": "hello,world"}');
    },
    "a curl command that a program puts in": async (page) => {
      await page.write(CURL);
    },
  };
  for (const [name, way] of Object.entries(ways)) {
    it(`takes ${name}`, () =>
      site.visit({}, async (page, browserPage) => {
        await page.ready();
        await way(page, browserPage);
        await expectEventually(page.request, HELLO);
        assert.match(await page.notice.textContent(), /Taken over/);
        assert.match(await page.thread.textContent(), /hello,world/);
        await page.ready();
      }));
  }

  it("checks what is wrong in it", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.pasteByButton(
        `{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"template","payload":{"template_type":"list","elements":[]}}}}`,
      );
      await expectEventually(() => page.status.textContent(), /error/);
      assert.match(await page.summary("error").textContent(), /list/);
    }));

  it("keeps no access token, neither in sight nor in the link", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.write(JSON.stringify({ ...HELLO, access_token: "EAABsecretsecret" }));
      await expectEventually(() => page.notice.textContent(), /access token was left out/);
      await page.button("Share").click();
      await expectEventually(() => page.notice.textContent(), /link/i);
      assert.ok(!(await browserPage.content()).includes("EAABsecretsecret"));
      assert.ok(!(await page.json()).includes("EAABsecretsecret"));
    }));

  it("says when there is no request in it", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const before = await page.request();
      await browserPage.locator(".brand").click();
      await page.paste("See you at noon.");
      await expectEventually(() => page.notice.textContent(), /no request/);
      assert.deepEqual(await page.request(), before);
    }));

  it("leaves a paste into a field to the field", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.text.fill("");
      await page.text.focus();
      await page.paste('{"a":1}');
      await expectEventually(async () => (await page.request()).message.text, '{"a":1}');
    }));

  it("keeps a long number what it is", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.write(
        '{"recipient":{"id":24012345678901234567},"messaging_type":"RESPONSE","message":{"text":"a"}}',
      );
      await expectEventually(page.request, {
        recipient: { id: "24012345678901234567" },
        messaging_type: "RESPONSE",
        message: { text: "a" },
      });
      assert.match(await page.notice.textContent(), /round/);
    }));

  it("takes a list to where many are sent", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.pasteByButton('{"to":"1","text":"a"}\n{"to":"2","text":"b"}');
      await expectEventually(
        () => browserPage.locator("#many .found").textContent(),
        /2 messages from JSON lines: all can be sent/,
      );
      assert.equal(await page.tab("Many").getAttribute("aria-selected"), "true");
      assert.match((await page.request()).message.text, /Which size/, "the message stays");
    }));
});

describe("the Paste button", () => {
  it("opens a field where the clipboard cannot be read", () =>
    site.visit({ permissions: [] }, async (page, browserPage) => {
      await page.ready();
      await page.button("Paste").click();
      const field = browserPage.getByRole("dialog", { name: "Paste a message" });
      await field.getByRole("textbox").fill(CURL);
      await field.getByRole("button", { name: "Take it over" }).click();
      await expectEventually(page.request, HELLO);
    }));

  it("asks for the variables of code, and leaves the empty ones to a table", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.pasteByButton(
        'send({ recipient: { id: psid }, messaging_type: "RESPONSE", message: { text: `Hello ${name}!` } })',
      );
      const dialog = browserPage.getByRole("dialog", { name: "The code has 2 variables" });
      await dialog.getByLabel("psid").fill("7001002003004007");
      await dialog.getByRole("button", { name: "Fill in" }).click();
      await expectEventually(page.request, {
        recipient: { id: "7001002003004007" },
        messaging_type: "RESPONSE",
        message: { text: "Hello {{name}}!" },
      });
    }));

  it("makes a reply of a webhook event, and says whether the window is open", () =>
    site.visit({}, async (page) => {
      await page.ready();
      const event = (timestamp) =>
        JSON.stringify({
          object: "instagram",
          entry: [
            {
              messaging: [
                {
                  sender: { id: "7001002003004009" },
                  recipient: { id: "1" },
                  timestamp,
                  message: { mid: "m_in-1", text: "Hi" },
                },
              ],
            },
          ],
        });
      await page.pasteByButton(event(Date.now() - 60_000));
      await expectEventually(
        () => page.notice.textContent(),
        /webhook event.*“Hi”.*Instagram.*window is open until/,
      );
      assert.ok(await page.platform("Instagram").isChecked());
      assert.deepEqual((await page.request()).reply_to, { mid: "m_in-1" });
      await page.pasteByButton(event(Date.now() - 30 * 3600_000));
      await expectEventually(() => page.notice.textContent(), /24-hour window is closed/);
    }));

  it("takes a button, and puts it into a message for the same person", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.pasteByButton(
        '{"type":"web_url","title":"Open","url":"https://shop.example.org/"}',
      );
      await expectEventually(
        async () => (await page.request()).message.attachment?.payload.buttons[0].title,
        "Open",
      );
      assert.equal((await page.request()).recipient.id, "7001002003004005");
      await page.ready();
    }));
});

describe("taking home", () => {
  it("copies the JSON and every kind of code", () =>
    site.visit({}, async (page, browserPage) => {
      const clipboard = () => browserPage.evaluate(() => navigator.clipboard.readText());
      await page.ready();
      await page.tab("JSON").click();
      await page.button("Copy").click();
      await expectEventually(async () => JSON.parse(await clipboard()), await page.request());
      await page.tab("Code").click();
      for (const [name, sign] of [
        ["JSON", /^\{/],
        [
          "Draft",
          /buildMessage\(\{ to: "7001002003004005"|buildMessage\(\{\n {2}to: "7001002003004005"/,
        ],
        ["curl", /^curl -X POST[\s\S]*PAGE_ACCESS_TOKEN/],
        ["TypeScript", /import \{ init, send/],
        ["fetch", /await fetch\(/],
        ["Python", /^import os[\s\S]*requests\.post/],
        ["PHP", /^<\?php/],
        ["Rust", /json!\(/],
        ["Postman", /collection\.json/],
      ]) {
        await browserPage
          .locator("#code")
          .getByRole("radio", { name, exact: true })
          .check({ force: true });
        await browserPage.locator("#code .tools > button").click();
        await expectEventually(() => clipboard(), sign);
        assert.equal(await browserPage.locator("#code code").textContent(), await clipboard());
      }
    }));

  it("shares a message by a link that holds it all", () =>
    site.visit({}, async (page, browserPage) => {
      await page.example("ig-carousel");
      await page.ready();
      const shared = await page.request();
      await page.button("Share").click();
      await expectEventually(() => page.notice.textContent(), /link to this message is copied/);
      const address = await browserPage.evaluate(() => navigator.clipboard.readText());
      assert.equal(address, browserPage.url());
      await site.visit({ fragment: new URL(address).hash }, async (other) => {
        await expectEventually(other.request, shared);
        assert.ok(await other.platform("Instagram").isChecked());
        await other.ready();
      });
    }));

  it("says when a link is broken, and opens all the same", () =>
    site.visit({ fragment: "#m=AAAA" }, async (page) => {
      await expectEventually(() => page.notice.textContent(), /broken/);
      await page.ready();
    }));
});
