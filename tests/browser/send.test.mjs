// Sending from the page, in a real browser: one message, many, and through the proxy for a real Page.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { serveDemo } from "../../scripts/lib/demo.mjs";
import { error, halfJson, throttle } from "../local-graph/steps.mjs";
import { expectEventually } from "./eventually.mjs";
import { startSite, TOKEN } from "./fixture.mjs";

const HOSTILE = `<img src=x onerror="document.title='broken'"> \u202Eשלום ${"👩‍👩‍👧"} </code><script>alert(1)</script>`;

// Graph itself lets no page read these: a proxy does.
const USAGE = {
  "X-App-Usage": '{"call_count":42,"total_time":1,"total_cputime":1}',
  "Access-Control-Expose-Headers": "X-App-Usage",
};

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

const heading = (page) => page.outcome.getByRole("heading").textContent();

describe("one message", () => {
  it("is posted exactly as it is shown, and the receipt is shown", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.text.fill(`Ça va ? 🎉\n${HOSTILE}`);
      const shown = await page.request();
      await page.send.click();
      await expectEventually(() => heading(page), "Sent");
      assert.equal(site.graph.accepted.length, 1);
      const facts = await factsOf(page.outcome);
      assert.equal(facts.message_id, site.graph.accepted[0].message_id);
      assert.equal(facts.recipient_id, shown.recipient.id);
      assert.equal(facts.attempts, "1");
      const [{ params, path }] = site.graph.requests.filter((request) => request.method === "POST");
      const { access_token: _, ...posted } = params;
      assert.deepEqual(posted, shown);
      assert.match(path, /^\/v\d+\.\d+\/me\/messages$/);
    }));

  it("that is refused shows its kind, its delivery and a hint", () =>
    site.visit({ tolerate: "/me/messages" }, async (page) => {
      await page.ready();
      site.graph.script(error({ code: 190, message: HOSTILE, headers: USAGE }));
      await page.send.click();
      await expectEventually(() => heading(page), "Not delivered: auth");
      const facts = await factsOf(page.outcome);
      assert.deepEqual([facts.kind, facts.delivery, facts.code], ["auth", "rejected", "190"]);
      assert.ok(facts.message.includes("<img src=x onerror="), facts.message);
      assert.match(facts.usage ?? "", /42/);
      assert.match(await page.outcome.locator("p").nth(2).textContent(), /token/i, "the hint");
      await page.send.click();
      await expectEventually(() => heading(page), "Sent");
    }));

  it("that has to wait says so, and how many attempts it took", () =>
    site.visit({ tolerate: "/me/messages" }, async (page) => {
      await page.ready();
      site.graph.script(throttle({ times: 1, code: 4, is_transient: true }));
      await page.send.click();
      await expectEventually(() => heading(page), "Sent");
      assert.equal((await factsOf(page.outcome)).attempts, "2");
    }));

  it("of which nobody knows whether it arrived says so, and is not sent again", () =>
    site.visit({ tolerate: "/me/messages" }, async (page) => {
      await page.ready();
      site.graph.script(halfJson());
      await page.send.click();
      await expectEventually(() => heading(page), "Not confirmed: invalid_response");
      assert.equal((await factsOf(page.outcome)).delivery, "unknown");
      assert.equal(site.graph.requests.length, 1);
    }));

  it("that is not right is not sent, and what is wrong is led to", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.reply(2).getByLabel("Title").fill("");
      await page.send.click();
      await expectEventually(() => heading(page), /^Not sent/);
      assert.equal(site.graph.requests.length, 0);
      await page.outcome.getByRole("button", { name: "Show the first" }).click();
      assert.ok(
        await page
          .reply(2)
          .getByLabel("Title")
          .evaluate((input) => input === document.activeElement),
      );
    }));

  it("goes nowhere from a page that was served without a Graph, which says so", () =>
    site.visit({ withGraph: false, tolerate: "/config.json" }, async (page) => {
      await page.ready();
      await page.send.click();
      await expectEventually(() => heading(page), "Nothing to send to");
      assert.match(await page.outcome.textContent(), /npm start/);
      assert.equal(site.graph.requests.length, 0);
    }));
});

