// Types of `messagingWindow`: which messages a person may be sent now.

/**
 * A point in time: a `Date`, milliseconds since 1970, or an ISO 8601 string with a time and a zone
 * (`Z`, `+02:00`, or Graph's `+0000`).
 */
export type MessagingWindowTime = Date | number | string;

/** What is known about the conversation. */
export interface MessagingWindowOptions {
  /**
   * When the person last did something that opens the window: sent a message, tapped a button,
   * reacted ... (the guide lists everything). `null` or `undefined`: never. A number below 10^11 is
   * treated as seconds, with a warning. The `messages` webhooks of Messenger and Instagram have
   * milliseconds (`timestamp`, and `time` of the entry); Page `feed` webhooks and most other Graph
   * objects have seconds (`created_time`).
   *
   * The 7 days of the tags count from a *message* of the person. If that is older than the last tap
   * or reaction, call the function for each of them.
   * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages
   */
  lastInboundAt: MessagingWindowTime | null | undefined;
  /** The time to evaluate. Default: now. */
  now?: MessagingWindowTime | undefined;
  /**
   * Whether the app has the Human Agent feature, which Meta grants after a review. Default: false.
   * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
   */
  humanAgent?: boolean | undefined;
  /** The platform. Instagram has no customer feedback. Default: `"messenger"`. */
  platform?: "messenger" | "instagram" | undefined;
}

/** The members that a message needs to be sent now, to be spread into a draft. */
export type MessagingWindowDraft =
  | { messaging_type: "RESPONSE" | "UPDATE"; tag?: never }
  | { messaging_type: "MESSAGE_TAG"; tag: "HUMAN_AGENT" | "CUSTOMER_FEEDBACK" };

/** One way to send a message now. */
export interface MessagingWindowOption {
  /**
   * Its `messaging_type` and `tag` for the draft: `buildMessage({ to, text, ...option.draft })`.
   */
  draft: MessagingWindowDraft;
  /**
   * The allowed content. `any`: anything that the API accepts, including promotions. `human_agent`:
   * written by a human agent, neither automated nor promotional. `feedback_template`: a template of
   * type `customer_feedback` only.
   */
  content: "any" | "human_agent" | "feedback_template";
  /** The time from which it may no longer be sent. */
  closesAt: Date;
  /** The same as an English sentence. */
  message: string;
  /** The URL of the page that documents it. */
  docs: string;
}

/** A way to reach the person without an open window, with another requirement. */
export interface MessagingWindowAlternative {
  /**
   * `utility_message`: needs an approved template. `one_time_notification`: needs a token from the
   * person's opt-in. `marketing_message`: the paid Marketing Messages API, which this package does
   * not support. `private_reply`: needs a comment or post that is at most 7 days old. Instagram has
   * only the last one.
   */
  kind: "utility_message" | "one_time_notification" | "marketing_message" | "private_reply";
  /** An English sentence that says what it is and what it needs. */
  message: string;
  /** The URL of the page that documents it. */
  docs: string;
}

/** A warning about the result. */
export type MessagingWindowWarning =
  | {
      /**
       * `inbound_in_future`: `lastInboundAt` is after `now`, so one of the two clocks is wrong; the
       * window is treated as open. `inbound_in_seconds`: `lastInboundAt` is a number below 10^11,
       * so it was treated as seconds.
       */
      code: "inbound_in_future" | "inbound_in_seconds";
      /** An English sentence. */
      message: string;
      /** The URL of the page about the window. */
      docs: string;
    }
  | {
      /**
       * Between 24 hours and 7 days. The policy page of 2026-09-28 says that a person's first
       * message after clicking an ad may open the standard window for up to 7 days; the guides and
       * this function say 24 hours. Only you can know about the ad.
       */
      code: "ad_window";
      /** An English sentence. */
      message: string;
      /** When such a window closes at the latest. */
      until: Date;
      /** The URL of the policy page. */
      docs: string;
    };

/** The result of `messagingWindow`. */
export interface MessagingWindow {
  /**
   * `standard`: less than 24 hours ago; any message. `human_agent`: less than 7 days ago, and the
   * app has the feature. `feedback`: less than 7 days ago, for a customer feedback template only
   * (Messenger). `closed`: none of these.
   */
  state: "standard" | "human_agent" | "feedback" | "closed";
  /** The time from which this state has ended. `null` when closed. */
  closesAt: Date | null;
  /** The ways to send a message now, the most usual first. Empty when closed. */
  options: MessagingWindowOption[];
  /** The ways that need no open window. The same in every state. */
  otherwise: MessagingWindowAlternative[];
  /** Warnings about the result; usually empty. */
  warnings: MessagingWindowWarning[];
}

/**
 * Computes which messages a person may be sent now, and until when, from the time of their last
 * interaction. Graph decides in the end, and refuses a message outside the window (`SendError` of
 * kind `"window"`).
 *
 * - less than 24 hours ago: the standard window, `RESPONSE` or `UPDATE`;
 * - less than 7 days ago: the tag `HUMAN_AGENT` with the Human Agent feature, and on Messenger
 *   `CUSTOMER_FEEDBACK` for its template;
 * - otherwise closed. At exactly 24 hours or 7 days the window has closed: a message sent then
 *   would arrive too late.
 *
 * The policy page of September 2026 and the guides differ about windows opened by an ad: see the
 * warning `ad_window`.
 *
 * It needs no `init`, and returns a new object each time.
 *
 * @example
 * const { options } = messagingWindow({ lastInboundAt: event.timestamp });
 * const option = options.find(({ content }) => content === "any");
 * if (option) {
 *   await send(buildMessage({ to, text, ...option.draft }), { accessToken });
 * }
 *
 * @throws {TypeError} If a time or another option is invalid.
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages (the standard window)
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api (the tags)
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/templates/customer-feedback-template
 * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/policy/ (2026-09-28: windows that an ad opens)
 */
export function messagingWindow(options: MessagingWindowOptions): MessagingWindow;
