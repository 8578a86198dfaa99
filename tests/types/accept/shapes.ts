// Legal shapes of every area: requests, templates, buttons, drafts, what is read back, and what the unions tell apart.
import {
  type Attachment,
  type Button,
  buildMessage,
  type GenericElement,
  type Issue,
  type Message,
  type MessageDraft,
  type QuickReply,
  type Recipient,
  type RuleCode,
  type SendRequest,
  type Template,
  validate,
} from "messenger-send";

const recipient = { id: "4815162342" };
const url = "https://example.org/a.png";
const privacy = { url: "https://example.org/privacy" };
const postback: Button = { type: "postback", title: "Choose", payload: "CHOSEN" };

const template = (payload: Template): SendRequest => ({
  recipient,
  messaging_type: "RESPONSE",
  message: { attachment: { type: "template", payload } },
});

// --- The envelope

export const recipients: Recipient[] = [
  { id: "1" },
  { user_ref: "u" },
  { comment_id: "c" },
  { post_id: "p" },
  { phone_number: "+1(212)555-2368" },
  { phone_number: "+1(212)555-2368", name: { first_name: "Ana", last_name: "Ruiz" } },
  { one_time_notif_token: "t" },
  { notification_messages_token: "t" },
];

export const envelopes: SendRequest[] = [
  ...recipients.map(
    (to): SendRequest => ({
      recipient: to,
      messaging_type: "RESPONSE",
      message: { text: "hello" },
    }),
  ),
  { recipient: { comment_id: "c" }, message: { text: "hello" } },
  {
    recipient: { one_time_notif_token: "t" },
    messaging_type: "MESSAGE_TAG",
    message: { text: "hello" },
  },
  {
    recipient,
    messaging_type: "UPDATE",
    notification_type: "NO_PUSH",
    persona_id: "12",
    reply_to: { mid: "m_1" },
    message: { text: "hello" },
  },
  {
    recipient,
    messaging_type: "MESSAGE_TAG",
    tag: "HUMAN_AGENT",
    message: { attachment: { type: "image", payload: { url } } },
  },
  {
    recipient,
    messaging_type: "RESPONSE",
    folder: "PARTNERSHIP",
    thread_control: { anything: [1, null] },
    message: { text: "hello" },
  },
  {
    recipient,
    page: "1",
    message: {
      attachment: {
        type: "template",
        payload: { template_type: "notification_messages", payload: "p" },
      },
    },
  },
  { recipient, sender_action: "typing_on" },
  { recipient, sender_action: "typing_on", persona_id: "12" },
  { recipient, sender_action: "mark_seen" },
  { recipient, sender_action: "react", payload: { message_id: "m_1", reaction: "❤" } },
  { recipient, sender_action: "unreact", payload: { message_id: "m_1" } },
];

// --- The message

export const messages: Message[] = [
  {
    text: "hello",
    metadata: "m",
    quick_replies: [{ content_type: "text", title: "Yes", payload: 1 }],
  },
  {
    text: "hello",
    quick_replies: [{ content_type: "user_phone_number" }, { content_type: "user_email" }],
  },
  {
    text: "hello",
    quick_replies: [{ content_type: "text", title: "", payload: "", image_url: url }],
  },
  {
    attachment: { type: "file", payload: { attachment_id: "1" } },
    quick_replies: [{ content_type: "text", title: "Yes", payload: "Y" }],
  },
  { attachment: { type: "audio", payload: { url, is_reusable: false } } },
  { attachment: { type: "MEDIA_SHARE", payload: { id: "17900000000000000" } } },
  { attachment: { type: "like_heart" } },
  {
    attachments: [
      { type: "image", payload: { url } },
      { type: "image", payload: { attachment_id: "1" } },
    ],
  },
  { sticker_id: 369239263222822 },
  { sticker_id: "369239263222822" },
  { template: { name: "parcel", language: { code: "en_US" }, components: [] } },
];

// --- Templates and buttons

export const buttons: Button[] = [
  postback,
  { type: "web_url", title: "Open", url },
  {
    type: "web_url",
    title: "Open",
    url,
    webview_height_ratio: "compact",
    messenger_extensions: true,
    fallback_url: url,
    webview_share_button: "hide",
  },
  { type: "phone_number", title: "Call", payload: "+351210000000" },
  { type: "account_link", url },
  { type: "account_unlink" },
  { type: "game_play", title: "Play" },
  { type: "game_play", title: "Play", payload: "{}", game_metadata: { player_id: "1" } },
  { type: "game_play", title: "Play", game_metadata: { context_id: "1" } },
  { type: "audio_call", title: "Call", expires_in_days: 7 },
];

