// Requests for comparison.test.mjs: each of ILLEGAL breaks one documented rule, which the test
// checks with the package itself.

const recipient = { id: "7001002003004005" };
const say = (message, envelope) => ({
  recipient,
  messaging_type: "RESPONSE",
  message,
  ...envelope,
});
const many = (count, item) => Array.from({ length: count }, item);
const template = (payload) => say({ attachment: { type: "template", payload } });

export const TEXT = say({ text: "hello, world" });
export const BUTTON = { type: "postback", title: "Start", payload: "START" };

const card = (more) => ({ title: "Kettle", subtitle: "1.7 l", ...more });
const generic = (...elements) => template({ template_type: "generic", elements });
const buttons = (text, ...list) => template({ template_type: "button", text, buttons: list });
const media = (element) => template({ template_type: "media", elements: [element] });
const reply = (more) => ({ content_type: "text", title: "Yes", payload: "YES", ...more });
const ask = (...replies) => say({ text: "Tea?", quick_replies: replies });

export const ILLEGAL = {
  "an empty text": say({ text: "" }),
  "2001 characters": say({ text: "x".repeat(2001) }),
  "no message": { recipient, messaging_type: "RESPONSE" },
  "an empty recipient": { ...TEXT, recipient: {} },
  "a text and an attachment": say({
    text: "Look",
    attachment: { type: "image", payload: { url: "https://example.com/a.png" } },
  }),
  "an unknown messaging_type": { ...TEXT, messaging_type: "REPLY" },
  "MESSAGE_TAG without a tag": { ...TEXT, messaging_type: "MESSAGE_TAG" },
  "a tag withdrawn in April 2026": {
    ...TEXT,
    messaging_type: "MESSAGE_TAG",
    tag: "ACCOUNT_UPDATE",
  },
  "a tag without MESSAGE_TAG": { ...TEXT, tag: "HUMAN_AGENT" },
  "14 quick replies": ask(...many(14, () => reply())),
  "a quick reply's title of 21 characters": ask(reply({ title: "x".repeat(21) })),
  "a quick reply without a payload": ask(reply({ payload: undefined })),
  "a quick reply's payload of 1001 characters": ask(reply({ payload: "x".repeat(1001) })),
  "11 cards": generic(...many(11, () => card())),
  "a card's title of 81 characters": generic(card({ title: "x".repeat(81) })),
  "a card with a title only": generic({ title: "Kettle" }),
  "a card with 4 buttons": generic(card({ buttons: many(4, () => BUTTON) })),
  "a button template's text of 641 characters": buttons("x".repeat(641), BUTTON),
  "4 buttons": buttons("Tea?", ...many(4, () => BUTTON)),
  "a button's title of 21 characters": buttons("Tea?", { ...BUTTON, title: "x".repeat(21) }),
  "a web_url button without a url": buttons("Tea?", { type: "web_url", title: "Shop" }),
  "a postback's payload of 1001 characters": buttons("Tea?", {
    ...BUTTON,
    payload: "x".repeat(1001),
  }),
  "media with a url and an attachment_id": media({
    media_type: "image",
    url: "https://www.facebook.com/photo/?fbid=1",
    attachment_id: "1000000000000001",
  }),
  "an unknown type of attachment": say({
    attachment: { type: "picture", payload: { url: "https://example.com/a.png" } },
  }),
  "a template withdrawn in 2019": template({ template_type: "list", elements: [card()] }),
  "an image without a source": say({ attachment: { type: "image", payload: {} } }),
};

/** Two of these rules are broken at once. */
export const TWO_MISTAKES = generic(card({ title: "x".repeat(81), subtitle: "x".repeat(81) }));
