// `messagingWindow`: which messages a person may be sent now, from the time of their last
// interaction. Plain JavaScript without WebAssembly, so it works before `init`.

const HOUR = 60 * 60 * 1000;
const STANDARD = 24 * HOUR;
/** The window of both tags, and the longest standard window that an ad may open. */
const EXTENDED = 7 * 24 * HOUR;
/** The latest time that a `Date` can represent. */
const LAST_TIME = 8.64e15;
/**
 * A number below this (March 1973) cannot be the time of a message in milliseconds; in seconds it
 * reaches the year 5138.
 */
const SECONDS = 1e11;

const PLATFORMS = ["messenger", "instagram"];
/** A date, a time and a zone. Graph writes the zone without a colon: `+0000`. */
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?:Z|([+-]\d{2}):?(\d{2}))$/;

const GUIDES =
  "https://developers.facebook.com/documentation/business-messaging/messenger-platform";
const DOCS = {
  reference: "https://developers.facebook.com/docs/messenger-platform/reference/send-api",
  guide: `${GUIDES}/send-messages`,
  policy: `${GUIDES}/policy/`,
  feedback: `${GUIDES}/send-messages/templates/customer-feedback-template`,
  utility: `${GUIDES}/send-messages/utility-messages`,
  oneTime:
    "https://developers.facebook.com/docs/messenger-platform/send-messages/one-time-notification/",
  marketing: `${GUIDES}/marketing-messages-on-messenger/api-reference`,
  privateReply: `${GUIDES}/discovery/private-replies`,
  instagramPrivateReply:
    "https://developers.facebook.com/documentation/instagram-platform/private-replies",
};

export function messagingWindow(options) {
  const { lastInboundAt, wasInSeconds, now, humanAgent, platform } = readOptions(options);
  const otherwise = withoutWindow(platform);
  if (lastInboundAt === undefined) {
    return { state: "closed", closesAt: null, options: [], otherwise, warnings: [] };
  }
  const age = now - lastInboundAt;
  const warnings = warningsOf(lastInboundAt, age, wasInSeconds);
  if (age < STANDARD) {
    const closesAt = lastInboundAt + STANDARD;
    return {
      state: "standard",
      closesAt: new Date(closesAt),
      options: inStandardWindow(closesAt),
      otherwise,
      warnings,
    };
  }
  const closesAt = lastInboundAt + EXTENDED;
  const tagged = age < EXTENDED ? withTag(closesAt, humanAgent, platform) : [];
  if (tagged.length === 0) {
    return { state: "closed", closesAt: null, options: [], otherwise, warnings };
  }
  return {
    state: humanAgent ? "human_agent" : "feedback",
    closesAt: new Date(closesAt),
    options: tagged,
    otherwise,
    warnings,
  };
}

// --- Options -------------------------------------------------------------------------------------

function inStandardWindow(closesAt) {
  return [
    option(
      { messaging_type: "RESPONSE" },
      "any",
      closesAt,
      "An answer to the person. It may be promotional.",
      DOCS.guide,
    ),
    option(
      { messaging_type: "UPDATE" },
      "any",
      closesAt,
      "A message on your own initiative. It may be promotional.",
      DOCS.guide,
    ),
  ];
}

