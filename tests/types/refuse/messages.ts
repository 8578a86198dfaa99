// Messages that must not compile. Each line that is wrong follows its `@ts-expect-error`.
import type { MessageDraft, SendRequest } from "messenger-send";

const recipient = { id: "4815162342" };
const text = "hello";
const image = { type: "image", payload: { url: "https://example.org/a.png" } } as const;

// @ts-expect-error a text beside an attachment
export const r01: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text, attachment: image } };
// @ts-expect-error two ways to say who receives it
export const r02: SendRequest = { recipient: { id: "1", user_ref: "u" }, messaging_type: "RESPONSE", message: { text } };
// @ts-expect-error no way to say who receives it
export const r03: SendRequest = { recipient: {}, messaging_type: "RESPONSE", message: { text } };
// @ts-expect-error nobody receives it
export const r04: SendRequest = { messaging_type: "RESPONSE", message: { text } };
// @ts-expect-error a tag without MESSAGE_TAG
export const r05: SendRequest = { recipient, messaging_type: "RESPONSE", tag: "HUMAN_AGENT", message: { text } };
// @ts-expect-error MESSAGE_TAG without a tag
export const r06: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", message: { text } };
// @ts-expect-error a tag that was withdrawn
export const r07: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "ACCOUNT_UPDATE", message: { text } };
// @ts-expect-error a message beside a sender action
export const r08: SendRequest = { recipient, sender_action: "typing_on", message: { text } };
// @ts-expect-error nothing to send
export const r09: SendRequest = { recipient };
// @ts-expect-error a misspelt member of the request
export const r10: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text }, mesaging_type: "RESPONSE" };
// @ts-expect-error a misspelt member of the message
export const r11: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text, quickReplies: [] } };
// @ts-expect-error a misspelt value
export const r12: SendRequest = { recipient, messaging_type: "REPLY", message: { text } };
// @ts-expect-error a text that is a number
export const r13: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text: 1 } };
// @ts-expect-error an empty message
export const r14: SendRequest = { recipient, messaging_type: "RESPONSE", message: {} };
// @ts-expect-error a quick reply without its payload
export const r15: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text, quick_replies: [{ content_type: "text", title: "Yes" }] } };
// @ts-expect-error a quick reply without its kind
export const r16: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text, quick_replies: [{ title: "Yes", payload: "Y" }] } };
// @ts-expect-error a generic template without elements
export const r17: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "template", payload: { template_type: "generic" } } } };
// @ts-expect-error a button template without its text
export const r18: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "template", payload: { template_type: "button", buttons: [] } } } };
// @ts-expect-error a template that does not exist
export const r19: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "template", payload: { template_type: "list", elements: [] } } } };
// @ts-expect-error a web_url button without its address
export const r20: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "template", payload: { template_type: "button", text, buttons: [{ type: "web_url", title: "Open" }] } } } };
// @ts-expect-error a postback button with an address
export const r21: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "template", payload: { template_type: "button", text, buttons: [{ type: "postback", title: "Open", url: "https://example.org/" }] } } } };
// @ts-expect-error a button that does not exist
export const r22: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "template", payload: { template_type: "button", text, buttons: [{ type: "link", title: "Open", url: "https://example.org/" }] } } } };
// @ts-expect-error an attachment without its payload
export const r23: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "image" } } };
// @ts-expect-error an attachment by two ways
export const r24: SendRequest = { recipient, messaging_type: "RESPONSE", message: { attachment: { type: "image", payload: { url: "https://example.org/", attachment_id: "1" } } } };
// @ts-expect-error UTILITY without a template
export const r25: SendRequest = { recipient, messaging_type: "UTILITY", message: { text } };
// @ts-expect-error the feedback tag with a text
export const r26: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "CUSTOMER_FEEDBACK", message: { text } };
// @ts-expect-error a reaction without what it is for
export const r27: SendRequest = { recipient, sender_action: "react" };
// @ts-expect-error a reaction that is taken back has no emoji
export const r28: SendRequest = { recipient, sender_action: "unreact", payload: { message_id: "m_1", reaction: "love" } };

// @ts-expect-error a draft with two contents
export const d01: MessageDraft = { to: "1", text, image: "https://example.org/a.png" };
// @ts-expect-error a draft without a content
export const d02: MessageDraft = { to: "1" };
// @ts-expect-error a draft without anybody who gets it
export const d03: MessageDraft = { text };
// @ts-expect-error a misspelt member of a draft
export const d04: MessageDraft = { to: "1", text, quickReplies: ["Yes"] };
// @ts-expect-error a withdrawn tag in a draft
export const d05: MessageDraft = { to: "1", text, tag: "POST_PURCHASE_UPDATE" };
// @ts-expect-error a button of a draft with nothing to do
export const d06: MessageDraft = { to: "1", template: { template_type: "button", text, buttons: [{ title: "Open" }] } };
// @ts-expect-error a draft to a number
export const d07: MessageDraft = { to: 4815162342, text };
// @ts-expect-error buttons go with a text
export const d07b: MessageDraft = { to: "1", sticker: 1, buttons: [{ title: "Shop", url: "https://example.org/" }] };
// @ts-expect-error a sticker beside a sender action
export const d08: MessageDraft = { to: "1", sticker: 1, sender_action: "typing_on" };
