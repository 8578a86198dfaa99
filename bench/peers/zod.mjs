// The shared rules for zod 4, as its documentation advises: discriminated unions, plain objects, `safeParse`.
import * as z from "zod";
import * as is from "./limits.mjs";

const address = z.string().regex(is.WEB_ADDRESS);
const link = {
  url: address,
  webview_height_ratio: z.enum(is.HEIGHTS).optional(),
  messenger_extensions: z.boolean().optional(),
};
const title = z.string().min(1).max(is.BUTTON_TITLE);

const button = z.discriminatedUnion("type", [
  z.object({ type: z.literal("web_url"), title, ...link }),
  z.object({ type: z.literal("postback"), title, payload: z.string().min(1).max(is.PAYLOAD) }),
  z.object({ type: z.literal("phone_number"), title, payload: z.string().regex(is.PHONE) }),
]);

const card = z
  .object({
    title: z.string().min(1).max(is.CARD_TEXT),
    subtitle: z.string().max(is.CARD_TEXT).optional(),
    image_url: address.optional(),
    default_action: z.object({ type: z.literal("web_url"), ...link }).optional(),
    buttons: z.array(button).max(is.BUTTONS).optional(),
  })
  .refine(is.hasMoreThanTitle);

const generic = z.object({
  template_type: z.literal("generic"),
  elements: z.array(card).min(1).max(is.ELEMENTS),
  sharable: z.boolean().optional(),
  image_aspect_ratio: z.enum(is.ASPECT_RATIOS).optional(),
});

const filled = z.string().min(1);
const receipt = z.object({
  template_type: z.literal("receipt"),
  sharable: z.boolean().optional(),
  recipient_name: filled,
  merchant_name: z.string().optional(),
  order_number: filled,
  currency: filled,
  payment_method: filled,
  timestamp: z.string().optional(),
  order_url: address.optional(),
  elements: z
    .array(
      z.object({
        title: filled,
        subtitle: z.string().optional(),
        quantity: z.number().optional(),
        price: z.number(),
        currency: z.string().optional(),
        image_url: address.optional(),
      }),
    )
    .max(is.PURCHASES)
    .optional(),
  address: z
    .object({
      street_1: filled,
      street_2: z.string().optional(),
      city: filled,
      postal_code: filled,
      state: filled,
      country: z.string().regex(is.COUNTRY),
    })
    .optional(),
  summary: z.object({
    subtotal: z.number().optional(),
    shipping_cost: z.number().optional(),
    total_tax: z.number().optional(),
    total_cost: z.number(),
  }),
  adjustments: z.array(z.object({ name: filled, amount: z.number() })).optional(),
});

const media = z
  .object({
    url: address.optional(),
    attachment_id: z.string().min(1).optional(),
    is_reusable: z.boolean().optional(),
  })
  .refine(is.hasOneSource);

const attachment = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("template"),
    payload: z.discriminatedUnion("template_type", [generic, receipt]),
  }),
  ...is.MEDIA.map((type) => z.object({ type: z.literal(type), payload: media })),
]);

const quickReply = z.discriminatedUnion("content_type", [
  z.object({
    content_type: z.literal("text"),
    title: z.string().min(1).max(is.QUICK_REPLY_TITLE),
    payload: z.union([z.string().min(1).max(is.PAYLOAD), z.number()]),
    image_url: address.optional(),
  }),
  z.object({ content_type: z.literal("user_phone_number") }),
  z.object({ content_type: z.literal("user_email") }),
]);

const message = z
  .object({
    text: z.string().min(1).max(is.TEXT).optional(),
    attachment: attachment.optional(),
    quick_replies: z.array(quickReply).max(is.QUICK_REPLIES).optional(),
    metadata: z.string().max(is.METADATA).optional(),
  })
  .refine(is.hasOneContent);

const request = z
  .object({
    recipient: z.object({ id: z.string().min(1) }),
    messaging_type: z.enum(is.MESSAGING_TYPES).optional(),
    message,
    tag: z.enum(is.TAGS).optional(),
    notification_type: z.enum(is.NOTIFICATION_TYPES).optional(),
    persona_id: z.string().min(1).optional(),
  })
  .refine(is.hasTagWhereNeeded);

/** What zod makes of a value: whether it is right, and its issues. */
export const check = (value) => request.safeParse(value);
export const isRight = (result) => result.success;
export const places = (result) =>
  result.success ? [] : result.error.issues.map(({ path }) => path);
