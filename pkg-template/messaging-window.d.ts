// Types of `messagingWindow`: what may be sent to a person now.

/** A point in time: a `Date`, milliseconds since 1970, or an ISO 8601 text with a time and a zone (`Z`, `+02:00`, or Graph's `+0000`). */
export type MessagingWindowTime = Date | number | string;

/** What is known of the conversation. */
export interface MessagingWindowOptions {
  /**
   * When the person last did something that opens the window: sent a message, tapped a button, reacted ... (the guide lists all).
   * `null` or `undefined`: they never did. A number below 10^11 is
   * taken as seconds, with a warning. Messenger's and Instagram's `messages` webhooks give milliseconds (`timestamp`, and `time` of the entry);
   * Page `feed` webhooks and most other Graph objects give seconds (`created_time`).
   *
   * The tags' 7 days count from a *message* of the person. If that is older than the last tap or reaction, ask for each on its own.
   * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
   */
  lastInboundAt: MessagingWindowTime | null | undefined;
  /** The time for which to answer. Default: the present. */
  now?: MessagingWindowTime | undefined;
  /**
   * Whether the app has the Human Agent feature, which Meta grants after a review. Default: false.
   * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
   */
  humanAgent?: boolean | undefined;
  /** The platform. Instagram has no customer feedback. Default: `"messenger"`. */
  platform?: "messenger" | "instagram" | undefined;
}

/** What a message needs, to be sent now. Made to be spread into a draft. */
export type MessagingWindowDraft =
  | { messaging_type: "RESPONSE" | "UPDATE"; tag?: never }
  | { messaging_type: "MESSAGE_TAG"; tag: "HUMAN_AGENT" | "CUSTOMER_FEEDBACK" };

/** One way to send a message now. */
export interface MessagingWindowOption {
  /** Its `messaging_type`, and its `tag`, for the draft: `buildMessage({ to, text, ...option.draft })`. */
  draft: MessagingWindowDraft;
  /**
   * What the message may be. `any`: whatever the API takes, promotion included. `human_agent`: what a person writes, nothing automated
   * and no promotion. `feedback_template`: a template of type `customer_feedback` only.
   */
  content: "any" | "human_agent" | "feedback_template";
  /** From this moment on it may not be sent any more. */
  closesAt: Date;
  /** The same in a sentence, in English. */
  message: string;
  /** The address of the page that documents it. */
  docs: string;
}

/** A way to reach the person that needs no open window, but something else. */
export interface MessagingWindowAlternative {
  /**
   * `utility_message`: needs an approved template. `one_time_notification`: needs a token that the person gave. `marketing_message`:
   * the paid Marketing Messages API, which this package does not serve. `private_reply`: needs a comment or a post of at most 7 days ago.
   * Instagram has only the last one.
   */
  kind: "utility_message" | "one_time_notification" | "marketing_message" | "private_reply";
  /** What it is and what it needs, in a sentence, in English. */
  message: string;
  /** The address of the page that documents it. */
  docs: string;
}

/** Something that is in doubt. */
export type MessagingWindowWarning =
  | {
      /**
       * `inbound_in_future`: `lastInboundAt` is after `now`, so one of two clocks is wrong; the window is taken as open.
       * `inbound_in_seconds`: `lastInboundAt` is a number below 10^11, so it was taken as seconds.
       */
      code: "inbound_in_future" | "inbound_in_seconds";
      /** In a sentence, in English. */
      message: string;
      /** The address of the page about the window. */
      docs: string;
    }
  | {
      /**
       * Between 24 hours and 7 days. The policy page of 2026-09-28 says that a person's first message after a click on an ad may open
       * the standard window for up to 7 days; the guides say 24 hours, and so does this function. Only you can know of the ad.
       */
      code: "ad_window";
      /** In a sentence, in English. */
      message: string;
      /** When such a window closes at the latest. */
      until: Date;
      /** The address of the policy page. */
      docs: string;
    };

/** What may be sent to a person now. */
export interface MessagingWindow {
  /**
   * `standard`: less than 24 hours ago; any message. `human_agent`: less than 7 days ago, and the app has the feature.
   * `feedback`: less than 7 days ago, and only a customer feedback template is left (Messenger). `closed`: nothing of these.
   */
  state: "standard" | "human_agent" | "feedback" | "closed";
  /** When this state ends: from this very moment on it is over. `null` when closed. */
  closesAt: Date | null;
  /** How a message can be sent now, the most usual way first. Empty when closed. */
  options: MessagingWindowOption[];
  /** What needs no open window. The same in every state. */
  otherwise: MessagingWindowAlternative[];
  /** What is in doubt; mostly empty. */
  warnings: MessagingWindowWarning[];
}

/**
 * Says what may be sent to a person now, and until when, from the time of what they did last. It only reckons: Graph has the last word,
 * and refuses a message outside the window (`SendError` of kind `"window"`).
 *
 * - less than 24 hours ago: the standard window, `RESPONSE` or `UPDATE`;
 * - less than 7 days ago: the tag `HUMAN_AGENT` with the Human Agent feature, and on Messenger `CUSTOMER_FEEDBACK` for its template;
 * - else closed. At exactly 24 hours or 7 days the window is over: a message sent then would come too late.
 *
 * The policy page of September 2026 and the guides differ about windows that an ad opened: see the warning `ad_window`.
 *
 * It is a plain function: it needs no `init`, and each answer is a new one.
 *
 * @example
 * const { options } = messagingWindow({ lastInboundAt: event.timestamp });
 * const option = options.find(({ content }) => content === "any");
 * if (option) {
 *   await send(buildMessage({ to, text, ...option.draft }), { accessToken });
 * }
 *
 * @throws {TypeError} When a time is none, or another option has a value that it cannot have.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages (the standard window)
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api (the tags)
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/templates/customer-feedback-template
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/ (2026-09-28: windows that an ad opens)
 */
export function messagingWindow(options: MessagingWindowOptions): MessagingWindow;
