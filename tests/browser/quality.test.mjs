// What holds for every view of the page: hostile text stays text, axe-core finds nothing serious, nothing scrolls sideways or jumps.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, beforeEach, describe, it } from "node:test";
import { EXAMPLES } from "../../www/examples/examples.js";
import { error } from "../local-graph/steps.mjs";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

const HOSTILE = `<img src=x onerror="document.title='broken'"> \u202Eשלום مرحبا ${"👩‍👩‍👧"} </code><script>alert(1)</script> & "quoted" \\`;

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

describe("hostile text", () => {
  it("is shown as text wherever it stands", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.text.fill(HOSTILE);
      await page.openEnvelope();
      await page.recipient.fill(HOSTILE);
      await page.reply(1).getByLabel("Title").fill(HOSTILE);
      const request = await page.request();
      assert.deepEqual(
        [request.message.text, request.recipient.id, request.message.quick_replies[0].title],
        Array(3).fill(HOSTILE),
      );
      assert.equal(await page.thread.locator(".bubble").last().textContent(), HOSTILE);
      assert.equal(await browserPage.locator(".chip").first().textContent(), HOSTILE);
      await quiet(browserPage);
    }));

  it("does no harm in any member of any message", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      for (const { id, request } of EXAMPLES) {
        await page.load({ request: everywhere(request) });
        for (const name of ["Code", "JSON", "Form"]) await page.tab(name).click();
        await quiet(browserPage, id);
      }
    }));

  it("of 2,000 emoji is composed, measured and shown", () =>
    site.visit({ width: 360 }, async (page, browserPage) => {
      await page.ready();
      const emoji = "👩‍👩‍👧".repeat(250) + "🎉".repeat(750);
      await page.text.fill(emoji);
      assert.equal(await page.thread.locator(".bubble").last().textContent(), emoji);
      assert.equal(
        await browserPage
          .locator(".field", { has: page.text })
          .locator(".counter-number")
          .textContent(),
        "2,000 / 2,000",
      );
      assert.equal(await sideways(browserPage), 0);
    }));

  it("is laid out in its own direction", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.text.fill("مرحبا بالعالم");
      const direction = (one) => one.evaluate((element) => getComputedStyle(element).direction);
      assert.equal(await direction(page.text), "rtl");
      assert.equal(await direction(page.thread.locator(".bubble").last()), "rtl");
    }));

  async function quiet(browserPage, about) {
    assert.equal(
      await browserPage.locator("img, script:not([src]), iframe, object").count(),
      0,
      about,
    );
    assert.match(await browserPage.title(), /^Compose a message/);
  }
});

describe("the layout", () => {
  for (const width of [320, 360, 1280]) {
    it(`never scrolls sideways at ${width} px`, () =>
      site.visit({ width, height: 740, tolerate: "/me/messages" }, async (page, browserPage) => {
        await page.ready();
        for (const { id, ...message } of EXAMPLES) {
          await page.load(message);
          assert.equal(await sideways(browserPage), 0, id);
        }
        await page.example("carousel");
        await page.tab("JSON").click();
        await page.write(JSON.stringify(everywhere(await page.request(), "W".repeat(300))));
        for (const name of ["Form", "Code", "JSON", "Many"]) {
          await page.tab(name).click();
          assert.equal(await sideways(browserPage), 0, name);
        }
        await page.example("text");
        await page.tab("Form").click();
        site.graph.script(
          error({ code: 190, message: "m".repeat(300), error_data: { detail: "d".repeat(300) } }),
        );
        await page.send.click();
        await expectEventually(() => page.outcome.getByRole("heading").textContent(), /auth/);
        assert.equal(await sideways(browserPage), 0);
      }));
  }

  for (const width of [360, 1280]) {
    it(`stands before the package arrives, and does not jump when it does (${width} px)`, () => {
      const prepare = async (page) => {
        await page.addInitScript(() => {
          globalThis.jumps = 0;
          new PerformanceObserver((list) => {
            for (const { value, hadRecentInput } of list.getEntries())
              if (!hadRecentInput) globalThis.jumps += value;
          }).observe({ type: "layout-shift", buffered: true });
        });
        // The module arrives once something is painted, and never if nothing is.
        await page.route("**/*.wasm", async (route) => {
          await page.waitForFunction(
            () => performance.getEntriesByName("first-contentful-paint").length > 0,
          );
          await route.continue();
        });
      };
      return site.visit({ width, prepare }, async (page, browserPage) => {
        await page.ready();
        const jumps = await browserPage.evaluate(() => globalThis.jumps);
        assert.ok(jumps < 0.1, `a layout shift of ${jumps}`);
      });
    });
  }
});

