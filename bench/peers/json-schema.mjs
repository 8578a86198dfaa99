// The shared rules as a JSON Schema, for the validators that compile one.
import * as is from "./limits.mjs";

const object = (required, properties, more = {}) => ({
  type: "object",
  required,
  properties,
  ...more,
});
const text = (minLength, maxLength) => ({
  type: "string",
  ...(minLength > 0 && { minLength }),
  ...(maxLength !== undefined && { maxLength }),
});
const filled = text(1);
const boolean = { type: "boolean" };
const number = { type: "number" };
const oneOf = (member, branches) => ({
  type: "object",
  discriminator: { propertyName: member },
  required: [member],
  oneOf: branches,
});
const address = { type: "string", pattern: '^[hH][tT][tT][pP][sS]?://[^\\s/?#<>"\\\\^`]+\\S*$' };
const link = {
  url: address,
  webview_height_ratio: { enum: is.HEIGHTS },
  messenger_extensions: boolean,
};
const title = text(1, is.BUTTON_TITLE);

const button = oneOf("type", [
  object(["title", "url"], { type: { const: "web_url" }, title, ...link }),
  object(["title", "payload"], {
    type: { const: "postback" },
    title,
    payload: text(1, is.PAYLOAD),
  }),
  object(["title", "payload"], {
    type: { const: "phone_number" },
    title,
    payload: { type: "string", pattern: is.PHONE.source },
  }),
]);

const card = object(
  ["title"],
  {
    title: text(1, is.CARD_TEXT),
    subtitle: text(0, is.CARD_TEXT),
    image_url: address,
    default_action: object(["type", "url"], { type: { const: "web_url" }, ...link }),
    buttons: { type: "array", maxItems: is.BUTTONS, items: button },
  },
  {
    anyOf: ["subtitle", "image_url", "default_action", "buttons"].map((member) => ({
      required: [member],
    })),
  },
);

const generic = object(["elements"], {
  template_type: { const: "generic" },
  elements: { type: "array", minItems: 1, maxItems: is.ELEMENTS, items: card },
  sharable: boolean,
  image_aspect_ratio: { enum: is.ASPECT_RATIOS },
});

const purchase = object(["title", "price"], {
  title: filled,
  subtitle: text(0),
  quantity: number,
  price: number,
  currency: text(0),
  image_url: address,
});

const receipt = object(
  ["recipient_name", "order_number", "currency", "payment_method", "summary"],
  {
    template_type: { const: "receipt" },
    sharable: boolean,
    recipient_name: filled,
    merchant_name: text(0),
    order_number: filled,
    currency: filled,
    payment_method: filled,
    timestamp: text(0),
    order_url: address,
    elements: { type: "array", maxItems: is.PURCHASES, items: purchase },
    address: object(["street_1", "city", "postal_code", "state", "country"], {
      street_1: filled,
      street_2: text(0),
      city: filled,
      postal_code: filled,
      state: filled,
      country: { type: "string", pattern: is.COUNTRY.source },
    }),
    summary: object(["total_cost"], {
      subtotal: number,
      shipping_cost: number,
      total_tax: number,
      total_cost: number,
    }),
    adjustments: {
      type: "array",
      items: object(["name", "amount"], { name: filled, amount: number }),
    },
  },
);

const media = object(
  [],
  { url: address, attachment_id: filled, is_reusable: boolean },
  { oneOf: [{ required: ["url"] }, { required: ["attachment_id"] }] },
);

const attachment = oneOf("type", [
  object(["payload"], {
    type: { const: "template" },
    payload: oneOf("template_type", [generic, receipt]),
  }),
  object(["payload"], { type: { enum: is.MEDIA }, payload: media }),
]);

const quickReply = oneOf("content_type", [
  object(["title", "payload"], {
    content_type: { const: "text" },
    title: text(1, is.QUICK_REPLY_TITLE),
    payload: { anyOf: [text(1, is.PAYLOAD), number] },
    image_url: address,
  }),
  object([], { content_type: { enum: ["user_phone_number", "user_email"] } }),
]);

const message = object(
  [],
  {
    text: text(1, is.TEXT),
    attachment,
    quick_replies: { type: "array", maxItems: is.QUICK_REPLIES, items: quickReply },
    metadata: text(0, is.METADATA),
  },
  { oneOf: [{ required: ["text"] }, { required: ["attachment"] }] },
);

export const schema = object(
  ["recipient", "message"],
  {
    recipient: object(["id"], { id: filled }),
    messaging_type: { enum: is.MESSAGING_TYPES },
    message,
    tag: { enum: is.TAGS },
    notification_type: { enum: is.NOTIFICATION_TYPES },
    persona_id: filled,
  },
  {
    if: { required: ["messaging_type"], properties: { messaging_type: { const: "MESSAGE_TAG" } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ["tag"] },
    else: { not: { required: ["tag"] } },
  },
);
