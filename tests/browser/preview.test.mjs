// The preview in a real browser: the person's phone and the Page's inbox, clicks that lead both ways, pictures, and taps.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { EXAMPLES } from "../../www/examples/examples.js";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

// A picture of one pixel.
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());

const example = (id) => EXAMPLES.find((one) => one.id === id);
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

describe("whose phone", () => {
  it("is the person's: the Page's messages left and grey, the person's right", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const sides = () =>
        page.thread.locator(".bubble").evaluateAll((all) =>
          all.map((one) => {
            const [own, phone] = [
              one.getBoundingClientRect(),
              one.closest(".thread").getBoundingClientRect(),
            ];
            // Beside the picture, or at the other edge.
            return phone.right - own.right < 20
              ? "right"
              : own.left - phone.left < 60
                ? "left"
                : "between";
          }),
        );
      const colour = (n) =>
        page.thread
          .locator(".bubble")
          .nth(n)
          .evaluate((one) => getComputedStyle(one).backgroundColor);
      assert.deepEqual(
        await sides(),
        ["right", "left"],
        "the person's “Hello!”, and the Page's answer",
      );
      const [persons, pages] = [await colour(0), await colour(1)];
      assert.match(persons, /rgb\(10, 94, 224\)/);
      assert.match(pages, /rgb\(236, 238, 242\)/);
      assert.equal(await page.thread.locator(".them .avatar.page").count(), 1);
      await browserPage.getByRole("radio", { name: "Page inbox" }).check({ force: true });
      assert.deepEqual(await sides(), ["left", "right"]);
      assert.equal(
        await colour(1),
        persons,
        "from the Page's side its own messages are the blue ones",
      );
      assert.equal(await page.button("Small").count(), 0, "quick replies are the person's");
    }));

  it("shows typing left, an answer as an answer, and the persona at its bubble", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load(example("typing"));
      assert.equal(await page.thread.locator(".them .typing").count(), 1);
      await page.load(example("reply"));
      assert.match(await page.thread.textContent(), /Your Page replied to you/);
      await browserPage.getByRole("radio", { name: "Page inbox" }).check({ force: true });
      assert.match(await page.thread.textContent(), /You replied/);
      await browserPage.getByRole("radio", { name: "Person" }).check({ force: true });
      await page.load(example("persona"));
      assert.match(
        await page.thread.locator(".them .speaker").textContent(),
        /Persona 2222146701193608/,
      );
      assert.equal(await page.thread.locator(".avatar.persona").count(), 1);
      assert.match(await page.phone.locator(".phone-title").textContent(), /Your Page/);
    }));
});

describe("a click", () => {
  it("leads to the field, also of a folded row, and of what is in the envelope", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.thread.locator(".bubble").last().click();
      assert.ok(await isFocused(page.text));
      await page.load(example("carousel"));
      await page.group("Elements").getByRole("button", { name: "Fold all" }).last().click();
      await page.thread.locator(".card-title").nth(1).click();
      assert.ok(
        await isFocused(
          page.group("Generic element 2").getByLabel("Title", { exact: true }).first(),
        ),
      );
      await page.load(example("human-agent"));
      await page.thread.locator(".note-line").click();
      assert.ok(await isFocused(browserPage.getByLabel("Tag", { exact: true })));
    }));

  it("leads into the JSON where that is being edited", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.tab("JSON").click();
      await page.thread.locator(".bubble").last().click();
      await expectEventually(() => page.selected(), /^"text": "Hello! Which size/);
    }));

  it("in a field marks what it is on the phone, and so does the cursor in the JSON", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load(example("carousel"));
      const pointed = () => browserPage.locator("#preview .pointed").textContent();
      await page.group("Generic element 3").getByLabel("Title", { exact: true }).first().focus();
      assert.equal(await pointed(), "Mug");
      assert.ok(
        await page.thread.locator(".carousel").evaluate((one) => one.scrollLeft > 0),
        "and brings it into sight",
      );
      await page.tab("JSON").click();
      await page.editor.getByText('"Teapot"').click();
      await expectEventually(pointed, "Teapot");
    }));
});

