// The JSON Schema of the package, with ajv: it compiles in strict mode, lets every legal fixture pass, and refuses what is
// an error on both platforms. That it refuses nothing that `validate` lets pass is in agreement.test.mjs.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const schema = read("../../pkg-template/schema.json");
const legal = readdirSync(new URL("../fixtures/legal/", import.meta.url), { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".json"))
  .sort();
const check = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

const recipient = { id: "1" };
const say = (message) => ({ recipient, messaging_type: "RESPONSE", message });
const template = (payload) => say({ attachment: { type: "template", payload } });
const generic = (element) =>
  template({
    template_type: "generic",
    elements: [{ title: "Tea", subtitle: "Green", ...element }],
  });
const grid = (...images) => template({ template_type: "image_grid", elements: [{ images }] });
const image = { url: "https://example.org/a.png" };
const reply = (members) =>
  say({
    text: "Which?",
    quick_replies: [{ content_type: "text", title: "A", payload: "a", ...members }],
  });
const url = "https://example.org/";

test("there are fixtures of legal messages", () => {
  assert.ok(legal.length >= 20, `only ${legal.length} fixtures were found`);
});

for (const name of legal) {
  test(`passes: ${name}`, () => {
    assert.ok(check(read(`../fixtures/legal/${name}`)), JSON.stringify(check.errors, null, 2));
  });
}

// What `validate` only warns about, on one platform or both.
const unwise = {
  "an unknown member": { ...say({ text: "a", sparkle: true }), future: 1 },
  "no messaging_type": { recipient, message: { text: "a" } },
  "a plain http address": say({
    attachment: { type: "image", payload: { url: "http://example.org/a.png" } },
  }),
  "white space about an address": say({
    attachment: { type: "image", payload: { url: " https://example.org/a.png" } },
  }),
  "a boolean as a text": say({
    attachment: { type: "image", payload: { url, is_reusable: "true" } },
  }),
  "a sender action in capitals": { recipient, sender_action: "TYPING_ON" },
  "a sender action beside a messaging_type": {
    recipient,
    messaging_type: "RESPONSE",
    sender_action: "typing_on",
  },
  "a quick reply's title that Instagram cuts": reply({ title: "x".repeat(21) }),
  "a contact quick reply with a title": reply({ content_type: "user_email" }),
  "an app's own scheme in a button": template({
    template_type: "button",
    text: "a",
    buttons: [{ type: "web_url", title: "a", url: "shop://1" }],
  }),
  "a utility component in capital letters": {
    recipient,
    messaging_type: "UTILITY",
    message: { template: { name: "a", language: { code: "en" }, components: [{ type: "BODY" }] } },
  },
  "an attachment's type in capital letters": say({
    attachment: { type: "IMAGE", payload: { url } },
  }),
  "a tag without messaging_type": { recipient, message: { text: "a" }, tag: "HUMAN_AGENT" },
  "a utility parameter that is not listed": {
    recipient,
    messaging_type: "UTILITY",
    message: {
      template: {
        name: "a",
        language: { code: "en" },
        components: [{ type: "header", parameters: [{ type: "image" }] }],
      },
    },
  },
  "2000 characters, each two UTF-16 units": say({ text: "\u{1f375}".repeat(2000) }),
  "a number as an id": { ...say({ text: "a" }), recipient: { id: 1 } },
  "Instagram's only image in the list's place": say({
    attachments: { type: "image", payload: { url } },
  }),
  "a utility message without components": {
    recipient,
    messaging_type: "UTILITY",
    message: { template: { name: "a", language: { code: "en" } } },
  },
  "a deprecated token": { recipient: { notification_messages_token: "t" }, message: { text: "a" } },
};

for (const [what, request] of Object.entries(unwise)) {
  test(`passes: ${what}`, () => {
    assert.ok(check(request), JSON.stringify(check.errors, null, 2));
  });
}

