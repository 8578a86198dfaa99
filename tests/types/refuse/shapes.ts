// Shapes that must not compile, area by area. Each line that is wrong follows its `@ts-expect-error`.
import type { Attachment, Button, GenericElement, Message, MessageDraft, QuickReply, Recipient, SendRequest, Template } from "messenger-send";

const recipient = { id: "4815162342" };
const text = "hello";
const url = "https://example.org/a.png";
const business_privacy = { url };
const generic = { template_type: "generic", elements: [{ title: "A", subtitle: "b" }] } as const;
const frame = { template_type: "customer_feedback", title: "Rate", subtitle: "Please", button_title: "Rate", business_privacy } as const;

// --- The envelope

// @ts-expect-error the feedback tag with another template
export const e01: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "CUSTOMER_FEEDBACK", message: { attachment: { type: "template", payload: generic } } };
// @ts-expect-error the feedback tag with an image
export const e02: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "CUSTOMER_FEEDBACK", message: { attachment: { type: "image", payload: { url } } } };
// @ts-expect-error a tag with UPDATE
export const e03: SendRequest = { recipient, messaging_type: "UPDATE", tag: "HUMAN_AGENT", message: { text } };
// @ts-expect-error a tag without messaging_type
export const e04: SendRequest = { recipient, tag: "HUMAN_AGENT", message: { text } };
// @ts-expect-error a tag that was withdrawn long ago
export const e05: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "SHIPPING_UPDATE", message: { text } };
// @ts-expect-error a tag that was withdrawn in 2026
export const e06: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "CONFIRMED_EVENT_UPDATE", message: { text } };
// @ts-expect-error a tag that was withdrawn in 2026
export const e07: SendRequest = { recipient, messaging_type: "MESSAGE_TAG", tag: "POST_PURCHASE_UPDATE", message: { text } };
// @ts-expect-error UTILITY with a tag
export const e08: SendRequest = { recipient, messaging_type: "UTILITY", tag: "HUMAN_AGENT", message: { template: { name: "a", language: { code: "en" }, components: [] } } };
// @ts-expect-error a notification type that does not exist
export const e09: SendRequest = { recipient, messaging_type: "RESPONSE", notification_type: "LOUD", message: { text } };
// @ts-expect-error reply_to is an object
export const e10: SendRequest = { recipient, messaging_type: "RESPONSE", reply_to: "m_1", message: { text } };
// @ts-expect-error reply_to needs its mid
export const e11: SendRequest = { recipient, messaging_type: "RESPONSE", reply_to: {}, message: { text } };
// @ts-expect-error a message and a sender action
export const e12: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text }, sender_action: "mark_seen" };
// @ts-expect-error a sender action that does not exist
export const e13: SendRequest = { recipient, sender_action: "dance" };
// @ts-expect-error a sender action in the wrong letter case
export const e14: SendRequest = { recipient, sender_action: "TYPING_ON" };
// @ts-expect-error a reaction without its emoji
export const e15: SendRequest = { recipient, sender_action: "react", payload: { message_id: "m_1" } };
// @ts-expect-error typing has no payload
export const e16: SendRequest = { recipient, sender_action: "typing_on", payload: { message_id: "m_1" } };
// @ts-expect-error the token is an option of send
export const e17: SendRequest = { recipient, messaging_type: "RESPONSE", message: { text }, access_token: "EAABtesttoken" };
// @ts-expect-error the request is no text
export const e18: SendRequest = "hello";
// @ts-expect-error the message is no text
export const e19: SendRequest = { recipient, messaging_type: "RESPONSE", message: text };
// @ts-expect-error nothing is null
export const e20: SendRequest = { recipient, messaging_type: null, message: { text } };
// @ts-expect-error a persona's id is a text
export const e21: SendRequest = { recipient, messaging_type: "RESPONSE", persona_id: 12, message: { text } };

// --- The recipient

// @ts-expect-error a number
export const w01: Recipient = { id: 4815162342 };
// @ts-expect-error a text
export const w02: Recipient = "4815162342";
// @ts-expect-error two ways
export const w03: Recipient = { comment_id: "c", post_id: "p" };
// @ts-expect-error two ways
export const w04: Recipient = { id: "1", one_time_notif_token: "t" };
// @ts-expect-error a name without a telephone number
export const w05: Recipient = { id: "1", name: { first_name: "Ana", last_name: "Ruiz" } };
// @ts-expect-error a way that does not exist
export const w06: Recipient = { psid: "1" };

