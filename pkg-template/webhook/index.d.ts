// messenger-send/webhook: the parts of webhooks that a sender needs. It loads no WebAssembly, and
// runs wherever WebCrypto exists.

/**
 * Whether Meta sent a webhook: compares its signature, in constant time, with the signature of the
 * body under the app's secret.
 *
 * @param body The body as it came, before JSON parsing: `await request.text()`, `await
 * request.arrayBuffer()`, a `Buffer`.
 * @param header The header `X-Hub-Signature-256`. The result is `false` if it is missing or
 * malformed.
 * @param appSecret The app's secret, from the App Dashboard.
 * @throws {TypeError} Rejects with it if the body is neither a string nor bytes, the secret is
 * empty, or WebCrypto is missing.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(
  body: string | Uint8Array | ArrayBuffer,
  header: string | null | undefined,
  appSecret: string,
): Promise<boolean>;

/** The members of every event. */
export interface WebhookEventBase {
  /** The id of the Page or Instagram account that received the event. */
  pageId: string;
  /** The person's Page-scoped id, for `to`. Absent if the event names no person. */
  personId?: string;
  /** The time of the event, in milliseconds since 1970. */
  at?: number;
  /** Whether another app has thread control, so that this one only listens. */
  isStandby: boolean;
  /** The event as it came. */
  raw: unknown;
}

/** A file, a template or a sticker of a message. */
export interface WebhookAttachment {
  /** `image`, `audio`, `video`, `file`, `template`, `fallback` ... */
  type: string;
  /** The URL of the file. */
  url?: string;
  /** The id of a sticker. */
  stickerId?: string;
  /** The complete payload from the event. */
  payload: unknown;
}

/** The content of a message or an echo. */
export interface WebhookContent {
  /** The id of the message, for `reply_to` and `react`. */
  mid?: string;
  /** Its text. */
  text?: string;
  /** Its attachments; empty if it has none. */
  attachments: WebhookAttachment[];
  /** The id of the message that it replies to. */
  replyTo?: string;
}

/** A person sent a message. `at` is the `lastInboundAt` of `messagingWindow`. */
export interface MessageEvent extends WebhookEventBase, WebhookContent {
  /** A person sent a message. */
  kind: "message";
  /** The person's Page-scoped id, for `to`. */
  personId: string;
  /** The time of the event, in milliseconds since 1970. */
  at: number;
  /** The id of the message, for `reply_to` and `react`. */
  mid: string;
  /** The payload of the quick reply that the person tapped. */
  quickReplyPayload?: string;
}

/** The Page sent a message: through this app, another app, or manually. */
export interface EchoEvent extends WebhookEventBase, WebhookContent {
  /** The Page sent a message. */
  kind: "echo";
  /** The id of the app that sent it. */
  appId?: string;
  /** The metadata of the message. */
  metadata?: string;
  /** The stamp that `send` put there with `stamp: true`. */
  stamp?: string;
}

/**
 * A person tapped a button, a persistent menu item or Get Started. `at` is the `lastInboundAt` of
 * `messagingWindow`.
 */
export interface PostbackEvent extends WebhookEventBase {
  /** A person tapped a button. */
  kind: "postback";
  /** The person's Page-scoped id, for `to`. */
  personId: string;
  /** The time of the event, in milliseconds since 1970. */
  at: number;
  /** The id of the message. */
  mid?: string;
  /** The title of the button. */
  title?: string;
  /** The payload of the button. */
  payload?: string;
}

/** A person reacted to a message. */
export interface ReactionEvent extends WebhookEventBase {
  /** A person reacted to a message. */
  kind: "reaction";
  /** The person's Page-scoped id, for `to`. */
  personId: string;
  /** The time of the event, in milliseconds since 1970. */
  at: number;
  /** The id of the message. */
  mid: string;
  /** The emoji. */
  emoji?: string;
  /** The name of the reaction: `love`, `other` ... */
  reaction?: string;
  /** Whether the reaction was removed. */
  isRemoved: boolean;
}

/** Messages arrived on the person's device. */
export interface DeliveryEvent extends WebhookEventBase {
  /** Messages arrived. */
  kind: "delivery";
  /** The ids of the messages, which Meta sometimes omits. */
  mids: string[];
  /** All messages up to this time have arrived, in milliseconds since 1970. */
  watermark?: number;
}

/** A person read messages. */
export interface ReadEvent extends WebhookEventBase {
  /** A person read messages. */
  kind: "read";
  /** On Messenger: all messages up to this time have been read, in milliseconds since 1970. */
  watermark?: number;
  /** On Instagram: the id of the message. */
  mid?: string;
}

/**
 * Any other event, such as an opt-in, a referral or an account link, and any of the above that
 * lacks a required member.
 */
export interface OtherEvent extends WebhookEventBase {
  /** Any other event. */
  kind: "other";
}

/** An event of a webhook, distinguished by `kind`. */
export type WebhookEvent =
  | MessageEvent
  | EchoEvent
  | PostbackEvent
  | ReactionEvent
  | DeliveryEvent
  | ReadEvent
  | OtherEvent;

/**
 * Reads the events of a webhook in their order, from `messaging` and `standby`. It never throws. A
 * body that is not a messaging webhook, or is longer than 10 MiB, has no events; members of a wrong
 * type are omitted.
 *
 * @param body The body as it came, or as parsed by a framework. Verify its signature first.
 *
 * @example
 * for (const event of readEvents(body)) {
 *   if (event.kind === "message") {
 *     await send({ to: event.personId, text: "Thank you", reply_to: event.mid }, { accessToken });
 *   }
 * }
 */
export function readEvents(body: unknown): WebhookEvent[];

/**
 * Settles a send whose outcome is unknown: returns `"delivered"` if an echo among the events has
 * its stamp. `undefined` proves nothing: the echo may come later, and messages to a `user_ref` or a
 * `phone_number` have none. It needs the webhook field `message_echoes`, and a send with `stamp:
 * true`.
 *
 * @param errorOrStamp A `SendError`, a receipt, or their `stamp`.
 */
export function settle(
  errorOrStamp: string | { readonly stamp?: string | undefined } | null | undefined,
  events: readonly WebhookEvent[],
): "delivered" | undefined;

/**
 * Creates a stamp for `message.metadata`: `ms-` and 32 hexadecimal digits. `send` does this with
 * `stamp: true`.
 */
export function newStamp(): string;
