// The shared rules for typebox: types of its own, compiled once; `Errors` only for what `Check` refuses.
import Type from "typebox";
import { Compile } from "typebox/compile";
import { Settings } from "typebox/system";
import * as is from "./limits.mjs";

// Its own limit of 8 would hide mistakes behind those that a union reports of its other branches; messenger-send's is 1000.
Settings.Set({ maxErrors: 1000 });

const optional = Type.Optional;
const text = (minLength, maxLength) =>
  Type.String({
    ...(minLength > 0 && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  });
const oneOf = (names) => Type.Enum(names);
const filled = text(1);
const address = Type.String({ pattern: is.WEB_ADDRESS });
const link = {
  url: address,
  webview_height_ratio: optional(oneOf(is.HEIGHTS)),
  messenger_extensions: optional(Type.Boolean()),
};
const title = text(1, is.BUTTON_TITLE);

const button = Type.Union([
  Type.Object({ type: Type.Literal("web_url"), title, ...link }),
  Type.Object({ type: Type.Literal("postback"), title, payload: text(1, is.PAYLOAD) }),
  Type.Object({
    type: Type.Literal("phone_number"),
    title,
    payload: Type.String({ pattern: is.PHONE }),
  }),
]);

const card = Type.Refine(
  Type.Object({
    title: text(1, is.CARD_TEXT),
    subtitle: optional(text(0, is.CARD_TEXT)),
    image_url: optional(address),
    default_action: optional(Type.Object({ type: Type.Literal("web_url"), ...link })),
    buttons: optional(Type.Array(button, { maxItems: is.BUTTONS })),
  }),
  is.hasMoreThanTitle,
);

const generic = Type.Object({
  template_type: Type.Literal("generic"),
  elements: Type.Array(card, { minItems: 1, maxItems: is.ELEMENTS }),
  sharable: optional(Type.Boolean()),
  image_aspect_ratio: optional(oneOf(is.ASPECT_RATIOS)),
});

const number = Type.Number();
const purchase = Type.Object({
  title: filled,
  subtitle: optional(text(0)),
  quantity: optional(number),
  price: number,
  currency: optional(text(0)),
  image_url: optional(address),
});

const receipt = Type.Object({
  template_type: Type.Literal("receipt"),
  sharable: optional(Type.Boolean()),
  recipient_name: filled,
  merchant_name: optional(text(0)),
  order_number: filled,
  currency: filled,
  payment_method: filled,
  timestamp: optional(text(0)),
  order_url: optional(address),
  elements: optional(Type.Array(purchase, { maxItems: is.PURCHASES })),
  address: optional(
    Type.Object({
      street_1: filled,
      street_2: optional(text(0)),
      city: filled,
      postal_code: filled,
      state: filled,
      country: Type.String({ pattern: is.COUNTRY }),
    }),
  ),
  summary: Type.Object({
    subtotal: optional(number),
    shipping_cost: optional(number),
    total_tax: optional(number),
    total_cost: number,
  }),
  adjustments: optional(Type.Array(Type.Object({ name: filled, amount: number }))),
});

const media = Type.Refine(
  Type.Object({
    url: optional(address),
    attachment_id: optional(filled),
    is_reusable: optional(Type.Boolean()),
  }),
  is.hasOneSource,
);

const attachment = Type.Union([
  Type.Object({ type: Type.Literal("template"), payload: Type.Union([generic, receipt]) }),
  Type.Object({ type: oneOf(is.MEDIA), payload: media }),
]);

const quickReply = Type.Union([
  Type.Object({
    content_type: Type.Literal("text"),
    title: text(1, is.QUICK_REPLY_TITLE),
    payload: Type.Union([text(1, is.PAYLOAD), number]),
    image_url: optional(address),
  }),
  Type.Object({ content_type: oneOf(["user_phone_number", "user_email"]) }),
]);

const message = Type.Refine(
  Type.Object({
    text: optional(text(1, is.TEXT)),
    attachment: optional(attachment),
    quick_replies: optional(Type.Array(quickReply, { maxItems: is.QUICK_REPLIES })),
    metadata: optional(text(0, is.METADATA)),
  }),
  is.hasOneContent,
);

const request = Compile(
  Type.Refine(
    Type.Object({
      recipient: Type.Object({ id: filled }),
      messaging_type: optional(oneOf(is.MESSAGING_TYPES)),
      message,
      tag: optional(oneOf(is.TAGS)),
      notification_type: optional(oneOf(is.NOTIFICATION_TYPES)),
      persona_id: optional(filled),
    }),
    is.hasTagWhereNeeded,
  ),
);

/** What typebox makes of a value: nothing where it is right, else its errors. */
export const check = (value) => (request.Check(value) ? null : request.Errors(value));
export const isRight = (errors) => errors === null;
export const places = (errors) =>
  (errors ?? []).flatMap(({ instancePath, params }) => {
    const path = instancePath.split("/").slice(1);
    return [path, ...(params.requiredProperties ?? []).map((name) => [...path, name])];
  });