// --- The message

// @ts-expect-error two contents
export const m01: Message = { text, sticker_id: 1 };
// @ts-expect-error two contents
export const m02: Message = { text, attachments: [{ type: "image", payload: { url } }] };
// @ts-expect-error two contents
export const m03: Message = { attachment: { type: "image", payload: { url } }, attachments: [{ type: "image", payload: { url } }] };
// @ts-expect-error two contents
export const m04: Message = { text, template: { name: "a", language: { code: "en" }, components: [] } };
// @ts-expect-error quick replies alone
export const m05: Message = { quick_replies: [{ content_type: "text", title: "Yes", payload: "Y" }] };
// @ts-expect-error several images are images
export const m06: Message = { attachments: [{ type: "video", payload: { url } }] };
// @ts-expect-error metadata is a text
export const m07: Message = { text, metadata: { order: 1 } };
// @ts-expect-error quick replies are a list
export const m08: Message = { text, quick_replies: { content_type: "text", title: "Yes", payload: "Y" } };
// @ts-expect-error a list of texts is a draft's short form
export const m09: Message = { text, quick_replies: ["Yes"] };
// @ts-expect-error the language of a utility template is an object
export const m10: Message = { template: { name: "a", language: "en", components: [] } };
// @ts-expect-error a utility template has a name
export const m11: Message = { template: { language: { code: "en" } } };
// @ts-expect-error a component that does not exist
export const m12: Message = { template: { name: "a", language: { code: "en" }, components: [{ type: "footer" }] } };
// @ts-expect-error a button parameter without its address
export const m13: Message = { template: { name: "a", language: { code: "en" }, components: [{ type: "buttons", parameters: [{ type: "URL", payload: "p" }] }] } };

// @ts-expect-error the location was withdrawn
export const q01: QuickReply = { content_type: "location" };
// @ts-expect-error a text without a title
export const q02: QuickReply = { content_type: "text", payload: "Y" };
// @ts-expect-error the email has no title
export const q03: QuickReply = { content_type: "user_email", title: "Mail" };
// @ts-expect-error the telephone number has no payload
export const q04: QuickReply = { content_type: "user_phone_number", payload: "P" };
// @ts-expect-error a payload that is an object
export const q05: QuickReply = { content_type: "text", title: "Yes", payload: { yes: true } };

// @ts-expect-error both an address and an id
export const a01: Attachment = { type: "video", payload: { url, attachment_id: "1" } };
// @ts-expect-error neither an address nor an id
export const a02: Attachment = { type: "video", payload: {} };
// @ts-expect-error a type that does not exist
export const a03: Attachment = { type: "gif", payload: { url } };
// @ts-expect-error a type of incoming messages
export const a04: Attachment = { type: "location", payload: { url } };
// @ts-expect-error a template's payload in an image
export const a05: Attachment = { type: "image", payload: generic };
// @ts-expect-error an image's payload in a template
export const a06: Attachment = { type: "template", payload: { url } };
// @ts-expect-error a shared post by its address
export const a07: Attachment = { type: "MEDIA_SHARE", payload: { url } };
// @ts-expect-error the address stands in the payload
export const a08: Attachment = { type: "image", url };

// --- Templates