export const elements: GenericElement[] = [
  { title: "A", subtitle: "b" },
  { title: "A", image_url: url },
  { title: "A", default_action: { type: "web_url", url, webview_height_ratio: "full" } },
  { title: "A", buttons: [postback] },
];

export const templates: SendRequest[] = [
  template({ template_type: "generic", elements, sharable: true, image_aspect_ratio: "square" }),
  template({ template_type: "button", text: "Which?", buttons }),
  template({
    template_type: "media",
    elements: [{ media_type: "video", url: "https://www.facebook.com/a/videos/1" }],
  }),
  template({
    template_type: "media",
    elements: [{ media_type: "image", attachment_id: "1", buttons: [postback] }],
    sharable: false,
  }),
  template({
    template_type: "receipt",
    recipient_name: "Ana Ruiz",
    order_number: "A-77",
    currency: "EUR",
    payment_method: "Card 4242",
    timestamp: "1760000000",
    order_url: url,
    merchant_name: "Shop",
    elements: [
      { title: "Mug", subtitle: "Blue", quantity: 2, price: 0, currency: "EUR", image_url: url },
    ],
    address: {
      street_1: "1 Street",
      street_2: "",
      city: "Porto",
      postal_code: "4000",
      state: "Porto",
      country: "PT",
    },
    summary: { subtotal: 1, shipping_cost: 0.5, total_tax: 0.25, total_cost: 1.75 },
    adjustments: [{ name: "Coupon", amount: 1 }],
  }),
  template({ template_type: "product", elements: [{ id: "1" }, { id: "2" }] }),
  template({ template_type: "coupon", title: "15% off", coupon_code: "TEA15" }),
  template({
    template_type: "coupon",
    title: "15% off",
    coupon_url: url,
    coupon_url_button_title: "Shop",
    coupon_pre_message: "For you",
    payload: "p",
  }),
  template({
    template_type: "coupon",
    title: "15% off",
    coupon_code: "TEA15",
    coupon_url: url,
    expire_time: "2027-01-31 23:59:59",
  }),
  template({
    template_type: "image_grid",
    elements: [
      {
        title: "Chairs",
        images: [
          { url, is_hero_image: true, action: { type: "web_url", url } },
          { url, action: { type: "postback", payload: "B", text: "Tell me more" } },
        ],
        buttons: [
          { type: "web_url", title: "Open", url },
          { type: "postback", title: "Choose", payload: "C" },
        ],
      },
    ],
  }),
  template({
    template_type: "customer_information",
    business_privacy: privacy,
    countries: ["US"],
    expires_in_days: 2,
  }),
  template({ template_type: "instant_form", form_id: "1" }),
  template({ template_type: "calling_optin" }),
  template({ template_type: "one_time_notif_req", title: "Tell me", payload: "p" }),
  template({
    template_type: "notification_messages",
    title: "Deals",
    payload: "p",
    notification_messages_cta_text: "SIGN_UP",
  }),
];

const feedback: Template[] = [
  {
    template_type: "customer_feedback",
    title: "Rate",
    subtitle: "Please",
    button_title: "Rate",
    business_privacy: privacy,
    expires_in_days: 7,
    feedback_screens: [
      {
        questions: [
          {
            id: "q",
            type: "csat",
            score_option: "five_emojis",
            score_label: "none",
            follow_up: { type: "free_form" },
          },
        ],
      },
    ],
  },
  {
    template_type: "customer_feedback",
    title: "Rate",
    subtitle: "Please",
    button_title: "Rate",
    business_privacy: privacy,
    feedback_screens: [{ questions: [{ id: "q", type: "nps", score_option: "zero_to_ten" }] }],
  },
  {
    template_type: "customer_feedback",
    title: "Rate",
    subtitle: "Please",
    button_title: "Rate",
    business_privacy: privacy,
    feedback_screens: [{ questions: [{ id: "q", type: "free_form", title: "Why?" }] }],
  },
];
export const asked: SendRequest[] = feedback.map(template);

export const askedLater: SendRequest = {
  recipient,
  messaging_type: "MESSAGE_TAG",
  tag: "CUSTOMER_FEEDBACK",
  message: {
    attachment: {
      type: "template",
      payload: {
        template_type: "customer_feedback",
        title: "Rate",
        subtitle: "Please",
        button_title: "Rate",
        business_privacy: privacy,
        feedback_screens: [{ questions: [{ id: "q", type: "ces", score_option: "one_to_seven" }] }],
      },
    },
  },
};

