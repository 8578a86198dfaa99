// The shared rules for valibot, as its documentation advises: variants by a member, `safeParse`.
import * as v from "valibot";
import * as is from "./limits.mjs";

const address = v.pipe(v.string(), v.regex(is.WEB_ADDRESS));
const link = {
  url: address,
  webview_height_ratio: v.optional(v.picklist(is.HEIGHTS)),
  messenger_extensions: v.optional(v.boolean()),
};
const between = (least, most) => v.pipe(v.string(), v.minLength(least), v.maxLength(most));
const title = between(1, is.BUTTON_TITLE);
const filled = v.pipe(v.string(), v.minLength(1));

const button = v.variant("type", [
  v.object({ type: v.literal("web_url"), title, ...link }),
  v.object({ type: v.literal("postback"), title, payload: between(1, is.PAYLOAD) }),
  v.object({
    type: v.literal("phone_number"),
    title,
    payload: v.pipe(v.string(), v.regex(is.PHONE)),
  }),
]);

const card = v.pipe(
  v.object({
    title: between(1, is.CARD_TEXT),
    subtitle: v.optional(v.pipe(v.string(), v.maxLength(is.CARD_TEXT))),
    image_url: v.optional(address),
    default_action: v.optional(v.object({ type: v.literal("web_url"), ...link })),
    buttons: v.optional(v.pipe(v.array(button), v.maxLength(is.BUTTONS))),
  }),
  v.check(is.hasMoreThanTitle),
);

const generic = v.object({
  template_type: v.literal("generic"),
  elements: v.pipe(v.array(card), v.minLength(1), v.maxLength(is.ELEMENTS)),
  sharable: v.optional(v.boolean()),
  image_aspect_ratio: v.optional(v.picklist(is.ASPECT_RATIOS)),
});

const receipt = v.object({
  template_type: v.literal("receipt"),
  sharable: v.optional(v.boolean()),
  recipient_name: filled,
  merchant_name: v.optional(v.string()),
  order_number: filled,
  currency: filled,
  payment_method: filled,
  timestamp: v.optional(v.string()),
  order_url: v.optional(address),
  elements: v.optional(
    v.pipe(
      v.array(
        v.object({
          title: filled,
          subtitle: v.optional(v.string()),
          quantity: v.optional(v.number()),
          price: v.number(),
          currency: v.optional(v.string()),
          image_url: v.optional(address),
        }),
      ),
      v.maxLength(is.PURCHASES),
    ),
  ),
  address: v.optional(
    v.object({
      street_1: filled,
      street_2: v.optional(v.string()),
      city: filled,
      postal_code: filled,
      state: filled,
      country: v.pipe(v.string(), v.regex(is.COUNTRY)),
    }),
  ),
  summary: v.object({
    subtotal: v.optional(v.number()),
    shipping_cost: v.optional(v.number()),
    total_tax: v.optional(v.number()),
    total_cost: v.number(),
  }),
  adjustments: v.optional(v.array(v.object({ name: filled, amount: v.number() }))),
});

const media = v.pipe(
  v.object({
    url: v.optional(address),
    attachment_id: v.optional(filled),
    is_reusable: v.optional(v.boolean()),
  }),
  v.check(is.hasOneSource),
);

const attachment = v.variant("type", [
  v.object({
    type: v.literal("template"),
    payload: v.variant("template_type", [generic, receipt]),
  }),
  v.object({ type: v.picklist(is.MEDIA), payload: media }),
]);

const quickReply = v.variant("content_type", [
  v.object({
    content_type: v.literal("text"),
    title: between(1, is.QUICK_REPLY_TITLE),
    payload: v.union([between(1, is.PAYLOAD), v.number()]),
    image_url: v.optional(address),
  }),
  v.object({ content_type: v.picklist(["user_phone_number", "user_email"]) }),
]);

const message = v.pipe(
  v.object({
    text: v.optional(between(1, is.TEXT)),
    attachment: v.optional(attachment),
    quick_replies: v.optional(v.pipe(v.array(quickReply), v.maxLength(is.QUICK_REPLIES))),
    metadata: v.optional(v.pipe(v.string(), v.maxLength(is.METADATA))),
  }),
  v.check(is.hasOneContent),
);

const request = v.pipe(
  v.object({
    recipient: v.object({ id: filled }),
    messaging_type: v.optional(v.picklist(is.MESSAGING_TYPES)),
    message,
    tag: v.optional(v.picklist(is.TAGS)),
    notification_type: v.optional(v.picklist(is.NOTIFICATION_TYPES)),
    persona_id: v.optional(filled),
  }),
  v.check(is.hasTagWhereNeeded),
);

/** What valibot makes of a value: whether it is right, and its issues. */
export const check = (value) => v.safeParse(request, value);
export const isRight = (result) => result.success;
export const places = (result) =>
  result.success ? [] : result.issues.map(({ path = [] }) => path.map(({ key }) => key));