describe("axe-core", () => {
  const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  for (const [colorScheme, width] of [
    ["light", 1280],
    ["dark", 360],
  ]) {
    it(`has nothing serious to say (${colorScheme}, ${width} px)`, () =>
      site.visit({ colorScheme, width, tolerate: "/me/messages" }, async (page, browserPage) => {
        const serious = await auditor(browserPage);
        await page.ready();
        assert.deepEqual(await serious(), [], "at rest");
        for (const id of [
          "receipt",
          "feedback",
          "image-grid",
          "utility",
          "react",
          "reply",
          "ig-replies",
          "ig-post",
          "video",
          "carousel",
        ]) {
          await page.load(EXAMPLES.find((one) => one.id === id));
          assert.deepEqual(await serious(), [], id);
        }
        for (const value of [colorScheme === "dark" ? "light" : "dark", colorScheme]) {
          await page.button("Dark preview").click();
          assert.equal(await page.phone.getAttribute("data-look"), value);
          assert.deepEqual(await serious(), [], `a ${value} preview`);
        }
        await page.phone.getByRole("button").first().click();
        assert.deepEqual(await serious(), [], "a tap");
        await browserPage.getByRole("radio", { name: "Page inbox" }).check({ force: true });
        assert.deepEqual(await serious(), [], "the Page's inbox");
        await browserPage.getByRole("radio", { name: "Person" }).check({ force: true });
        for (const name of ["Examples", "Rules"]) {
          await page.button(name).click();
          await browserPage.getByRole("dialog", { name }).waitFor();
          await expectEventually(
            () => browserPage.locator("dialog li").count(),
            (count) => count > 10,
          );
          assert.deepEqual(await serious(), [], name);
          await browserPage.keyboard.press("Escape");
        }
        await page.pasteByButton(
          "send({ recipient: { id: psid }, messaging_type: RESPONSE, message: { text: 'a' } })",
        );
        await browserPage.getByRole("dialog").waitFor();
        assert.deepEqual(await serious(), [], "variables");
        await browserPage.keyboard.press("Escape");
        await page.write('{"recipient": {"id": "1"}, "message"');
        assert.deepEqual(await serious(), [], "a broken text");
        await page.tab("Form").click();
        assert.deepEqual(await serious(), [], "a broken text, in the form");
        await page.example("quick-replies");
        site.graph.script(error({ code: 190 }));
        await page.send.click();
        await expectEventually(() => page.outcome.getByRole("heading").textContent(), /auth/);
        await page.openEnvelope();
        await page.button("Remove Messaging type").click();
        await page.text.fill("x".repeat(2001));
        await page.reply(1).getByLabel("Title").fill("");
        await page.reply(2).getByLabel("Content type").selectOption("user_phone_number");
        assert.deepEqual(await serious(), [], "with issues and a refusal");
        for (const name of ["JSON", "Code", "Many"]) {
          await page.tab(name).click();
          assert.deepEqual(await serious(), [], name);
        }
        await browserPage.locator("#many-text").fill("psid,text\n1,a\n2,\n1,a");
        await page.button("Send all").click();
        await expectEventually(
          () => browserPage.locator("#send-many .many-progress .progress").textContent(),
          /done/,
        );
        assert.deepEqual(await serious(), [], "many");
      }));
  }

  // The other two looks: the same parts, in the states that have colours of their own.
  for (const [colorScheme, width] of [
    ["dark", 1280],
    ["light", 360],
  ]) {
    it(`has nothing serious to say of what has colours of its own (${colorScheme}, ${width} px)`, () =>
      site.visit({ colorScheme, width }, async (page, browserPage) => {
        const serious = await auditor(browserPage);
        await page.ready();
        await page.load(EXAMPLES.find(({ id }) => id === "carousel"));
        await page.phone.getByRole("button").first().click();
        assert.deepEqual(await serious(), [], "a carousel, and a tap");
        await page.load(EXAMPLES.find(({ id }) => id === "quick-replies"));
        await page.openEnvelope();
        await page.button("Remove Messaging type").click();
        await page.text.fill("x".repeat(2001));
        await page.send.click();
        assert.deepEqual(await serious(), [], "an error and a warning");
        await page.button("Examples").click();
        assert.deepEqual(await serious(), [], "the gallery");
        await browserPage.keyboard.press("Escape");
        await page.write('{"recipient": {"id": "1"}, "message"');
        assert.deepEqual(await serious(), [], "a broken text");
      }));
  }

  // The small pictures of the gallery are the phone once more, for the eye only.
  async function auditor(browserPage) {
    await browserPage.evaluate(`${await axe}; undefined`);
    return async () => {
      const { violations } = await browserPage.evaluate(() =>
        globalThis.axe.run({ exclude: [".thumb"] }),
      );
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 4)
              .map((node) => node.html)
              .join(" ")}`,
        );
    };
  }
});

function sideways(browserPage) {
  return browserPage.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

// Every text of a message replaced.
function everywhere(value, text = HOSTILE) {
  if (typeof value === "string") return /^[a-z_A-Z]+$/.test(value) ? value : text;
  if (Array.isArray(value)) return value.map((item) => everywhere(item, text));
  return value !== null && typeof value === "object"
    ? Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, everywhere(item, text)]),
      )
    : value;
}
