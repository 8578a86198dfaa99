// Failures to try: what the stand-in is told to do, and what the page says of each.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { FAILURES } from "../../www/send/failures.js";
import { readStep } from "../local-graph/steps.mjs";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

const heading = (page) => page.outcome.getByRole("heading").textContent();

describe("a failure to try", () => {
  it("is a script that the stand-in knows", () => {
    for (const { id, steps } of FAILURES)
      for (const step of steps) assert.doesNotThrow(() => readStep(step), id);
  });

  const expected = {
    none: [/^Sent$/, /message_id/],
    expired: [/^Not delivered: auth$/, /refused.*token/i],
    window: [/^Not delivered: window$/, /refused/],
    blocked: [/^Not delivered: recipient$/, /refused/],
    restricted: [/^Not delivered: /, /refused/],
    throttled: [/^Sent$/, /attempts2/],
    outage: [/^Not delivered: transient$/, /attempts3/],
    half: [/^Not confirmed: invalid_response$/, /may have got it/],
    silence: [/^Not confirmed: timeout$/, /may have got it/],
  };

  it("has an outcome of its own, which says which message it was of", () =>
    site.visit({ tolerate: "/me/messages" }, async (page, browserPage) => {
      await page.ready();
      assert.deepEqual(
        Object.keys(expected),
        FAILURES.map(({ id }) => id),
      );
      for (const [id, [title, says]] of Object.entries(expected)) {
        await browserPage.getByLabel("The stand-in shall").selectOption(id);
        await page.send.click();
        await expectEventually(() => heading(page), title);
        const text = await page.outcome.textContent();
        assert.match(text, says, id);
        assert.match(text, /“Hello! Which size would you like\?”, to 7001002003004005/);
      }
      await page.text.fill("Another");
      assert.match(await browserPage.locator("#send-one .past").textContent(), /changed since/);
      assert.ok(await browserPage.locator("#send-one .past").isVisible());
      assert.match(await page.outcome.textContent(), /Which size/);
    }));

  it("is one for both: the target and the failure hold for many as well", () =>
    site.visit({ tolerate: "/me/messages" }, async (page, browserPage) => {
      await page.ready();
      await browserPage.getByLabel("The stand-in shall").selectOption("expired");
      await page.tab("Many").click();
      assert.ok(await browserPage.getByLabel("The stand-in shall").isVisible());
      await browserPage.locator("#many-text").fill('{"to":"1","text":"a"}\n{"to":"2","text":"b"}');
      await expectEventually(() => browserPage.locator("#many .found").textContent(), /2 messages/);
      await page.button("Send all").click();
      await expectEventually(
        () => browserPage.locator("#send-many .many-progress .progress").textContent(),
        /Stopped|done/,
      );
      await expectEventually(
        () => browserPage.locator("#many .row-check").allTextContents(),
        /failed: auth/,
      );
    }));
});