function withTag(closesAt, humanAgent, platform) {
  const options = [];
  if (humanAgent) {
    const message =
      "A human agent's answer to an issue that could not be resolved within 24 hours. Nothing automated, nothing unrelated.";
    options.push(
      option(
        { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" },
        "human_agent",
        closesAt,
        message,
        DOCS.reference,
      ),
    );
  }
  if (platform === "messenger") {
    const message = "A customer feedback template, and nothing else.";
    options.push(
      option(
        { messaging_type: "MESSAGE_TAG", tag: "CUSTOMER_FEEDBACK" },
        "feedback_template",
        closesAt,
        message,
        DOCS.feedback,
      ),
    );
  }
  return options;
}

function option(draft, content, closesAt, message, docs) {
  return { draft, content, closesAt: new Date(closesAt), message, docs };
}

/**
 * Alternatives with a requirement other than the window, always listed so that a caller can show
 * them with the options.
 */
function withoutWindow(platform) {
  if (platform === "instagram") {
    return [
      {
        kind: "private_reply",
        message: "One reply to a comment, within 7 days of it: `to` is `{ comment_id }`.",
        docs: DOCS.instagramPrivateReply,
      },
    ];
  }
  return [
    {
      kind: "utility_message",
      message:
        "A utility message, with a template that Meta has approved and no marketing in it: the draft member `utility`.",
      docs: DOCS.utility,
    },
    {
      kind: "one_time_notification",
      message:
        "One message to a person who asked to be notified: `to` is `{ one_time_notif_token }`.",
      docs: DOCS.oneTime,
    },
    {
      kind: "marketing_message",
      message:
        "The paid Marketing Messages API, for people who subscribed. It is another edge of the Graph API, which `send` does not serve.",
      docs: DOCS.marketing,
    },
    {
      kind: "private_reply",
      message:
        "One reply to a comment or to a visitor's post, within 7 days of it: `to` is `{ comment_id }` or `{ post_id }`.",
      docs: DOCS.privateReply,
    },
  ];
}

// --- Warnings ------------------------------------------------------------------------------------

function warningsOf(lastInboundAt, age, wasInSeconds) {
  const warnings = [];
  if (age < 0) {
    const message = `lastInboundAt is ${-age} ms after now: one of the two clocks is wrong. The window is treated as open.`;
    warnings.push({ code: "inbound_in_future", message, docs: DOCS.guide });
  }
  if (wasInSeconds) {
    const message = `lastInboundAt was given in seconds, and is taken as ${new Date(lastInboundAt).toISOString()}. Pass milliseconds to be sure.`;
    warnings.push({ code: "inbound_in_seconds", message, docs: DOCS.guide });
  }
  if (age >= STANDARD && age < EXTENDED) {
    const until = new Date(lastInboundAt + EXTENDED);
    const message =
      "The policy page of 2026-09-28 says that a person's first message after clicking a Click-to-Messenger or Click-to-Direct ad may " +
      "open the standard window for up to 7 days; the guides say 24 hours, and so does this result. If it was such a message, RESPONSE and " +
      `UPDATE may be accepted until ${until.toISOString()} at the latest.`;
    warnings.push({ code: "ad_window", message, until, docs: DOCS.policy });
  }
  return warnings;
}

// --- Input ---------------------------------------------------------------------------------------

function readOptions(options) {
  if (typeof options !== "object" || options === null) {
    throw new TypeError("messagingWindow: give an object with lastInboundAt.");
  }
  const { lastInboundAt, now = Date.now(), humanAgent = false, platform = "messenger" } = options;
  if (typeof humanAgent !== "boolean") {
    throw new TypeError("messagingWindow: humanAgent must be true or false.");
  }
  if (!PLATFORMS.includes(platform)) {
    throw new TypeError('messagingWindow: platform must be "messenger" or "instagram".');
  }
  const wasInSeconds = typeof lastInboundAt === "number" && Math.abs(lastInboundAt) < SECONDS;
  const given = wasInSeconds ? lastInboundAt * 1000 : lastInboundAt;
  return {
    // No time means that the person never wrote.
    lastInboundAt:
      given === undefined || given === null ? undefined : timeOf(given, "lastInboundAt"),
    wasInSeconds,
    now: timeOf(now, "now"),
    humanAgent,
    platform,
  };
}

function timeOf(value, name) {
  const time = milliseconds(value);
  // Beyond the latest time there is no Date for the end of the window.
  if (time === undefined || Number.isNaN(time) || Math.abs(time) > LAST_TIME - EXTENDED) {
    throw new TypeError(
      `messagingWindow: ${name} must be a valid Date, milliseconds since 1970, or an ISO 8601 text with a time and a zone such as "2026-11-22T10:00:00Z".`,
    );
  }
  return time;
}

function milliseconds(value) {
  if (typeof value === "number") {
    return Math.trunc(value);
  }
  if (typeof value === "string") {
    const [, local, hours, minutes] = TIMESTAMP.exec(value) ?? [];
    // Some engines treat a day that the month does not have as one of the next month.
    const isDay =
      local !== undefined &&
      new Date(`${local.slice(0, 10)}T00:00Z`).getUTCDate() === Number(local.slice(8, 10));
    return isDay
      ? Date.parse(hours === undefined ? value : `${local}${hours}:${minutes}`)
      : undefined;
  }
  try {
    // Recognizes a Date of another realm too, but not a look-alike.
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}
