// The figures that a Page's sender reports: messages by state, the outcomes of the last hour, the last errors, the rate.
import type { Failure, Message, Status } from "./message.ts";

const MINUTE_MS = 60_000;
const MINUTES = 60;
const ERRORS = 20;

type Outcome = "sent" | "delivered" | "refused" | "unknown" | "dead";
const OUTCOMES: readonly Outcome[] = ["sent", "delivered", "refused", "unknown", "dead"];

type MinuteCounts = { minute: number } & Record<Outcome, number>;

export interface LastError {
  time: number;
  id: string;
  status: Status;
  kind: Failure["kind"];
  code?: number;
  hint: string;
  fbtrace_id?: string;
}

/** The stored part of the board. */
export interface BoardState {
  closed: Partial<Record<Status, number>>;
  minutes: MinuteCounts[];
  errors: LastError[];
}

export class Board {
  #closed: Partial<Record<Status, number>>;
  #minutes: MinuteCounts[];
  #errors: LastError[];
  /** The number of sends by the second of their start, for the last minute. */
  readonly #seconds = new Map<number, number>();
  #isStored = true;

  constructor(state: BoardState | undefined) {
    this.#closed = state?.closed ?? {};
    this.#minutes = state?.minutes ?? [];
    this.#errors = state?.errors ?? [];
  }

  /** Whether nothing has changed since `stored` was last called. */
  get isStored(): boolean {
    return this.#isStored;
  }

  stored(): BoardState {
    this.#isStored = true;
    return { closed: this.#closed, minutes: this.#minutes, errors: this.#errors };
  }

  /** Replaces the counts of closed messages, since the stored figures may be outdated. */
  recount(closed: Partial<Record<Status, number>>): void {
    this.#closed = closed;
    this.#isStored = false;
  }

  /** Counts a request that is being sent. */
  began(now: number): void {
    const second = Math.floor(now / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    for (const old of this.#seconds.keys()) {
      if (old >= second - MINUTES) {
        break;
      }
      this.#seconds.delete(old);
    }
  }

  /** Counts a change of state; `before` is undefined for a new message, `after` for a deleted one. */
  changed(id: string, before: Message | undefined, after: Message | undefined, now: number): void {
    this.#count(before, -1);
    this.#count(after, 1);
    if (after === undefined || after.status === before?.status) {
      return;
    }
    const outcome = OUTCOMES.find((one) => one === after.status);
    if (outcome !== undefined) {
      this.#minute(now)[outcome] += 1;
      this.#isStored = false;
    }
    if (after.error !== null && ["refused", "unknown", "dead"].includes(after.status)) {
      const { kind, code, hint, message, fbtrace_id } = after.error;
      const entry: LastError = {
        time: now,
        id,
        status: after.status,
        kind,
        hint: hint ?? message,
        ...(code === undefined ? {} : { code }),
        ...(fbtrace_id === undefined ? {} : { fbtrace_id }),
      };
      this.#errors = [entry, ...this.#errors].slice(0, ERRORS);
    }
  }

  /** The totals by status, including open messages, which the store counts. */
  totals(open: Partial<Record<Status, number>>, statuses: readonly Status[]) {
    return Object.fromEntries(
      statuses.map((status) => [status, (this.#closed[status] ?? 0) + (open[status] ?? 0)]),
    ) as Record<Status, number>;
  }

  /** The number of sends that started in the last whole second, and in the last minute. */
  rate(now: number): { last_second: number; last_minute: number } {
    const second = Math.floor(now / 1000);
    let minute = 0;
    for (const [at, count] of this.#seconds) {
      minute += at > second - MINUTES ? count : 0;
    }
    return { last_second: this.#seconds.get(second - 1) ?? 0, last_minute: minute };
  }

  /** The minutes of the last hour, oldest first, without gaps. */
  minutes(now: number): MinuteCounts[] {
    const last = minuteOf(now);
    return Array.from({ length: MINUTES }, (_, index) => {
      const minute = last - (MINUTES - 1 - index) * MINUTE_MS;
      return this.#minutes.find((one) => one.minute === minute) ?? noCounts(minute);
    });
  }

  get errors(): readonly LastError[] {
    return this.#errors;
  }

  #count(message: Message | undefined, by: 1 | -1): void {
    if (message !== undefined && message.recipient === null) {
      this.#closed[message.status] = (this.#closed[message.status] ?? 0) + by;
      this.#isStored = false;
    }
  }

  #minute(now: number): MinuteCounts {
    const minute = minuteOf(now);
    const found = this.#minutes.find((one) => one.minute === minute);
    if (found !== undefined) {
      return found;
    }
    const counts = noCounts(minute);
    const oldest = minute - (MINUTES - 1) * MINUTE_MS;
    this.#minutes = [...this.#minutes.filter((one) => one.minute >= oldest), counts];
    return counts;
  }
}

const minuteOf = (time: number) => Math.floor(time / MINUTE_MS) * MINUTE_MS;
const noCounts = (minute: number): MinuteCounts => ({
  minute,
  sent: 0,
  delivered: 0,
  refused: 0,
  unknown: 0,
  dead: 0,
});