// @ts-expect-error withdrawn
export const t01: Template = { template_type: "open_graph", elements: [{ url }] };
// @ts-expect-error withdrawn
export const t02: Template = { template_type: "airline_itinerary" };
// @ts-expect-error no type
export const t03: Template = { elements: [{ title: "A", subtitle: "b" }] };
// @ts-expect-error elements are a list
export const t04: Template = { template_type: "generic", elements: { title: "A", subtitle: "b" } };
// @ts-expect-error members of another template
export const t05: Template = { template_type: "button", text, elements: [{ title: "A", subtitle: "b" }] };
// @ts-expect-error no buttons
export const t06: Template = { template_type: "button", text };
// @ts-expect-error both an address and an id
export const t07: Template = { template_type: "media", elements: [{ media_type: "image", url, attachment_id: "1" }] };
// @ts-expect-error neither an address nor an id
export const t08: Template = { template_type: "media", elements: [{ media_type: "image" }] };
// @ts-expect-error audio is no medium of this template
export const t09: Template = { template_type: "media", elements: [{ media_type: "audio", attachment_id: "1" }] };
// @ts-expect-error a receipt without its sums
export const t10: Template = { template_type: "receipt", recipient_name: "A", order_number: "1", currency: "EUR", payment_method: "Card" };
// @ts-expect-error sums without the total
export const t11: Template = { template_type: "receipt", recipient_name: "A", order_number: "1", currency: "EUR", payment_method: "Card", summary: { subtotal: 1 } };
// @ts-expect-error a sum that is a text
export const t12: Template = { template_type: "receipt", recipient_name: "A", order_number: "1", currency: "EUR", payment_method: "Card", summary: { total_cost: "1.00" } };
// @ts-expect-error an address without its city
export const t13: Template = { template_type: "receipt", recipient_name: "A", order_number: "1", currency: "EUR", payment_method: "Card", summary: { total_cost: 1 }, address: { street_1: "1", postal_code: "1", state: "S", country: "PT" } };
// @ts-expect-error a product's id is a text
export const t14: Template = { template_type: "product", elements: [{ id: 1 }] };
// @ts-expect-error neither a code nor a page
export const t15: Template = { template_type: "coupon", title: "15% off" };
// @ts-expect-error no title
export const t16: Template = { template_type: "coupon", coupon_code: "TEA15" };
// @ts-expect-error no privacy policy
export const t17: Template = { template_type: "customer_information", countries: ["US"] };
// @ts-expect-error no form
export const t18: Template = { template_type: "instant_form" };
// @ts-expect-error no payload
export const t19: Template = { template_type: "one_time_notif_req", title: "Tell me" };
// @ts-expect-error a label that does not exist
export const t20: Template = { template_type: "notification_messages", payload: "p", notification_messages_cta_text: "BUY" };
// @ts-expect-error a grid's buttons open pages or send postbacks
export const t21: Template = { template_type: "image_grid", elements: [{ images: [{ url }, { url }], buttons: [{ type: "phone_number", title: "Call", payload: "+1" }] }] };
// @ts-expect-error an action that opens a page has no text
export const t22: Template = { template_type: "image_grid", elements: [{ images: [{ url, action: { type: "web_url", url, text } }, { url }] }] };
// @ts-expect-error an action that sends a postback needs a text
export const t23: Template = { template_type: "image_grid", elements: [{ images: [{ url, action: { type: "postback", payload: "p" } }, { url }] }] };
// @ts-expect-error a ratio that does not exist
export const t24: Template = { template_type: "generic", elements: [{ title: "A", subtitle: "b" }], image_aspect_ratio: "wide" };
// @ts-expect-error calling has no further members
export const t25: Template = { template_type: "calling_optin", title: "Call" };

// @ts-expect-error a scale of another question
export const f01: Template = { ...frame, feedback_screens: [{ questions: [{ id: "q", type: "nps", score_option: "five_stars" }] }] };
// @ts-expect-error a scale for a free text
export const f02: Template = { ...frame, feedback_screens: [{ questions: [{ id: "q", type: "free_form", score_option: "five_stars" }] }] };
// @ts-expect-error a follow-up that is no free text
export const f03: Template = { ...frame, feedback_screens: [{ questions: [{ id: "q", type: "csat", follow_up: { type: "csat" } }] }] };
// @ts-expect-error a question without its type
export const f04: Template = { ...frame, feedback_screens: [{ questions: [{ id: "q" }] }] };
// @ts-expect-error a question that does not exist
export const f05: Template = { ...frame, feedback_screens: [{ questions: [{ id: "q", type: "stars" }] }] };
// @ts-expect-error no screens
export const f06: Template = { ...frame };

// @ts-expect-error a title alone
export const g01: GenericElement = { title: "A" };
// @ts-expect-error no title
export const g02: GenericElement = { subtitle: "b" };
// @ts-expect-error a default action has no title
export const g03: GenericElement = { title: "A", default_action: { type: "web_url", url, title: "Open" } };
// @ts-expect-error a default action opens a page
export const g04: GenericElement = { title: "A", default_action: { type: "postback", payload: "p" } };
// @ts-expect-error a button without its type is a draft's short form
export const g05: GenericElement = { title: "A", buttons: [{ title: "Open", url }] };

