// Messages that must compile: one of each kind, as request and as draft.
import { buildMessage, type MessageDraft, type SendRequest } from "messenger-send";

const recipient = { id: "4815162342" };

export const requests: SendRequest[] = [
  { recipient, messaging_type: "RESPONSE", message: { text: "hello" } },
  {
    recipient,
    messaging_type: "UPDATE",
    message: { text: "hello", metadata: "m" },
    notification_type: "SILENT_PUSH",
    reply_to: { mid: "m_1" },
  },
  { recipient, message: { text: "hello" } },
  { recipient: { user_ref: "u" }, messaging_type: "RESPONSE", message: { text: "hello" } },
  { recipient: { comment_id: "c" }, messaging_type: "RESPONSE", message: { text: "hello" } },
  { recipient, messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT", message: { text: "hello" } },
  {
    recipient,
    messaging_type: "RESPONSE",
    message: {
      attachment: {
        type: "image",
        payload: { url: "https://example.org/a.png", is_reusable: true },
      },
    },
  },
  {
    recipient,
    messaging_type: "RESPONSE",
    message: { attachment: { type: "video", payload: { attachment_id: "1" } } },
  },
  {
    recipient,
    messaging_type: "RESPONSE",
    message: {
      text: "Which one?",
      quick_replies: [
        {
          content_type: "text",
          title: "This",
          payload: "THIS",
          image_url: "https://example.org/a.png",
        },
        { content_type: "user_email" },
      ],
    },
  },
  {
    recipient,
    messaging_type: "RESPONSE",
    message: {
      attachment: {
        type: "template",
        payload: {
          template_type: "generic",
          elements: [
            {
              title: "A title",
              subtitle: "A subtitle",
              default_action: { type: "web_url", url: "https://example.org/" },
              buttons: [
                {
                  type: "web_url",
                  title: "Open",
                  url: "https://example.org/",
                  webview_height_ratio: "tall",
                },
                { type: "postback", title: "Choose", payload: "CHOSEN" },
                { type: "phone_number", title: "Call", payload: "+15105551234" },
              ],
            },
          ],
        },
      },
    },
  },
  {
    recipient,
    messaging_type: "RESPONSE",
    message: {
      attachment: {
        type: "template",
        payload: {
          template_type: "button",
          text: "Which?",
          buttons: [{ type: "postback", title: "This", payload: "T" }],
        },
      },
    },
  },
  {
    recipient,
    messaging_type: "UTILITY",
    message: {
      template: {
        name: "order_sent",
        language: { code: "en" },
        components: [{ type: "body", parameters: [{ type: "text", text: "4711" }] }],
      },
    },
  },
  { recipient, sender_action: "typing_on" },
  { recipient, sender_action: "react", payload: { message_id: "m_1", reaction: "😀" } },
  { recipient, sender_action: "unreact", payload: { message_id: "m_1" } },
];

export const drafts: MessageDraft[] = [
  { to: "1", text: "hello" },
  {
    to: { user_ref: "u" },
    text: "hello",
    quick_replies: ["Yes", "No", { content_type: "user_phone_number" }],
    reply_to: "m_1",
  },
  { to: "1", text: "hello", messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" },
  { to: "1", image: "https://example.org/a.png" },
  { to: "1", file: { url: "https://example.org/a.pdf", is_reusable: true } },
  { to: "1", audio: { attachment_id: "1" } },
  { to: "1", images: ["https://example.org/a.png", { attachment_id: "2" }] },
  { to: "1", sticker: 369239263222822 },
  { to: "1", message: { text: "as it is" } },
  { to: "1", sender_action: "mark_seen" },
  { to: "1", react: { message_id: "m_1", reaction: "love" } },
  { to: "1", unreact: { message_id: "m_1" } },
  { to: "1", utility: { name: "order_sent", language: "en", components: [] } },
  {
    to: "1",
    template: {
      template_type: "button",
      text: "Which?",
      buttons: [
        { title: "Open", url: "https://example.org/" },
        { title: "This", payload: "T" },
        { title: "Call", phone_number: "+15105551234" },
      ],
    },
  },
];

export const built: SendRequest[] = drafts.map((draft) => buildMessage(draft));