export const utility: SendRequest = {
  recipient,
  messaging_type: "UTILITY",
  message: {
    template: {
      name: "parcel",
      language: { code: "en" },
      components: [
        { type: "header", parameters: [{ type: "text", text: "A" }] },
        { type: "body", parameters: [{ type: "text", text: "A", parameter_name: "order" }] },
        {
          type: "buttons",
          parameters: [
            { type: "URL", url: "A-77" },
            { type: "POSTBACK", payload: "p" },
          ],
        },
      ],
    },
  },
};

// --- What cannot be changed is sent too

const fixed = {
  recipient: { id: "1" },
  messaging_type: "RESPONSE",
  message: {
    text: "Which?",
    quick_replies: [
      { content_type: "text", title: "This", payload: "T" },
      { content_type: "text", title: "That", payload: "T" },
    ],
  },
} as const;
export const constant: SendRequest = fixed;
const titles: readonly string[] = ["Yes", "No"];
export const fixedDraft: MessageDraft = { to: "1", text: "Sure?", quick_replies: titles };

// --- Drafts

export const drafts: MessageDraft[] = [
  {
    to: "1",
    text: "Pick",
    buttons: [
      { title: "Shop", url: "https://example.org/" },
      { type: "postback", title: "a", payload: "b" },
    ],
  },
  { to: "1", utility: { name: "a", language: "en" } },
  { to: "1", text: "hello", tag: "HUMAN_AGENT" },
  {
    to: "1",
    text: "hello",
    messaging_type: "MESSAGE_TAG",
    tag: "HUMAN_AGENT",
    reply_to: "m_1",
    persona_id: "1",
    metadata: "m",
  },
  { to: { comment_id: "c" }, text: "hello", reply_to: { mid: "m_1" } },
  { to: "1", image: url },
  { to: "1", image: { url, is_reusable: true } },
  {
    to: "1",
    video: { attachment_id: "1" },
    quick_replies: ["Yes", { content_type: "user_email" }],
  },
  { to: "1", images: [url, { attachment_id: "1" }] },
  { to: "1", sticker: 369239263222822 },
  { to: "1", utility: { name: "parcel", language: "en", components: [] } },
  { to: "1", utility: { name: "parcel", language: { code: "en" }, components: [] } },
  { to: "1", message: { attachment: { type: "like_heart" } } },
  { to: "1", sender_action: "typing_on", persona_id: "1" },
  { to: "1", react: { message_id: "m_1", reaction: "❤" } },
  { to: "1", unreact: { message_id: "m_1" } },
  {
    to: "1",
    template: {
      template_type: "generic",
      elements: [
        {
          title: "A",
          buttons: [
            { title: "Open", url },
            { title: "Choose", payload: "C" },
            { title: "Call", phone_number: "+351210000000" },
            postback,
          ],
        },
      ],
    },
  },
  {
    to: "1",
    template: {
      template_type: "image_grid",
      elements: [{ images: [{ url }, { url }], buttons: [{ title: "Open", url }] }],
    },
  },
];
export const built: SendRequest = buildMessage(drafts[0]!);

// --- What the unions tell apart

export function summary(payload: Template): string {
  switch (payload.template_type) {
    case "generic":
      return payload.elements.map((element) => element.title).join();
    case "button":
      return payload.text + payload.buttons.map(label).join();
    case "receipt":
      return payload.summary.total_cost.toFixed(2);
    case "coupon":
      return payload.coupon_code ?? payload.coupon_url ?? "";
    case "customer_feedback":
      return payload.feedback_screens[0]?.questions[0]?.type ?? "";
    case "image_grid":
      return String(payload.elements[0]?.images.length);
    default:
      return payload.template_type;
  }
}

export function label(button: Button): string {
  switch (button.type) {
    case "web_url":
      return button.title + button.url;
    case "postback":
    case "phone_number":
      return button.title + button.payload;
    case "account_link":
      return button.url;
    case "account_unlink":
      return "";
    default:
      return button.title ?? "";
  }
}

export function medium(attachment: Attachment): string {
  switch (attachment.type) {
    case "template":
      return summary(attachment.payload);
    case "MEDIA_SHARE":
      return String(attachment.payload.id);
    case "like_heart":
      return "heart";
    default:
      return attachment.payload.url ?? attachment.payload.attachment_id;
  }
}

export function answer(reply: QuickReply): string | number {
  return reply.content_type === "text" ? reply.payload : reply.content_type;
}

export function reaction(request: SendRequest): string | undefined {
  return request.sender_action === "react" ? request.payload.reaction : request.message?.text;
}

export function first(request: SendRequest): [RuleCode, string] | undefined {
  const issue: Issue | undefined = validate(request).issues[0];
  return issue && [issue.code, issue.docs];
}