describe("pictures", () => {
  it("are loaded when somebody asks for them, and not before", () => {
    const asked = [];
    const prepare = (page) =>
      page.context().route("https://cdn.example.org/**", (route) => {
        asked.push(route.request().url());
        return route.request().url().endsWith("mug.png")
          ? route.abort()
          : route.fulfill({ contentType: "image/png", body: PIXEL });
      });
    return site.visit(
      { prepare, own: ["https://cdn.example.org"], tolerate: "cdn.example.org" },
      async (page, browserPage) => {
        await page.ready();
        await page.load(example("carousel"));
        assert.equal(await page.phone.locator("img").count(), 0);
        assert.deepEqual(asked, []);
        await page.button("Pictures").click();
        await expectEventually(
          () =>
            page.phone
              .locator("img")
              .evaluateAll(
                (all) => all.filter((one) => one.complete && one.naturalWidth === 1).length,
              ),
          2,
        );
        assert.match(
          await page.thread.textContent(),
          /mug\.png/,
          "one that cannot be loaded is still named",
        );
        const before = asked.length;
        await page
          .group("Generic element 1")
          .getByLabel("Title", { exact: true })
          .first()
          .fill("Pot");
        assert.equal(
          await page.phone
            .locator("img")
            .first()
            .evaluate((one) => one.complete),
          true,
          "and stays while one types",
        );
        assert.equal(asked.filter((url) => url.endsWith("kettle.png")).length, 1);
        assert.ok(asked.length - before <= 1);
        await page.button("Pictures").click();
        assert.equal(await page.phone.locator("img").count(), 0);
        assert.equal(await browserPage.locator("img").count(), 0);
      },
    );
  });
});

describe("a tap", () => {
  const sheet = (browserPage) => browserPage.getByRole("region", { name: "What the tap makes" });
  const eventIn = async (browserPage) =>
    JSON.parse(await sheet(browserPage).locator("pre").textContent());

  it("on a quick reply or a postback shows the event that the Page's webhook gets", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.phone.getByRole("button", { name: "Medium" }).click();
      const event = await eventIn(browserPage);
      assert.equal(event.object, "page");
      assert.deepEqual(event.entry[0].messaging[0].sender, { id: "7001002003004005" });
      assert.deepEqual(event.entry[0].messaging[0].message.quick_reply, { payload: "SIZE_M" });
      await page.load(example("carousel"));
      assert.equal(await sheet(browserPage).isVisible(), false, "an event of what is gone is gone");
      await page.phone.getByRole("button", { name: "Add to cart" }).first().click();
      assert.deepEqual(
        (await eventIn(browserPage)).entry[0].messaging[0].postback.payload,
        "ADD:K1",
      );
      await sheet(browserPage).getByRole("button", { name: "Edit it" }).click();
      assert.ok(
        await page
          .group("Generic element 1")
          .getByRole("group", { name: "Button 2" })
          .evaluate((group) => group.contains(document.activeElement)),
      );
    }));

  it("on a link says that there is no event, and by keyboard the focus returns", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load(example("buttons"));
      const hours = page.phone.getByRole("button", { name: "Opening hours" });
      await hours.focus();
      await browserPage.keyboard.press("Enter");
      assert.match(await sheet(browserPage).textContent(), /shop\.example\.org\/hours.*no event/);
      await sheet(browserPage).getByRole("button", { name: "Close" }).click();
      assert.ok(await isFocused(hours));
      await browserPage.keyboard.press("Enter");
      await sheet(browserPage).getByRole("button", { name: "Edit it" }).focus();
      await browserPage.keyboard.press("Escape");
      assert.ok(await isFocused(hours));
    }));

  it("on Instagram is an event of Instagram", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      await page.load(example("ig-replies"));
      await page.phone.getByRole("button", { name: "Large" }).click();
      assert.equal((await eventIn(browserPage)).object, "instagram");
    }));
});
