// messenger-send/webhook: what the sending side needs of webhooks. It loads no wasm, and runs wherever WebCrypto is.

/**
 * Whether Meta sent a webhook: compares its signature, in constant time, with that of the body under the app's secret.
 *
 * @param body The body as it came, before any JSON parser: `await request.text()`, `await request.arrayBuffer()`, a `Buffer`.
 * @param header The header `X-Hub-Signature-256`. A missing or malformed one gives `false`.
 * @param appSecret The app's secret, from the App Dashboard.
 * @throws {TypeError} Rejects with it where the body is no text and no bytes, the secret is empty, or WebCrypto is missing.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(
  body: string | Uint8Array | ArrayBuffer,
  header: string | null | undefined,
  appSecret: string,
): Promise<boolean>;

/** What every event has. */
export interface WebhookEventBase {
  /** The id of the Page, or of the Instagram account, whose webhook it is. */
  pageId: string;
  /** The person's Page-scoped id: what `to` takes. Missing where the event does not name a person. */
  personId?: string;
  /** When it happened, in milliseconds since 1970. */
  at?: number;
  /** Whether another app has control of the thread, and this one only listens. */
  isStandby: boolean;
  /** The event as it came. */
  raw: unknown;
}

/** A file, a template or a sticker of a message. */
export interface WebhookAttachment {
  /** `image`, `audio`, `video`, `file`, `template`, `fallback` ... */
  type: string;
  /** Where the file is. */
  url?: string;
  /** The id of a sticker. */
  stickerId?: string;
  /** All that the event says of it. */
  payload: unknown;
}

/** What a message or an echo holds. */
export interface WebhookContent {
  /** The message's id: what `reply_to` and `react` take. */
  mid?: string;
  /** Its text. */
  text?: string;
  /** Its attachments; empty where it has none. */
  attachments: WebhookAttachment[];
  /** The id of the message that it replies to. */
  replyTo?: string;
}

/** A person wrote. `at` is the `lastInboundAt` of `messagingWindow`. */
export interface MessageEvent extends WebhookEventBase, WebhookContent {
  /** A person wrote. */
  kind: "message";
  /** The person's Page-scoped id: what `to` takes. */
  personId: string;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  /** The message's id: what `reply_to` and `react` take. */
  mid: string;
  /** The payload of the quick reply that the person tapped. */
  quickReplyPayload?: string;
}

/** The Page sent a message: through this app, another one, or by hand. */
export interface EchoEvent extends WebhookEventBase, WebhookContent {
  /** The Page sent a message. */
  kind: "echo";
  /** The id of the app that sent it. */
  appId?: string;
  /** The metadata of the message. */
  metadata?: string;
  /** The stamp that `send` put there, with `stamp: true`. */
  stamp?: string;
}

/** A person tapped a button, a persistent menu's entry or Get Started. `at` is the `lastInboundAt` of `messagingWindow`. */
export interface PostbackEvent extends WebhookEventBase {
  /** A person tapped a button. */
  kind: "postback";
  /** The person's Page-scoped id: what `to` takes. */
  personId: string;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  /** The id of the message. */
  mid?: string;
  /** What the button says. */
  title?: string;
  /** What the button's maker put there. */
  payload?: string;
}

/** A person reacted to a message. */
export interface ReactionEvent extends WebhookEventBase {
  /** A person reacted to a message. */
  kind: "reaction";
  /** The person's Page-scoped id: what `to` takes. */
  personId: string;
  /** When it happened, in milliseconds since 1970. */
  at: number;
  /** The id of the message. */
  mid: string;
  /** The emoji. */
  emoji?: string;
  /** The reaction in a word: `love`, `other` ... */
  reaction?: string;
  /** Whether the reaction was taken back. */
  isRemoved: boolean;
}

/** Messages arrived on the person's device. */
export interface DeliveryEvent extends WebhookEventBase {
  /** Messages arrived. */
  kind: "delivery";
  /** The ids of the messages; Meta leaves them out at times. */
  mids: string[];
  /** All messages up to this time arrived, in milliseconds since 1970. */
  watermark?: number;
}

/** A person read messages. */
export interface ReadEvent extends WebhookEventBase {
  /** A person read messages. */
  kind: "read";
  /** On Messenger: all messages up to this time were read, in milliseconds since 1970. */
  watermark?: number;
  /** On Instagram: the id of the message. */
  mid?: string;
}

/** Any other event: an opt-in, a referral, an account link ...; and one of the above that lacks what it should have. */
export interface OtherEvent extends WebhookEventBase {
  /** Any other event. */
  kind: "other";
}

/** What happened. `kind` tells which. */
export type WebhookEvent =
  | MessageEvent
  | EchoEvent
  | PostbackEvent
  | ReactionEvent
  | DeliveryEvent
  | ReadEvent
  | OtherEvent;

/**
 * Reads the events of a webhook, in their order: those of `messaging` and of `standby`. It never throws. What is no webhook of messaging,
 * or is longer than 10 MiB, has no events; members of a wrong type are left out.
 *
 * @param body The body as it came, or what a framework has parsed of it. Check its signature first.
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
 * Settles a send whose outcome is unknown: `"delivered"` where an echo among the events has its stamp, else `undefined`, which proves
 * nothing: the echo may come later, and messages to a `user_ref` or a `phone_number` have none.
 * It needs the webhook field `message_echoes`, and a send with `stamp: true`.
 *
 * @param errorOrStamp A `SendError`, a receipt, or their `stamp`.
 */
export function settle(
  errorOrStamp: string | { readonly stamp?: string | undefined } | null | undefined,
  events: readonly WebhookEvent[],
): "delivered" | undefined;

/** Makes a stamp for `message.metadata`: `ms-` and 32 hexadecimal digits. `send` does it with `stamp: true`. */
export function newStamp(): string;
