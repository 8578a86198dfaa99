// Many messages in a real browser: the rows before they are sent, what is left out, the phone on row n, another try, and a real Page.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import * as api from "../../pkg/node.js";
import { serveDemo } from "../../scripts/lib/demo.mjs";
import { readList } from "../../www/send/list.js";
import { error, halfJson } from "../local-graph/steps.mjs";
import { expectEventually } from "./eventually.mjs";
import { startSite, TOKEN } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

const MESSAGE = {
  recipient: { id: "7001002003004005" },
  messaging_type: "UPDATE",
  message: { text: "Hello {{name}}, {{day}}!" },
};
const read = (text, base = MESSAGE) => readList(text, { api, platform: "messenger", base });
const panel = (browserPage) => browserPage.locator("#many");
const rows = (browserPage) =>
  panel(browserPage)
    .locator("tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));

async function fill(page, browserPage, text, found) {
  await page.tab("Many").click();
  await browserPage.locator("#many-text").fill(text);
  await expectEventually(() => panel(browserPage).locator(".found").textContent(), found);
}

describe("the list", () => {
  it("finds placeholders that no column fills, and those that a row leaves empty", () => {
    const { items, wrong } = read("psid,name\n1,Ana\n2,");
    assert.match(wrong[0].text, /\{\{day\}\}.*no column day/);
    assert.match(wrong[1].text, /name: the cell is empty/);
    assert.equal(items[0].request.message.text, "Hello Ana, {{day}}!");
    assert.deepEqual(read("psid,name,day\n1,Ana,Monday").wrong, []);
  });

  it("finds people who are in it twice, and the same message twice", () => {
    const { items, doubled } = read(
      '{"to":"1","text":"a"}\n{"to":"2","text":"a"}\n{"to":"1","text":"b"}\n{"to":"1","text":"a"}',
      {},
    );
    assert.deepEqual(
      items.map(({ sameAs, copyOf }) => [sameAs, copyOf]),
      [
        [undefined, undefined],
        [undefined, undefined],
        [1, undefined],
        [1, 1],
      ],
    );
    assert.deepEqual(doubled, [3, 4]);
  });
});

describe("the table", () => {
  it("says of each row what it will send and what is wrong, and known-wrong rows are left out", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load({ request: MESSAGE });
      await fill(
        page,
        browserPage,
        "psid,name,day\n1,Ana,Monday\n2,,Tuesday\n1,Ana,Monday\n3,Cleo,Friday",
        /4 messages from a table: 3 can be sent, 1 cannot/,
      );
      assert.deepEqual(await rows(browserPage), [
        ["2", "1", "“Hello Ana, Monday!”", "Ready"],
        ["3", "2", "“Hello , Tuesday!”", "name: the cell is empty, and the message needs it."],
        ["4", "1", "“Hello Ana, Monday!”", "The same message as line 2"],
        ["5", "3", "“Hello Cleo, Friday!”", "Ready"],
      ]);
      assert.ok(
        await browserPage.getByLabel(/^Leave out 1 row/).isChecked(),
        "the same message twice is not meant",
      );
      await browserPage.getByLabel("Only rows with something to look at").check();
      assert.equal((await rows(browserPage)).length, 2);
      await page.button("Send all").click();
      await expectEventually(
        () => browserPage.locator("#send-many .many-progress .progress").textContent(),
        /2 of 2 done/,
      );
      assert.deepEqual(site.graph.accepted.map(({ params }) => params.message.text).sort(), [
        "Hello Ana, Monday!",
        "Hello Cleo, Friday!",
      ]);
    }));

  it("shows the message of row n on the phone, with the next and the one before", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load({ request: MESSAGE });
      await fill(page, browserPage, "psid,name,day\n1,Ana,Monday\n2,Bo,Tuesday", /2 messages/);
      await page.button("Preview line 3").click();
      assert.match(await page.thread.textContent(), /Hello Bo, Tuesday!/);
      assert.match(
        await browserPage.locator("#preview .stale").textContent(),
        /Line 3 of the list/,
      );
      await page.button("Previous").click();
      assert.match(await page.thread.textContent(), /Hello Ana, Monday!/);
      await page.button("Back to the message").click();
      assert.match(await page.thread.textContent(), /\{\{name\}\}/);
    }));

  it("sends what failed again, and leaves alone what is unknown", () =>
    site.visit({ tolerate: "/me/messages" }, async (page, browserPage) => {
      await page.ready();
      await fill(
        page,
        browserPage,
        Array.from({ length: 6 }, (_, n) => JSON.stringify({ to: String(n + 1), text: "a" })).join(
          "\n",
        ),
        /6 messages/,
      );
      site.graph.script(
        error({ code: 100, error_subcode: 2018001, message: "No matching user found" }),
        halfJson(),
      );
      await page.button("Send all").click();
      await expectEventually(
        () => browserPage.locator("#send-many").textContent(),
        /1 of unknown delivery is left alone/,
      );
      const before = site.graph.accepted.length;
      await page.button("Send the 1 that failed again").click();
      await expectEventually(
        () => browserPage.locator("#send-many .many-progress .progress").textContent(),
        /1 of 1 done/,
      );
      assert.equal(site.graph.accepted.length, before + 1);
      const checks = (await rows(browserPage)).map((cells) => cells[3].split(":")[0]);
      assert.deepEqual(checks.toSorted(), ["sent", "sent", "sent", "sent", "sent", "unknown"]);
      assert.equal(await page.button("Send the 1 that failed again").isVisible(), false);
    }));

  it("can be tried without sending, and with the first five only", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await fill(
        page,
        browserPage,
        Array.from({ length: 8 }, (_, n) => JSON.stringify({ to: String(n + 1), text: "a" })).join(
          "\n",
        ),
        /8 messages/,
      );
      await page.button("Dry run").click();
      await expectEventually(
        () => browserPage.locator("#send-many").textContent(),
        /Dry run: 8 messages to 8 people would be sent/,
      );
      assert.equal(site.graph.requests.length, 0);
      await page.button("First 5 only").click();
      await expectEventually(
        () => browserPage.locator("#send-many .many-progress .progress").textContent(),
        /5 of 5 done/,
      );
      assert.equal(site.graph.accepted.length, 5);
    }));
});