// --- Buttons

// @ts-expect-error withdrawn
export const b01: Button = { type: "element_share" };
// @ts-expect-error withdrawn
export const b02: Button = { type: "payment", title: "Buy", payload: "p" };
// @ts-expect-error no payload
export const b03: Button = { type: "postback", title: "Choose" };
// @ts-expect-error no title
export const b04: Button = { type: "web_url", url };
// @ts-expect-error a log-in button has no title
export const b05: Button = { type: "account_link", url, title: "Log in" };
// @ts-expect-error a log-in button has an address
export const b06: Button = { type: "account_link" };
// @ts-expect-error a log-out button has nothing
export const b07: Button = { type: "account_unlink", title: "Log out" };
// @ts-expect-error a height that does not exist
export const b08: Button = { type: "web_url", title: "Open", url, webview_height_ratio: "half" };
// @ts-expect-error a share button can only be hidden
export const b09: Button = { type: "web_url", title: "Open", url, webview_share_button: "show" };
// @ts-expect-error a game has one of the two
export const b10: Button = { type: "game_play", title: "Play", game_metadata: { player_id: "1", context_id: "2" } };
// @ts-expect-error a game has one of the two
export const b11: Button = { type: "game_play", title: "Play", game_metadata: {} };
// @ts-expect-error a call's number stands in its payload
export const b12: Button = { type: "phone_number", title: "Call", phone_number: "+1" };
// @ts-expect-error days are a number
export const b13: Button = { type: "audio_call", title: "Call", expires_in_days: "7" };

// --- Drafts

// @ts-expect-error two contents
export const d01: MessageDraft = { to: "1", text, template: generic };
// @ts-expect-error two contents
export const d02: MessageDraft = { to: "1", react: { message_id: "m_1", reaction: "❤" }, text };
// @ts-expect-error two ways of the recipient
export const d03: MessageDraft = { to: { id: "1", user_ref: "u" }, text };
// @ts-expect-error the wire's name of the recipient
export const d04: MessageDraft = { recipient: { id: "1" }, text };
// @ts-expect-error an image by two ways
export const d05: MessageDraft = { to: "1", image: { url, attachment_id: "1" } };
// @ts-expect-error a reaction without its emoji
export const d06: MessageDraft = { to: "1", react: { message_id: "m_1" } };
// @ts-expect-error a reaction is taken back without an emoji
export const d07: MessageDraft = { to: "1", unreact: { message_id: "m_1", reaction: "❤" } };
// @ts-expect-error a button that does two things
export const d08: MessageDraft = { to: "1", template: { template_type: "button", text, buttons: [{ title: "Open", url, payload: "p" }] } };
// @ts-expect-error a template without its type
export const d09: MessageDraft = { to: "1", template: { text, buttons: [{ title: "Open", url }] } };
// @ts-expect-error quick replies beside a wire message belong into it
export const d10: MessageDraft = { to: "1", message: { text }, quick_replies: ["Yes"] };
// @ts-expect-error a sender action that needs more
export const d11: MessageDraft = { to: "1", sender_action: "react" };
// @ts-expect-error a utility message without its language
export const d12: MessageDraft = { to: "1", utility: { name: "a", components: [] } };
// @ts-expect-error a withdrawn template
export const d13: MessageDraft = { to: "1", template: { template_type: "list", elements: [] } };
// @ts-expect-error UTILITY without its template
export const d14: MessageDraft = { to: "1", text, messaging_type: "UTILITY" };
// @ts-expect-error a utility message with a tag
export const d15: MessageDraft = { to: "1", utility: { name: "a", language: "en", components: [] }, tag: "HUMAN_AGENT" };
// @ts-expect-error a sender action with a tag
export const d16: MessageDraft = { to: "1", sender_action: "typing_on", tag: "HUMAN_AGENT" };
// @ts-expect-error a reaction that answers a message
export const d17: MessageDraft = { to: "1", react: { message_id: "m_1", reaction: "❤" }, reply_to: "m_2" };