const illegal = {
  "no object": "hello",
  null: null,
  nothing: {},
  "no recipient": [{ messaging_type: "RESPONSE", message: { text: "a" } }, "/", "required"],
  "two recipients": [
    { ...say({ text: "a" }), recipient: { id: "1", user_ref: "2" } },
    "/recipient",
    "oneOf",
  ],
  "no form of recipient": [{ ...say({ text: "a" }), recipient: {} }, "/recipient", "oneOf"],
  "an empty id": [{ ...say({ text: "a" }), recipient: { id: "" } }, "/recipient/id", "minLength"],
  "a boolean as an id": [
    { ...say({ text: "a" }), recipient: { id: true } },
    "/recipient/id",
    "type",
  ],
  "a currency in small letters": [
    template({
      template_type: "receipt",
      recipient_name: "a",
      order_number: "1",
      currency: "eur",
      payment_method: "a",
      summary: { total_cost: 1 },
    }),
    "/message/attachment/payload/currency",
    "pattern",
  ],
  "an empty list of buttons": [
    generic({ buttons: [] }),
    "/message/attachment/payload/elements/0/buttons",
    "minItems",
  ],
  "neither message nor action": [{ recipient, messaging_type: "RESPONSE" }, "/", "anyOf"],
  "message and action": [{ ...say({ text: "a" }), sender_action: "typing_on" }, "/", "not"],
  "an unknown messaging_type": [
    { recipient, messaging_type: "REPLY", message: { text: "a" } },
    "/messaging_type",
    "enum",
  ],
  "an unknown sender action": [{ recipient, sender_action: "dance" }, "/sender_action", "pattern"],
  "a tag without MESSAGE_TAG": [
    { ...say({ text: "a" }), tag: "HUMAN_AGENT" },
    "/messaging_type",
    "const",
  ],
  "MESSAGE_TAG without a tag": [
    { ...say({ text: "a" }), messaging_type: "MESSAGE_TAG" },
    "/",
    "required",
  ],
  "a withdrawn tag": [
    { ...say({ text: "a" }), messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE" },
    "/tag",
    "enum",
  ],
  "CUSTOMER_FEEDBACK with a text": [
    { ...say({ text: "a" }), messaging_type: "MESSAGE_TAG", tag: "CUSTOMER_FEEDBACK" },
    "/message",
    "required",
  ],
  "UTILITY without a template": [
    { ...say({ text: "a" }), messaging_type: "UTILITY" },
    "/message",
    "required",
  ],
  "a reaction without a message": [{ recipient, sender_action: "react" }, "/", "required"],
  "a reaction without an emoji": [
    { recipient, sender_action: "react", payload: { message_id: "m" } },
    "/payload",
    "required",
  ],
  "an empty message": [say({}), "/message", "anyOf"],
  "an empty text": [say({ text: "" }), "/message/text", "minLength"],
  "2001 characters": [say({ text: "x".repeat(2001) }), "/message/text", "maxLength"],
  "text and attachment": [
    say({ text: "a", attachment: { type: "image", payload: { url } } }),
    "/message",
    "not",
  ],
  "14 quick replies": [
    say({
      text: "a",
      quick_replies: Array.from({ length: 14 }, () => ({
        content_type: "text",
        title: "a",
        payload: "a",
      })),
    }),
    "/message/quick_replies",
    "maxItems",
  ],
  "no quick replies in the list": [
    say({ text: "a", quick_replies: [] }),
    "/message/quick_replies",
    "minItems",
  ],
  "a quick reply without a title": [
    reply({ title: undefined }),
    "/message/quick_replies/0",
    "required",
  ],
  "a quick reply without a payload": [
    reply({ payload: undefined }),
    "/message/quick_replies/0",
    "required",
  ],
  "a quick reply with nothing in its title": [
    reply({ title: "" }),
    "/message/quick_replies/0",
    "required",
  ],
  "a withdrawn quick reply": [
    reply({ content_type: "location" }),
    "/message/quick_replies/0/content_type",
    "enum",
  ],
  "a payload of 1001 characters": [
    reply({ payload: "x".repeat(1001) }),
    "/message/quick_replies/0/payload",
    "maxLength",
  ],
  "an unknown attachment": [
    say({ attachment: { type: "hologram", payload: {} } }),
    "/message/attachment/type",
    "pattern",
  ],
  "a utility component that is not listed": [
    say({
      template: {
        name: "a",
        language: { code: "en" },
        components: [{ type: "carousel", cards: [] }],
      },
    }),
    "/message/template/components/0/type",
    "pattern",
  ],
  "a sticker's id that is a word": [
    say({ sticker_id: "thumbs-up" }),
    "/message/sticker_id",
    "pattern",
  ],
  "a sticker's id with decimals": [say({ sticker_id: 1.5 }), "/message/sticker_id", "type"],
  "dynamic text beside a text": [
    say({ text: "a", dynamic_text: { text: "a" } }),
    "/message",
    "not",
  ],
  "an attachment without a type": [
    say({ attachment: { payload: { url } } }),
    "/message/attachment",
    "required",
  ],
  "a medium with two sources": [
    say({ attachment: { type: "image", payload: { url, attachment_id: "1" } } }),
    "/message/attachment/payload",
    "oneOf",
  ],
  "a medium whose address has no scheme": [
    say({ attachment: { type: "image", payload: { url: "example.org/a.png" } } }),
    "/message/attachment/payload/url",
    "pattern",
  ],
  "31 images": [
    say({ attachments: Array.from({ length: 31 }, () => ({ type: "image", payload: { url } })) }),
    "/message/attachments",
    "maxItems",
  ],
  "a withdrawn template": [
    template({ template_type: "list", elements: [] }),
    "/message/attachment/payload/template_type",
    "enum",
  ],
  "a button template without buttons": [
    template({ template_type: "button", text: "a" }),
    "/message/attachment/payload",
    "required",
  ],
  "four buttons": [
    template({
      template_type: "button",
      text: "a",
      buttons: Array.from({ length: 4 }, () => ({ type: "account_unlink" })),
    }),
    "/message/attachment/payload/buttons",
    "maxItems",
  ],
  "a button's label of 21 characters": [
    template({
      template_type: "button",
      text: "a",
      buttons: [{ type: "postback", title: "x".repeat(21), payload: "a" }],
    }),
    "/message/attachment/payload/buttons/0/title",
    "maxLength",
  ],
  "a telephone number without +": [
    template({
      template_type: "button",
      text: "a",
      buttons: [{ type: "phone_number", title: "a", payload: "0351" }],
    }),
    "/message/attachment/payload/buttons/0/payload",
    "pattern",
  ],
  "a log-in page without https": [
    template({
      template_type: "button",
      text: "a",
      buttons: [{ type: "account_link", url: "http://example.org/" }],
    }),
    "/message/attachment/payload/buttons/0/url",
    "pattern",
  ],
  "8 days": [
    template({
      template_type: "button",
      text: "a",
      buttons: [{ type: "audio_call", title: "a", expires_in_days: 8 }],
    }),
    "/message/attachment/payload/buttons/0/expires_in_days",
    "maximum",
  ],
  "a fallback address without extensions": [
    template({
      template_type: "button",
      text: "a",
      buttons: [{ type: "web_url", title: "a", url, fallback_url: url }],
    }),
    "/message/attachment/payload/buttons/0",
    "required",
  ],
  "a card with a title only": [
    template({ template_type: "generic", elements: [{ title: "Tea" }] }),
    "/message/attachment/payload/elements/0",
    "anyOf",
  ],
  "a default action with a title": [
    generic({ default_action: { type: "web_url", url, title: "a" } }),
    "/message/attachment/payload/elements/0/default_action",
    "not",
  ],
  "a coupon with neither code nor page": [
    template({ template_type: "coupon", title: "Tea" }),
    "/message/attachment/payload",
    "anyOf",
  ],
  "a grid of one image": [grid(image), "/message/attachment/payload/elements/0/images", "minItems"],
  "a grid with two heroes": [
    grid({ ...image, is_hero_image: true }, { ...image, is_hero_image: true }),
    "/message/attachment/payload/elements/0/images",
    "contains",
  ],
  "a grid's action with a member of the other type": [
    grid(image, { ...image, action: { type: "web_url", url, text: "a" } }),
    "/message/attachment/payload/elements/0/images/1/action",
    "not",
  ],
  "a utility template without a language": [
    { recipient, messaging_type: "UTILITY", message: { template: { name: "a", components: [] } } },
    "/message/template",
    "required",
  ],
};

for (const [what, given] of Object.entries(illegal)) {
  const [request, where, keyword] = Array.isArray(given) ? given : [given, "/"];
  test(`refuses: ${what}`, () => {
    // As it is posted, without undefined members.
    assert.equal(check(JSON.parse(JSON.stringify(request))), false);
    const found = check.errors.map((error) => `${error.instancePath || "/"} ${error.keyword}`);
    assert.ok(
      found.some((line) => (keyword ? line === `${where} ${keyword}` : line.startsWith(where))),
      `${where} ${keyword} is not among: ${found.join(", ")}`,
    );
  });
}
