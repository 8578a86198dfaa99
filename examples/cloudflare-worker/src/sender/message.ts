// The state of one message and its transitions, as pure functions.
import type { SendErrorKind } from "messenger-send";

/** The state of a message. All but the first three are final, except that an echo changes each of them to `delivered`. */
export type Status =
  | "queued"
  | "sending"
  | "unknown"
  | "sent"
  | "delivered"
  | "refused"
  | "probably_not_delivered"
  | "dead";

export const STATUSES: readonly Status[] = [
  "queued",
  "sending",
  "sent",
  "delivered",
  "refused",
  "unknown",
  "probably_not_delivered",
  "dead",
];

/** What to do with a message whose outcome is still unknown after the time for its echo. */
export type IfUnknown = "resend" | "give_up";

/** Why an attempt failed, as stored and returned. It contains no secrets, since the package removes them. */
export interface Failure {
  kind: SendErrorKind | "validation" | "interrupted" | "expired" | "undeliverable";
  delivery: "not_sent" | "rejected" | "unknown";
  retryable: boolean;
  message: string;
  retry_after_ms?: number;
  http_status?: number;
  code?: number;
  subcode?: number;
  fbtrace_id?: string;
  hint?: string;
}

/** A message as it is stored. Times are milliseconds since 1970. */
export interface Message {
  /** Its place in the order in which the Page's messages were accepted. */
  seq: number;
  /** The random half of its id. */
  tail: string;
  status: Status;
  /** The number of requests. */
  attempts: number;
  /** The earliest time of the next attempt. */
  readyAt: number;
  /** When an unknown outcome is settled without an echo; null if no echo is expected. */
  deadline: number | null;
  ifUnknown: IfUnknown;
  /** Whether Graph sends an echo of it. */
  hasEcho: boolean;
  createdAt: number;
  updatedAt: number;
  /** Whether an earlier attempt had an unknown outcome, so that it may have arrived even if a later attempt is refused. */
  wasUnknown: boolean;
  /** The recipient; null as soon as nothing more can be sent. */
  recipient: string | null;
  /** The JSON to post; null as soon as nothing more can be sent. */
  request: string | null;
  /** Graph's id of the message. */
  messageId: string | null;
  error: Failure | null;
  traceId: string;
}

/** The outcome of an attempt. */
export type Outcome = { ok: true; receipt: Receipt } | { ok: false; failure: Failure };

/** Graph's response to an accepted message. */
export interface Receipt {
  recipient_id?: string;
  message_id?: string;
  fbtrace_id?: string;
}

export interface Settings {
  /** How long to wait for an echo, in milliseconds. */
  echoWaitMs: number;
  /** The maximum number of messages per second for the Page. */
  perSecond: number;
  /** How long a message is kept after it was accepted, in milliseconds. */
  retentionMs: number;
  /** After this time without a delivery a message is queued again, in milliseconds. A duplicate delivery does no harm. */
  requeueMs: number;
}

/** The maximum number of attempts for a message that Graph refuses as temporary. */
export const MAX_ATTEMPTS = 8;

const FIRST_DELAY_MS = 2000;
const LONGEST_DELAY_MS = 5 * 60 * 1000;

/** Whether a request may still be sent for it. While this is true, later messages to the same person wait. */
export const isOpen = ({ recipient }: Message): boolean => recipient !== null;

/** Whether it may be sent, regardless of other messages. */
export const isWaiting = ({ status }: Message): boolean => status === "queued";

/** The state before a request is sent, stored first. */
export function begun(message: Message, now: number): Message {
  return { ...message, status: "sending", attempts: message.attempts + 1, updatedAt: now };
}

/** The state after an attempt. `random` is from 0 to 1. */
export function concluded(
  message: Message,
  outcome: Outcome,
  now: number,
  settings: Settings,
  random: number,
): Message {
  if (message.status !== "sending") {
    // An echo arrived before the response. It is the stronger proof.
    return message;
  }
  if (outcome.ok) {
    const mid = outcome.receipt.message_id ?? null;
    return closed({ ...message, messageId: mid, error: null }, "sent", now);
  }
  const { failure } = outcome;
  if (failure.delivery === "unknown") {
    return unsettled({ ...message, error: failure }, now, settings);
  }
  if (mayRepeat(failure)) {
    const delay = failure.retry_after_ms ?? backOff(message.attempts, random);
    return {
      ...message,
      status: "queued",
      readyAt: now + delay,
      updatedAt: now,
      error: failure,
      // Without a request it does not count as an attempt.
      attempts: failure.delivery === "not_sent" ? message.attempts - 1 : message.attempts,
    };
  }
  return closed({ ...message, error: failure }, failedAs(message, "refused"), now);
}

/** The state after the object restarted during a request, whose outcome is unknown. */
export function interrupted(message: Message, now: number, settings: Settings): Message {
  const error: Failure = {
    kind: "interrupted",
    delivery: "unknown",
    retryable: false,
    message: "The sender was interrupted between the request and its answer.",
  };
  return unsettled({ ...message, error }, now, settings);
}

/** The state after its echo. */
export function echoed(message: Message, mid: string | undefined, now: number): Message {
  if (message.status === "delivered") {
    return message;
  }
  return closed({ ...message, messageId: mid ?? message.messageId, error: null }, "delivered", now);
}

/** The state after the time for an echo has passed. */
export function unanswered(message: Message, now: number): Message {
  if (message.status !== "unknown" || message.deadline === null || now < message.deadline) {
    return message;
  }
  return message.ifUnknown === "resend" && message.attempts < MAX_ATTEMPTS
    ? { ...message, status: "queued", deadline: null, readyAt: now, updatedAt: now }
    : closed(message, "probably_not_delivered", now);
}

/** The state after the queue gave up. A message that may have been sent stays as it is. */
export function buried(message: Message, why: "expired" | "undeliverable", now: number): Message {
  if (message.status !== "queued") {
    return message;
  }
  const error: Failure = message.error ?? {
    kind: why,
    delivery: "not_sent",
    retryable: false,
    message:
      why === "expired"
        ? "It waited longer than the queue keeps a message."
        : "The queue gave it up after its last retry.",
  };
  return closed({ ...message, error }, failedAs(message, "dead"), now);
}

/** Whether to retry: Graph refused it or nothing was sent, and the same request may succeed later. */
export function mayRepeat({ delivery, retryable, kind }: Failure): boolean {
  // The token could not be read: this is not the fault of the message, and nothing was sent.
  const isOurs = kind === "configuration" && delivery === "not_sent";
  return delivery !== "unknown" && (retryable || isOurs);
}

function unsettled(message: Message, now: number, settings: Settings): Message {
  // If no echo is expected, there is nothing to wait for.
  const deadline = message.hasEcho ? now + settings.echoWaitMs : null;
  const unknown: Message = {
    ...message,
    status: "unknown",
    wasUnknown: true,
    deadline,
    updatedAt: now,
  };
  return message.ifUnknown === "resend" ? unknown : { ...unknown, recipient: null, request: null };
}

const failedAs = ({ wasUnknown }: Message, status: "refused" | "dead"): Status =>
  wasUnknown ? "probably_not_delivered" : status;

/** A final state: the recipient and the request are deleted. */
function closed(message: Message, status: Status, now: number): Message {
  return { ...message, status, updatedAt: now, deadline: null, recipient: null, request: null };
}

function backOff(attempts: number, random: number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  return Math.round(longest * (0.5 + random / 2));
}