describe("many messages", () => {
  const panel = (browserPage) => browserPage.locator("#many");
  const side = (browserPage) => browserPage.locator("#send-many");
  const counts = async (browserPage) =>
    Object.fromEntries(
      await side(browserPage)
        .locator(".counts > div")
        .evaluateAll((all) =>
          all.map((one) => [one.className, one.querySelector("dd").textContent]),
        ),
    );

  it("are read, checked, sent, counted, and accounted for in a file", () =>
    site.visit({ tolerate: "/me/messages" }, async (page, browserPage) => {
      await page.ready();
      await page.tab("Many").click();
      const rows = Array.from({ length: 30 }, (_, n) => `${7000 + n},"Hello, ${n}"`);
      await panel(browserPage)
        .getByLabel("Messages", { exact: true })
        .fill(`psid,text\n${rows.join("\n")}\n7999,\n"=1+1",x,too many`);
      await expectEventually(
        () => panel(browserPage).locator(".found").textContent(),
        /32 messages from a table: 30 can be sent, 2 cannot/,
      );
      assert.match(
        await panel(browserPage).getByRole("row", { name: /32/ }).textContent(),
        /neither/,
      );
      assert.match(
        await panel(browserPage).getByRole("row", { name: /33/ }).textContent(),
        /3 cells, but 2 columns/,
      );
      site.graph.script(
        error({ code: 100, error_subcode: 2018001, message: "No matching user found" }),
        halfJson(),
      );
      await page.button("Send all").click();
      await expectEventually(
        () => side(browserPage).locator(".many-progress .progress").textContent(),
        /30 of 30 done in/,
      );
      assert.deepEqual(await counts(browserPage), {
        sent: "28",
        failed: "1",
        unknown: "1",
        not_sent: "0",
      });
      assert.equal(
        await side(browserPage)
          .locator("progress")
          .evaluate((bar) => bar.value / bar.max),
        1,
      );
      assert.equal(site.graph.accepted.length, 29, "the lost answer's message had been accepted");

      const save = async (name) => {
        const [download] = await Promise.all([
          browserPage.waitForEvent("download"),
          page.button(name).click(),
        ]);
        return readFile(await download.path(), "utf8");
      };
      const table = (await save("Download as CSV")).trim().split("\r\n");
      assert.equal(table.length, 33);
      assert.match(table[0], /^line,recipient,status,message_id,/);
      assert.equal(table.filter((line) => /,sent,/.test(line)).length, 28);
      assert.match(table.at(-1), /^33,,not_sent,.*3 cells/);
      const lines = (await save("Download as JSON lines"))
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        lines.map(({ line }) => line),
        Array.from({ length: 32 }, (_, n) => n + 2),
      );
      assert.match(lines[30].code, /empty|missing/);
    }));

  it("get the composed message where the table has no text, with its columns filled in", () =>
    site.visit({}, async (page, browserPage) => {
      await page.example("text");
      await page.ready();
      await page.text.fill("Hello {{name}}!");
      await page.tab("Many").click();
      const file = join(tmpdir(), `people-${process.pid}.csv`);
      await writeFile(file, "psid;name\n1;Ana\n2;Bo\n");
      await panel(browserPage).getByLabel("Paste, drop or choose a file").setInputFiles(file);
      await expectEventually(
        () => panel(browserPage).locator(".found").textContent(),
        /2 messages/,
      );
      await page.button("Send all").click();
      await expectEventually(
        () => side(browserPage).locator(".many-progress .progress").textContent(),
        /2 of 2 done/,
      );
      assert.deepEqual(site.graph.accepted.map(({ params }) => params.message.text).sort(), [
        "Hello Ana!",
        "Hello Bo!",
      ]);
    }));

  it("can be stopped, with every message accounted for", () =>
    site.visit({ tolerate: "/me/messages" }, async (page, browserPage) => {
      await page.ready();
      await page.tab("Many").click();
      const lines = Array.from({ length: 2000 }, (_, n) =>
        JSON.stringify({ to: String(n), text: "a" }),
      );
      await panel(browserPage).getByLabel("Messages", { exact: true }).fill(lines.join("\n"));
      await expectEventually(
        () => panel(browserPage).locator(".found").textContent(),
        /2,000 messages/,
      );
      await page.button("Send all").click();
      await expectEventually(async () => Number((await counts(browserPage)).sent) > 5, true);
      await page.button("Stop").click();
      await expectEventually(
        () => side(browserPage).locator(".many-progress .progress").textContent(),
        /Stopped/,
      );
      const all = Object.values(await counts(browserPage)).map((text) =>
        Number(text.replaceAll(",", "")),
      );
      assert.equal(
        all.reduce((sum, one) => sum + one),
        2000,
      );
    }));

  it("need a message", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.tab("Many").click();
      await page.button("Send all").click();
      await expectEventually(() => page.announced.textContent(), /nothing to send/);
      await panel(browserPage).getByLabel("Messages", { exact: true }).fill("nonsense");
      await expectEventually(
        () => panel(browserPage).locator(".found").textContent(),
        /No message is found/,
      );
    }));
});

describe("a real Page", () => {
  it("is a choice, and its token never reaches the page", async (context) => {
    const live = { pageId: "1234567890", token: TOKEN, graph: site.graph.url };
    const demo = await serveDemo({
      graph: site.graph.url,
      token: TOKEN.replace("test", "made"),
      live,
    });
    context.after(() => demo.close());
    await site.visit({ address: demo.url }, async (page, browserPage) => {
      await page.ready();
      await expectEventually(() => browserPage.locator("#target .segmented").isVisible(), true);
      await browserPage
        .locator("#target")
        .getByRole("radio", { name: "Page 1234567890" })
        .check({ force: true });
      assert.match(await browserPage.locator("#target").textContent(), /Real people/);
      await page.send.click();
      await expectEventually(() => heading(page), "Sent");
      assert.equal(site.graph.accepted.length, 1);
      assert.equal(site.graph.requests[0].path, "/v25.0/1234567890/messages");
    });
  });
});

async function factsOf(outcome) {
  const pairs = await outcome
    .locator("dl > div")
    .evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]),
    );
  return Object.fromEntries(pairs);
}
