// Composing in a real browser: every example, forms that follow the schema, undo, the keyboard, and a package that comes late or never.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { validate } from "../../pkg/node.js";
import { EXAMPLES } from "../../www/examples/examples.js";
import { expectEventually } from "./eventually.mjs";
import { startSite } from "./fixture.mjs";

let site;
before(async () => {
  site = await startSite();
});
after(() => site?.close());
beforeEach(() => site.graph.reset());

describe("the examples", () => {
  it("keep the rules, and stand for every kind of content", () => {
    for (const { id, request, platform } of EXAMPLES)
      assert.equal(validate(request, { platform }).valid, true, id);
    assert.equal(new Set(EXAMPLES.map(({ id }) => id)).size, EXAMPLES.length);
    const types = new Set(
      EXAMPLES.map(({ request }) => request.message?.attachment?.payload?.template_type).filter(
        Boolean,
      ),
    );
    assert.ok(types.size >= 13, [...types].join());
  });

  it("are composed, shown, checked and sent, one by one", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      for (const { id, request } of EXAMPLES) {
        await page.example(id);
        assert.deepEqual(await page.request(), request, id);
        assert.match(await page.status.textContent(), /^(Ready to send|Can be sent)/, id);
        assert.equal(await page.thread.locator(".empty").count(), 0, `${id} has a preview`);
        assert.doesNotMatch(await page.phone.textContent(), /\[object|undefined|null|NaN/, id);
        assert.equal(await browserPage.locator("#compose .raw").count(), 0, `${id} has a form`);
        const before = site.graph.requests.filter(({ method }) => method === "POST").length;
        await page.send.click();
        await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
        const posted = site.graph.requests.filter(({ method }) => method === "POST");
        assert.equal(posted.length, before + 1, id);
        const { access_token: _, ...params } = posted.at(-1).params;
        assert.deepEqual(params, request, id);
      }
    }));
});

