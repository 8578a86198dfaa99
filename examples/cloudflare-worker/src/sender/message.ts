// What is known of one message, and how that changes. Everything here is a pure function of the message and of what has happened to it.
import type { SendErrorKind } from "messenger-send";

/** Where a message is. All but the first three are the end, save that an echo makes each of them `delivered`. */
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

/** What the caller wants done with a message of which nobody knows, once the time for its echo has passed. */
export type IfUnknown = "resend" | "give_up";

/** Why an attempt failed, as it is stored and answered. No secret is in it: the package has taken them out. */
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
  /** How many requests went out for it. */
  attempts: number;
  /** Not before this time is it tried again. */
  readyAt: number;
  /** When an unknown outcome is settled without an echo; null where nothing waits for one. */
  deadline: number | null;
  ifUnknown: IfUnknown;
  /** Whether Graph tells of it in an echo. */
  hasEcho: boolean;
  createdAt: number;
  updatedAt: number;
  /** Whether it may have arrived without anybody knowing: then a later refusal does not mean that it did not. */
  wasUnknown: boolean;
  /** Whom it is for; null as soon as nothing is to be sent any more. */
  recipient: string | null;
  /** The JSON that is posted; null as soon as nothing is to be sent any more. */
  request: string | null;
  /** Graph's id of the message. */
  messageId: string | null;
  error: Failure | null;
  traceId: string;
}

/** How an attempt ended. */
export type Outcome = { ok: true; receipt: Receipt } | { ok: false; failure: Failure };

/** What Graph answered to a message that it took. */
export interface Receipt {
  recipient_id?: string;
  message_id?: string;
  fbtrace_id?: string;
}

export interface Settings {
  /** How long an echo is waited for, in milliseconds. */
  echoWaitMs: number;
  /** Messages a second of the Page. */
  perSecond: number;
  /** How long a message is remembered after it was accepted, in milliseconds. */
  retentionMs: number;
  /** After so long without a delivery a queued message is put on the queue again, in milliseconds: a second delivery does no harm. */
  requeueMs: number;
}

/** So often a message is tried that Graph refuses with "later". */
export const MAX_ATTEMPTS = 8;

const FIRST_DELAY_MS = 2000;
const LONGEST_DELAY_MS = 5 * 60 * 1000;

/** Whether something may still be sent for it. As long as that is so, later messages to the same person wait. */
export const isOpen = ({ recipient }: Message): boolean => recipient !== null;

/** Whether it may be handed to Graph, as far as it alone is concerned. */
export const isWaiting = ({ status }: Message): boolean => status === "queued";

/** A request is about to go out. This is stored before it does. */
export function begun(message: Message, now: number): Message {
  return { ...message, status: "sending", attempts: message.attempts + 1, updatedAt: now };
}

/** An attempt has ended. `random` is from 0 to 1. */
export function concluded(
  message: Message,
  outcome: Outcome,
  now: number,
  settings: Settings,
  random: number,
): Message {
  if (message.status !== "sending") {
    // An echo has come before the answer. It proves more than any answer.
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
      // What never left is no attempt.
      attempts: failure.delivery === "not_sent" ? message.attempts - 1 : message.attempts,
    };
  }
  return closed({ ...message, error: failure }, failedAs(message, "refused"), now);
}

/** The object was started while a request was under way: what came of it cannot be known. */
export function interrupted(message: Message, now: number, settings: Settings): Message {
  const error: Failure = {
    kind: "interrupted",
    delivery: "unknown",
    retryable: false,
    message: "The sender was interrupted between the request and its answer.",
  };
  return unsettled({ ...message, error }, now, settings);
}

/** An echo of the message has come. */
export function echoed(message: Message, mid: string | undefined, now: number): Message {
  if (message.status === "delivered") {
    return message;
  }
  return closed({ ...message, messageId: mid ?? message.messageId, error: null }, "delivered", now);
}

/** The time for an echo has passed. */
export function unanswered(message: Message, now: number): Message {
  if (message.status !== "unknown" || message.deadline === null || now < message.deadline) {
    return message;
  }
  return message.ifUnknown === "resend" && message.attempts < MAX_ATTEMPTS
    ? { ...message, status: "queued", deadline: null, readyAt: now, updatedAt: now }
    : closed(message, "probably_not_delivered", now);
}

/** Nobody will deliver it to the sender any more. What may have been sent is left as it is. */
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

/** Graph has refused it, or it never left, and the same request may succeed later. */
export function mayRepeat({ delivery, retryable, kind }: Failure): boolean {
  // A token that cannot be read is no fault of the message, and nothing was sent.
  const isOurs = kind === "configuration" && delivery === "not_sent";
  return delivery !== "unknown" && (retryable || isOurs);
}

function unsettled(message: Message, now: number, settings: Settings): Message {
  // Without an echo there is nothing to wait for: its absence would prove nothing.
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

/** The end: what was to be sent is forgotten. */
function closed(message: Message, status: Status, now: number): Message {
  return { ...message, status, updatedAt: now, deadline: null, recipient: null, request: null };
}

function backOff(attempts: number, random: number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1));
  return Math.round(longest * (0.5 + random / 2));
}
