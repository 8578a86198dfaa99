// The JSON responses of the Worker about messages and Pages.
import type { Board, LastError } from "./board.ts";
import { messageId } from "./ids.ts";
import { type IfUnknown, type Message, STATUSES, type Status } from "./message.ts";
import type { Pause } from "./pauses.ts";

/** The response of `GET /messages/{id}`. */
export interface MessageView {
  id: string;
  page_id: string;
  status: Status;
  message_id?: string;
  attempts: number;
  if_unknown: IfUnknown;
  created_at: string;
  updated_at: string;
  next_attempt_at?: string;
  settles_at?: string;
  error?: NonNullable<Message["error"]>;
  trace_id: string;
}

/** The response of `GET /pages/{id}`. */
export interface Overview {
  id: string;
  backlog: number;
  sending: number;
  rate: { limit_per_second: number; last_second: number; last_minute: number };
  pause: { until: string; reason: Pause["reason"]; code?: number } | null;
  totals: Record<Status, number>;
  minutes: (Record<"sent" | "delivered" | "refused" | "unknown" | "dead", number> & {
    minute: string;
  })[];
  last_errors: (Omit<LastError, "time"> & { time: string })[];
  last_echo: string | null;
}

export function messageView(pageId: string, message: Message): MessageView {
  const { status, attempts, messageId: mid, error, ifUnknown, deadline, readyAt } = message;
  return {
    id: messageId(pageId, message),
    page_id: pageId,
    status,
    ...(mid === null ? {} : { message_id: mid }),
    attempts,
    if_unknown: ifUnknown,
    created_at: iso(message.createdAt),
    updated_at: iso(message.updatedAt),
    ...(status === "queued" && attempts > 0 ? { next_attempt_at: iso(readyAt) } : {}),
    ...(deadline === null ? {} : { settles_at: iso(deadline) }),
    ...(error === null ? {} : { error }),
    trace_id: message.traceId,
  };
}

/** The state of a Page. */
interface PageState {
  pageId: string;
  perSecond: number;
  board: Board;
  /** The number of open messages by status. */
  open: Partial<Record<Status, number>>;
  pause: Pause | null;
  lastEchoAt: number | null;
}

export function pageView(state: PageState, now: number): Overview {
  const { pageId, perSecond, board, open, pause, lastEchoAt } = state;
  const totals = board.totals(open, STATUSES);
  return {
    id: pageId,
    backlog: totals.queued,
    sending: totals.sending,
    rate: { limit_per_second: perSecond, ...board.rate(now) },
    pause: pause && {
      until: iso(pause.until),
      reason: pause.reason,
      ...(pause.code === undefined ? {} : { code: pause.code }),
    },
    totals,
    minutes: board.minutes(now).map((one) => ({ ...one, minute: iso(one.minute) })),
    last_errors: board.errors.map((one) => ({ ...one, time: iso(one.time) })),
    last_echo: lastEchoAt === null ? null : iso(lastEchoAt),
  };
}

const iso = (time: number) => new Date(time).toISOString();