describe("the form", () => {
  it("writes the request as it will be posted", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.openEnvelope();
      await page.recipientKind.selectOption({ label: "User ref" });
      await page.group("Recipient").getByLabel("User ref", { exact: true }).fill("ref-77");
      await page.messagingType.selectOption("UPDATE");
      await page.text.fill("Tea or coffee?\nBoth are hot.");
      await page.button("Remove quick reply 3").click();
      for (const [n, title, payload] of [
        [1, "Tea", "TEA"],
        [2, "Coffee", "COFFEE"],
      ]) {
        await page.reply(n).getByLabel("Title").fill(title);
        await page.reply(n).getByLabel("Payload").fill(payload);
      }
      assert.deepEqual(await page.request(), {
        recipient: { user_ref: "ref-77" },
        messaging_type: "UPDATE",
        message: {
          text: "Tea or coffee?\nBoth are hot.",
          quick_replies: [
            { content_type: "text", title: "Tea", payload: "TEA" },
            { content_type: "text", title: "Coffee", payload: "COFFEE" },
          ],
        },
      });
      await page.ready();
    }));

  it("adds, moves and removes items, and the member with the last of them", () =>
    site.visit({}, async (page) => {
      const titles = async () =>
        (await page.request()).message.quick_replies?.map((reply) => reply.title);
      await page.ready();
      await page.button("Add quick reply").click();
      await page.reply(4).getByLabel("Title").fill("Giant");
      assert.deepEqual((await page.request()).message.quick_replies[3], {
        content_type: "text",
        title: "Giant",
        payload: "Giant",
      });
      await page.button("Move up quick reply 4").click();
      await page.button("Move down quick reply 1").click();
      assert.deepEqual(await titles(), ["Medium", "Small", "Giant", "Large"]);
      for (let n = 4; n > 0; n -= 1) await page.button("Remove quick reply 1").click();
      // An empty list is an error of its own, so with the last reply the member goes.
      assert.deepEqual(Object.keys((await page.request()).message), ["text"]);
      await page.ready();
    }));

  it("builds a carousel from nothing", () =>
    site.visit({}, async (page, browserPage) => {
      await page.example("text");
      await page.ready();
      await browserPage.getByLabel("Kind of message").selectOption({ label: "Attachment" });
      await page
        .group("Attachment")
        .getByLabel("Type", { exact: true })
        .first()
        .selectOption("template");
      await browserPage.getByLabel("Template type").selectOption("generic");
      const card = (n) => page.group(`Generic element ${n}`);
      await card(1).getByLabel("Title", { exact: true }).fill("Kettle");
      await card(1).getByRole("button", { name: "Add Subtitle" }).click();
      await card(1).getByLabel("Subtitle", { exact: true }).fill("1.7 l");
      await page.button("Add generic element").click();
      await card(2).getByLabel("Title", { exact: true }).fill("Mug");
      await card(2).getByRole("button", { name: "Add Buttons" }).click();
      await card(2).getByLabel("Type", { exact: true }).selectOption("postback");
      const button = card(2).getByRole("group", { name: "Button 1" });
      await button.getByLabel("Title", { exact: true }).fill("Buy");
      assert.deepEqual((await page.request()).message, {
        attachment: {
          type: "template",
          payload: {
            template_type: "generic",
            elements: [
              { title: "Kettle", subtitle: "1.7 l" },
              { title: "Mug", buttons: [{ type: "postback", title: "Buy", payload: "Buy" }] },
            ],
          },
        },
      });
      await page.ready();
      await page
        .group("Attachment")
        .getByLabel("Type", { exact: true })
        .first()
        .selectOption("image");
      assert.deepEqual((await page.request()).message, {
        attachment: { type: "image", payload: { url: "" } },
      });
    }));

  it("shows and keeps what it has no field for", () =>
    site.visit({}, async (page) => {
      await page.ready();
      await page.write(
        '{"recipient": {"id": 5}, "messaging_type": "RESPONSE", "message": {"text": ["a"], "quick_replies": {"no": "list"}, "of_next_year": {"x": 1}}}',
      );
      await page.tab("Form").click();
      assert.equal(await page.text.inputValue(), '["a"]');
      assert.equal(await page.group("Message").getByLabel("Of next year").inputValue(), '{"x":1}');
      await page.group("Message").getByLabel("Of next year").fill("[2]");
      await page.text.fill('"tea"');
      assert.deepEqual((await page.request()).message, {
        text: "tea",
        quick_replies: { no: "list" },
        of_next_year: [2],
      });
      assert.equal(
        await page.text.evaluate((control) => control === document.activeElement),
        true,
        "the focus stays in the field",
      );
    }));

  it("takes numbers as they are typed", () =>
    site.visit({}, async (page, browserPage) => {
      await page.example("receipt");
      await page.ready();
      const total = browserPage.getByLabel("Total cost");
      await total.fill("");
      await total.pressSequentially("10.05");
      assert.equal((await page.request()).message.attachment.payload.summary.total_cost, 10.05);
      await total.fill("ten");
      assert.equal((await page.request()).message.attachment.payload.summary.total_cost, "ten");
      await expectEventually(async () => (await page.issuesAt(total)).length, 1);
    }));

  it("takes changes back and repeats them", () =>
    site.visit({}, async (page, browserPage) => {
      await page.ready();
      const before = await page.request();
      await page.example("receipt");
      await page.button("Undo").click();
      assert.deepEqual(await page.request(), before);
      await page.button("Redo").click();
      assert.equal((await page.request()).message.attachment.payload.template_type, "receipt");
      await browserPage.keyboard.press("ControlOrMeta+z");
      assert.deepEqual(await page.request(), before);
    }));

  it("works by keyboard alone, and keeps the focus where the work is", () =>
    site.visit({}, async (page, browserPage) => {
      const focused = () =>
        browserPage.evaluate(() => {
          const { activeElement: one } = document;
          return (
            one.labels?.[0]?.textContent ??
            (one.querySelector(".visually-hidden")?.textContent || one.textContent)
          );
        });
      await page.ready();
      await page.button("Add quick reply").focus();
      await browserPage.keyboard.press("Enter");
      assert.equal(await focused(), "Content type");
      await browserPage.keyboard.press("Tab");
      await browserPage.keyboard.type("Giant");
      assert.equal((await page.request()).message.quick_replies[3].title, "Giant");
      await page.button("Move up quick reply 4").focus();
      await browserPage.keyboard.press("Enter");
      assert.equal(await focused(), "Move up quick reply 3");
      await browserPage.keyboard.press("Space");
      assert.equal(await focused(), "Move up quick reply 2");
      await page.button("Remove quick reply 4").focus();
      await browserPage.keyboard.press("Enter");
      assert.equal(await focused(), "Remove quick reply 3");
      await page.platform("Messenger").focus();
      await browserPage.keyboard.press("ArrowRight");
      assert.ok(await page.platform("Instagram").isChecked());
      await page.tab("Form").focus();
      await browserPage.keyboard.press("ArrowRight");
      assert.equal(await page.tab("JSON").getAttribute("aria-selected"), "true");
      await browserPage.keyboard.press("Home");
      await browserPage.keyboard.press("Tab");
      await page.button("Examples").focus();
      await browserPage.keyboard.press("Enter");
      await browserPage.keyboard.type("receipt");
      await browserPage.keyboard.press("Tab");
      await browserPage.keyboard.press("Enter");
      assert.equal((await page.request()).message.attachment.payload.template_type, "receipt");
      assert.equal(await focused(), "Examples", "the focus is back where the dialog was opened");
      await page.send.focus();
      await browserPage.keyboard.press("Enter");
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), "Sent");
    }));
});

describe("without the package", () => {
  it("can be typed in before it has arrived, and checks from then on", () => {
    let arrive;
    const arrival = new Promise((resolve) => {
      arrive = resolve;
    });
    const prepare = (page) =>
      page.route("**/messenger-send-*.js", async (route) => {
        await arrival;
        await route.continue();
      });
    return site.visit({ prepare }, async (page) => {
      await page.write(
        '{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":""}}',
      );
      assert.match(await page.thread.textContent(), /Nothing to show yet/);
      assert.match(await page.status.textContent(), /Loading/);
      arrive();
      await expectEventually(() => page.status.textContent(), "1 error");
      await page.tab("Form").click();
      assert.deepEqual(await page.issuesAt(page.text), ["text.empty"]);
    });
  });

  it("shows the form while the module is still on its way", () => {
    const prepare = (page) => page.route("**/*.wasm", () => {});
    return site.visit({ prepare }, async (page) => {
      await page.text.fill("Typed early");
      assert.equal((await page.request()).message.text, "Typed early");
      assert.match(await page.status.textContent(), /Loading/);
    });
  });

  it("says so when it cannot be loaded, still shows the request, and can try again", () => {
    const prepare = (page) => page.route("**/messenger-send-*.js", (route) => route.abort());
    return site.visit({ prepare, tolerate: "/messenger-send-" }, async (page, browserPage) => {
      await expectEventually(() => page.status.textContent(), /did not load/);
      await page.example("coupon");
      assert.match(await page.thread.textContent(), /15% off tea/);
      await page.send.click();
      await expectEventually(() => page.outcome.getByRole("heading").textContent(), /did not load/);
      assert.equal(site.graph.requests.length, 0);
      await browserPage.unroute("**/messenger-send-*.js");
      await page.button("Try again").click();
      await page.ready();
    });
  });
});
