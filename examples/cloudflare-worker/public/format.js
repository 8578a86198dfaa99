// Formats numbers, times and the terms of the API.

const whole = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const hourAndMinute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dateAndTime = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** The states of a message, in the order in which it may reach them. */
export const STATES = {
  queued: "Queued",
  sending: "Sending",
  sent: "Sent",
  delivered: "Delivered",
  refused: "Refused",
  unknown: "Unknown",
  probably_not_delivered: "Probably not delivered",
  dead: "Dead",
};

/** The counts of a minute. `sent`, `refused`, `unknown` and `dead` are outcomes of sending; `delivered` is reported later by Meta's webhook. */
export const OUTCOMES = ["sent", "delivered", "refused", "unknown", "dead"];

const PAUSES = {
  rate_limit: "Meta's rate limit is reached",
  outage: "Meta does not answer",
  auth: "The access token was refused",
};

export const number = (value) => whole.format(value);

/** A short form for narrow places: 1,234 is unchanged, 1,234,567 becomes 1.2M. */
export const short = (value) => (value < 100_000 ? whole.format(value) : compact.format(value));

export const clock = (time) => hourAndMinute.format(time);

export const moment = (time) => dateAndTime.format(time);

/** "9 s", "2:05", "1:00:00". */
export function duration(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const two = (value) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** "Meta's rate limit is reached (613). Sending resumes in 2:05." */
export function pauseSentence({ reason, code, until }, now) {
  const why = PAUSES[reason] ?? `Paused: ${reason}`;
  const which = code === undefined ? "" : ` (code ${code})`;
  const left = until - now;
  const when = left > 0 ? `Sending resumes in ${duration(left)}.` : "Sending resumes any moment.";
  return `${why}${which}. ${when}`;
}