describe("a real Page", () => {
  it("asks before it sends to all, with the number of people", async (context) => {
    const demo = await serveDemo({
      graph: site.graph.url,
      token: TOKEN.replace("test", "made"),
      live: { pageId: "1234567890", token: TOKEN, graph: site.graph.url },
    });
    context.after(() => demo.close());
    await site.visit({ address: demo.url }, async (page, browserPage) => {
      await page.ready();
      await expectEventually(() => browserPage.locator("#target .segmented").isVisible(), true);
      await browserPage
        .locator("#target")
        .getByRole("radio", { name: "Page 1234567890" })
        .check({ force: true });
      await fill(
        page,
        browserPage,
        Array.from({ length: 7 }, (_, n) =>
          JSON.stringify({ to: String(Math.min(n + 1, 6)), text: `a${n}` }),
        ).join("\n"),
        /7 messages/,
      );
      const dialog = browserPage.getByRole("dialog", { name: "Send 7 messages to 6 people?" });
      await page.button("Send all").click();
      await dialog.getByRole("button", { name: "Close" }).click();
      await page.button("Send all").click();
      await dialog.getByRole("button", { name: "Dry run" }).click();
      await expectEventually(
        () => browserPage.locator("#send-many").textContent(),
        /Dry run: 7 messages/,
      );
      assert.equal(site.graph.accepted.length, 0);
      await page.button("Send all").click();
      await dialog.getByRole("button", { name: "First 5 only" }).click();
      await expectEventually(() => site.graph.accepted.length, 5);
      await expectEventually(
        () => browserPage.locator("#send-many .many-progress .progress").textContent(),
        /5 of 5 done/,
      );
      await page.button("Send all").click();
      await dialog.getByRole("button", { name: "Send 7 messages" }).click();
      await expectEventually(() => site.graph.accepted.length, 12);
      await expectEventually(
        () => browserPage.locator("#send-many .many-progress .progress").textContent(),
        /7 of 7 done/,
      );
    });
  });
});
