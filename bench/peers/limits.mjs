// The rules that all validators are given, as far as they are data: those of the messages in payloads.mjs, from the pages that docs/rules.md names.
// A member that is not known is let through by all of them, as by messenger-send.

export const MESSAGING_TYPES = ["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"];
export const TAGS = ["HUMAN_AGENT", "CUSTOMER_FEEDBACK"];
export const NOTIFICATION_TYPES = ["REGULAR", "SILENT_PUSH", "NO_PUSH"];
export const HEIGHTS = ["full", "tall", "compact"];
export const ASPECT_RATIOS = ["horizontal", "square"];
export const MEDIA = ["image", "audio", "video", "file"];

export const TEXT = 2000;
export const METADATA = 1000;
export const QUICK_REPLIES = 13;
export const QUICK_REPLY_TITLE = 20;
export const PAYLOAD = 1000;
export const ELEMENTS = 10;
export const CARD_TEXT = 80;
export const BUTTONS = 3;
export const BUTTON_TITLE = 20;
export const PURCHASES = 100;

/** An absolute web address: a pattern is the fastest way for every peer, so all have this one. */
export const WEB_ADDRESS = /^https?:\/\/[^\s/?#<>"\\^`]+\S*$/i;
export const PHONE = /^\+\d+$/;
export const COUNTRY = /^[A-Za-z]{2}$/;

/** What decides between members; JSON Schema has words of its own for it. */
export const hasOneContent = ({ text, attachment }) =>
  (text === undefined) !== (attachment === undefined);
export const hasMoreThanTitle = ({ subtitle, image_url, default_action, buttons }) =>
  subtitle !== undefined ||
  image_url !== undefined ||
  default_action !== undefined ||
  buttons !== undefined;
export const hasTagWhereNeeded = ({ messaging_type, tag }) =>
  (messaging_type === "MESSAGE_TAG") === (tag !== undefined);
export const hasOneSource = ({ url, attachment_id }) =>
  (url === undefined) !== (attachment_id === undefined);
