// The sender of one Page: accepts messages, sends them in order for each recipient, and stores the state of each. Clock, network and
// storage are injected, so that the model test can run 10,000 histories with it.
import { Board, type BoardState } from "./board.ts";
import { messageId, type Place, readMessageId, readStamp, stampOf, TAIL_DIGITS } from "./ids.ts";
import {
  begun,
  buried,
  concluded,
  echoed,
  type IfUnknown,
  interrupted,
  isOpen,
  isWaiting,
  MAX_ATTEMPTS,
  type Message,
  type Outcome,
  type Receipt,
  type Settings,
  type Status,
  unanswered,
} from "./message.ts";
import { type Clock, MEDIA_PER_SECOND, Pace } from "./pace.ts";
import { type Pause, Pauses } from "./pauses.ts";
import { type NewMessage, type Sql, Store } from "./store.ts";
import { type MessageView, messageView, type Overview, pageView } from "./views.ts";

/** A posted message, already validated. */
export interface Posted {
  /** The JSON to post to Graph, without a stamp. */
  request: string;
  recipient: string;
  hasEcho: boolean;
  ifUnknown: IfUnknown;
  /** Includes the name of the caller, so that callers cannot share a key. */
  idempotencyKey: string | null;
  /** Distinguishes requests with the same key. */
  fingerprint: string;
  traceId: string;
}

/** A reference to a message, as it is put on the queue. */
export interface Reference {
  id: string;
  traceId: string;
}

/** What the queue's consumer does next. `acknowledge`: nothing is left to do for this message. */
export type Verdict =
  | { action: "acknowledge" }
  | { action: "retry"; delayMs: number }
  | { action: "dead_letter" };

export type Accepted =
  | { ok: true; messages: { id: string; status: Status; isDuplicate: boolean }[] }
  | { ok: false; conflicts: number[] };

/** The result of sending a message at once. */
export type Immediate =
  | { result: "stored"; message: MessageView; isDuplicate: boolean; receipt?: Receipt }
  | { result: "not_now"; retryAfterMs: number; failure?: Message["error"] }
  | { result: "conflict" };

/** The environment of the sender. */
export interface Surroundings extends Clock {
  /** A random number from 0 to 1. */
  random(): number;
  randomHex(digits: number): string;
  /** Sends one request, once. */
  send(request: string, stamp: string): Promise<Outcome>;
  /** Puts messages on the queue. */
  enqueue(messages: Reference[]): Promise<void>;
  /** Sets the alarm to this time, unless it is set to an earlier one. */
  wakeAt(time: number): void;
  /** Called after each change of a message's state. */
  changed?(message: Message, id: string): void;
}

/** The number of concurrent requests for one delivery of the queue: the platform allows six that wait for a response. */
const CONCURRENCY = 6;
/** The longest wait for the rate limit in the object; beyond it, the queue holds the message. */
const LONGEST_HOLD_MS = 5_000;
const SENDING_ELSEWHERE_MS = 30_000;
const LONGEST_RETRY_MS = 15 * 60_000;
const LONGEST_TURN_MS = 60_000;
/** How long the queue keeps a message. */
const QUEUE_KEEPS_MS = 4 * 24 * 3_600_000;
const OUTBOX_RETRY_MS = 10_000;
const HOUR_MS = 3_600_000;
/** How long a count of the backlog is reused. */
const BACKLOG_MS = 1000;
const PASS = 1000;
const PAGE_OF_QUEUE = 100;

export class PageSender {
  readonly #pageId: string;
  readonly #store: Store;
  readonly #world: Surroundings;
  readonly #settings: Settings;
  readonly #pauses: Pauses;
  readonly #board: Board;
  readonly #text: Pace;
  readonly #media: Pace;
  /** The number of pending requests. */
  #inFlight = 0;
  /** The number of messages stored as `sending`; an echo may end this state before the response arrives. */
  #sending = 0;
  #lastEchoAt: number | null;
  /** Whether something other than the board needs to be stored. */
  #isDirty = false;
  #hasMoreToForget = false;
  /** Messages being sent at once whose id was meanwhile returned to another call with the same key. */
  readonly #shared = new Set<number>();
  #isFlushing = false;
  #backlog = { count: 0, until: 0 };

  constructor(pageId: string, sql: Sql, world: Surroundings, settings: Settings) {
    this.#pageId = pageId;
    this.#store = new Store(sql);
    this.#world = world;
    this.#settings = settings;
    const state = this.#store.read("state") as StoredState | undefined;
    this.#board = new Board(state?.board);
    this.#pauses = new Pauses(state?.pause ?? null);
    this.#lastEchoAt = state?.lastEchoAt ?? null;
    const wasInterrupted = this.#recover();
    // After an interruption, it is unknown how much of the last second's rate was used.
    const notBefore = wasInterrupted ? world.now() + 1000 : (state?.paceDue ?? 0);
    this.#text = new Pace(settings.perSecond, world, notBefore);
    this.#media = new Pace(Math.min(MEDIA_PER_SECOND, settings.perSecond), world, notBefore);
  }

  /** Messages that were being sent when the object stopped become unknown; they are sent again only with `resend`. */
  #recover(): boolean {
    const cut = this.#store.withStatus("sending");
    if (cut.length === 0) {
      return false;
    }
    this.#board.recount(this.#store.countClosed());
    this.#sending = cut.length;
    for (const message of cut) {
      this.#change(message, interrupted(message, this.#world.now(), this.#settings));
    }
    this.#save();
    return true;
  }

  /** Stores all messages, or none if a key was used for another request. `flushOutbox` puts them on the queue. */
  accept(posted: readonly Posted[]): Accepted {
    const conflicts = this.conflicts(posted);
    if (conflicts.length > 0) {
      return { ok: false, conflicts };
    }
    const added: number[] = [];
    const messages = posted.map((one) => {
      const known = this.#known(one);
      if (known !== undefined) {
        return { id: this.#id(known), status: known.status, isDuplicate: true };
      }
      const message = this.#insert(one);
      added.push(message.seq);
      return { id: this.#id(message), status: message.status, isDuplicate: false };
    });
    const [first] = added;
    const last = added.at(-1);
    if (first !== undefined && last !== undefined) {
      this.#store.addToOutbox(first, last);
    }
    return { ok: true, messages };
  }

  /** The indexes of messages whose key was used for another request. */
  conflicts(posted: readonly Pick<Posted, "idempotencyKey" | "fingerprint">[]): number[] {
    const seen = new Map<string, string>();
    return posted.flatMap(({ idempotencyKey, fingerprint }, index) => {
      if (idempotencyKey === null) {
        return [];
      }
      const known =
        seen.get(idempotencyKey) ?? this.#store.byKey(idempotencyKey)?.fingerprint ?? fingerprint;
      seen.set(idempotencyKey, known);
      return known === fingerprint ? [] : [index];
    });
  }

  /** Puts accepted messages on the queue. Those that fail stay in the outbox for the next alarm. */
  async flushOutbox(): Promise<void> {
    if (this.#isFlushing) {
      return;
    }
    this.#isFlushing = true;
    try {
      // Includes messages that are accepted in the meantime.
      for (
        let range = this.#store.nextInOutbox();
        range !== undefined;
        range = this.#store.nextInOutbox()
      ) {
        const waiting = this.#store.queuedBetween(range.first, range.last);
        for (let at = 0; at < waiting.length; at += PAGE_OF_QUEUE) {
          await this.#world.enqueue(
            waiting.slice(at, at + PAGE_OF_QUEUE).map((message) => ({
              id: this.#id(message),
              traceId: message.traceId,
            })),
          );
        }
        this.#store.removeFromOutbox(range.first);
      }
    } finally {
      this.#isFlushing = false;
    }
  }

  /** Sends messages that the queue has delivered: sequentially for each recipient, concurrently for different ones. */
  async deliver(ids: readonly string[]): Promise<Verdict[]> {
    const verdicts = new Map<string, Verdict>();
    const lanes = new Map<string, Message[]>();
    for (const id of new Set(ids)) {
      const message = this.#find(id);
      if (message === undefined || message.recipient === null) {
        verdicts.set(id, { action: "acknowledge" });
      } else {
        lanes.set(message.recipient, [...(lanes.get(message.recipient) ?? []), message]);
      }
    }
    const waiting = [...lanes.values()];
    const work = async () => {
      for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
        for (const { seq, tail } of lane.sort((one, other) => one.seq - other.seq)) {
          verdicts.set(messageId(this.#pageId, { seq, tail }), await this.#deliver(seq));
        }
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    this.#saveIfQuiet();
    return ids.map((id) => verdicts.get(id) ?? { action: "acknowledge" });
  }

  async #deliver(seq: number): Promise<Verdict> {
    for (let hasPlace = false; ; hasPlace = true) {
      const message = this.#store.get(seq);
      if (message?.status === "sending") {
        return retry(SENDING_ELSEWHERE_MS);
      }
      if (message === undefined || !isWaiting(message)) {
        return { action: "acknowledge" };
      }
      if (message.attempts >= MAX_ATTEMPTS) {
        return { action: "dead_letter" };
      }
      const wait = this.#obstacleMs(message);
      if (wait > 0) {
        return retry(wait);
      }
      if (hasPlace) {
        return this.#verdict((await this.#send(message)).message);
      }
      const pace = this.#paceOf(message.request ?? "");
      if (pace.waitMs > LONGEST_HOLD_MS) {
        return retry(this.#spread(pace.waitMs));
      }
      await pace.acquire();
    }
  }

  /** How long the message must wait, in milliseconds: for its own delay, a pause of the Page, or an earlier message to the same person. */
  #obstacleMs(message: Message): number {
    const now = this.#world.now();
    const own = Math.max(message.readyAt - now, this.#pauses.waitMs(now, this.#inFlight));
    if (own > 0) {
      return this.#spread(own);
    }
    const before = this.#store.openBefore(message.recipient ?? "", message.seq);
    if (before === undefined) {
      return 0;
    }
    const { count, first } = before;
    const turn = Math.max((first.deadline ?? first.readyAt) - now, 0) + 1000 + count * 100;
    return Math.min(LONGEST_TURN_MS, turn);
  }

  /** Spreads the return of waiting messages over the time that sending them all takes. */
  #spread(waitMs: number): number {
    const now = this.#world.now();
    if (now >= this.#backlog.until) {
      // Counting reads a row for each message.
      this.#backlog = { count: this.#store.countOpen().queued ?? 0, until: now + BACKLOG_MS };
    }
    const drainMs = (this.#backlog.count / this.#settings.perSecond) * 1000;
    return waitMs + this.#world.random() * Math.min(LONGEST_RETRY_MS, drainMs);
  }

  #paceOf(request: string): Pace {
    return isMedia(request) ? this.#media : this.#text;
  }

  async #send(
    message: Message,
  ): Promise<{ message: Message; outcome: Outcome; isShared: boolean }> {
    const begunAt = this.#world.now();
    const sending = begun(message, begunAt);
    // Stored before the request is sent: Durable Objects hold back outgoing requests until the write is safe.
    this.#change(message, sending);
    this.#board.began(begunAt);
    this.#inFlight += 1;
    const outcome = await this.#world.send(sending.request ?? "", stampOf(sending));
    this.#inFlight -= 1;
    const now = this.#world.now();
    const paused = this.#pauses.stored;
    if (outcome.ok) {
      this.#pauses.succeeded(begunAt);
    } else {
      this.#pauses.failed(outcome.failure, begunAt, now);
    }
    this.#isDirty ||= this.#pauses.stored !== paused;
    // An echo may have arrived in the meantime.
    const current = this.#store.get(message.seq) ?? sending;
    const after = concluded(current, outcome, now, this.#settings, this.#world.random());
    this.#change(current, after);
    this.#saveIfQuiet();
    return { message: after, outcome, isShared: this.#shared.delete(message.seq) };
  }

  #verdict(message: Message): Verdict {
    if (!isWaiting(message)) {
      return { action: "acknowledge" };
    }
    return message.attempts >= MAX_ATTEMPTS
      ? { action: "dead_letter" }
      : retry(Math.max(1, message.readyAt - this.#world.now()));
  }

  /** Sends one message at once, bypassing the queue. It is not stored if it cannot be sent at once or Graph refuses it as temporary. */
  async sendNow(posted: Posted): Promise<Immediate> {
    for (let hasPlace = false; ; hasPlace = true) {
      if (this.conflicts([posted]).length > 0) {
        return { result: "conflict" };
      }
      const known = this.#known(posted);
      if (known !== undefined) {
        return { result: "stored", message: messageView(this.#pageId, known), isDuplicate: true };
      }
      const now = this.#world.now();
      const before = this.#store.openBefore(posted.recipient, Number.MAX_SAFE_INTEGER);
      const turn = before === undefined ? 0 : 1000;
      const wait = Math.max(this.#pauses.waitMs(now, this.#inFlight), turn);
      if (wait > 0) {
        return { result: "not_now", retryAfterMs: wait };
      }
      if (hasPlace) {
        break;
      }
      const pace = this.#paceOf(posted.request);
      if (pace.waitMs > LONGEST_HOLD_MS) {
        return { result: "not_now", retryAfterMs: pace.waitMs };
      }
      await pace.acquire();
    }
    const message = this.#insert(posted);
    // If the object stops, the alarm restarts it, since this message is not on the queue.
    this.#world.wakeAt(this.#world.now() + this.#settings.requeueMs);
    const { message: after, outcome, isShared } = await this.#send(message);
    if (after.status === "queued" && isShared) {
      this.#store.addToOutbox(after.seq, after.seq);
    } else if (after.status === "queued") {
      this.#change(after, undefined);
      return {
        result: "not_now",
        retryAfterMs: Math.max(0, after.readyAt - this.#world.now()),
        failure: after.error,
      };
    }
    return {
      result: "stored",
      message: messageView(this.#pageId, after),
      isDuplicate: false,
      ...(outcome.ok ? { receipt: outcome.receipt } : {}),
    };
  }

  /** Marks the messages of echoes as delivered. Repeated, late and foreign echoes change nothing. */
  settle(echoes: readonly { stamp: string; mid?: string | undefined }[]): void {
    const now = this.#world.now();
    for (const { stamp, mid } of echoes) {
      const place = readStamp(stamp);
      const message = place && this.#at(place);
      if (message !== undefined) {
        this.#lastEchoAt = now;
        this.#isDirty = true;
        this.#change(message, echoed(message, mid, now));
      }
    }
    this.#saveIfQuiet();
  }

  /** Handles messages that the queue gave up. Those with a pending request are to be delivered again. */
  bury(ids: readonly string[]): Verdict[] {
    const verdicts = ids.map((id): Verdict => {
      const message = this.#find(id);
      if (message?.status === "sending") {
        return retry(SENDING_ELSEWHERE_MS);
      }
      if (message !== undefined) {
        this.#change(message, buried(message, "undeliverable", this.#world.now()));
      }
      return { action: "acknowledge" };
    });
    this.#saveIfQuiet();
    return verdicts;
  }

  get(id: string): MessageView | undefined {
    const message = this.#find(id);
    return message && messageView(this.#pageId, message);
  }

  /** Handles the alarm. */
  async wake(): Promise<void> {
    const now = this.#world.now();
    for (const message of this.#store.unsettledBefore(now)) {
      const after = unanswered(message, now);
      this.#change(message, after);
      if (after.status === "queued") {
        this.#store.addToOutbox(after.seq, after.seq);
      }
    }
    for (const message of this.#store.waitingSince(now - this.#settings.requeueMs, PASS)) {
      this.#change(message, { ...message, updatedAt: now });
      this.#store.addToOutbox(message.seq, message.seq);
    }
    this.#forget(now);
    this.#saveIfQuiet();
    await this.flushOutbox();
  }

  /** Deletes messages older than the retention, and buries those that the queue will not deliver any more. */
  #forget(now: number): void {
    this.#hasMoreToForget = false;
    for (const message of this.#store.oldest(PASS)) {
      const age = now - message.createdAt;
      if (age < Math.min(QUEUE_KEEPS_MS, this.#settings.retentionMs)) {
        break;
      }
      if (age >= this.#settings.retentionMs && !isOpen(message)) {
        this.#change(message, undefined);
        this.#hasMoreToForget = true;
      } else if (isWaiting(message)) {
        this.#change(message, buried(message, "expired", now));
      }
    }
  }

  /** The time of the next alarm, or null. */
  nextWake(): number | null {
    const now = this.#world.now();
    const times: number[] = [];
    const deadline = this.#store.firstDeadline();
    if (deadline !== null) {
      times.push(deadline);
    }
    if (this.#store.nextInOutbox() !== undefined) {
      times.push(now + OUTBOX_RETRY_MS);
    }
    const [oldest] = this.#store.oldest(1);
    if (oldest !== undefined) {
      times.push(Math.max(now + HOUR_MS, oldest.createdAt + this.#settings.retentionMs));
    }
    if (this.#store.hasOpen()) {
      times.push(now + this.#settings.requeueMs);
    }
    if (this.#hasMoreToForget) {
      times.push(now + 1000);
    }
    return times.length === 0 ? null : Math.min(...times);
  }

  overview(): Overview {
    const now = this.#world.now();
    return pageView(
      {
        pageId: this.#pageId,
        perSecond: this.#settings.perSecond,
        board: this.#board,
        open: this.#store.countOpen(),
        pause: this.#pauses.current(now),
        lastEchoAt: this.#lastEchoAt,
      },
      now,
    );
  }

  #insert(posted: Posted): Message {
    const now = this.#world.now();
    const fresh: NewMessage = {
      tail: this.#world.randomHex(TAIL_DIGITS),
      status: "queued",
      attempts: 0,
      readyAt: now,
      deadline: null,
      ifUnknown: posted.ifUnknown,
      hasEcho: posted.hasEcho,
      wasUnknown: false,
      createdAt: now,
      updatedAt: now,
      recipient: posted.recipient,
      request: posted.request,
      messageId: null,
      error: null,
      traceId: posted.traceId,
      idempotencyKey: posted.idempotencyKey,
      fingerprint: posted.fingerprint,
    };
    return { ...fresh, seq: this.#store.insert(fresh) };
  }

  #known({ idempotencyKey }: Posted): Message | undefined {
    const known = idempotencyKey === null ? undefined : this.#store.byKey(idempotencyKey)?.message;
    if (known?.status === "sending") {
      this.#shared.add(known.seq);
    }
    return known;
  }

  #find(id: string): Message | undefined {
    const place = readMessageId(id);
    return place?.pageId === this.#pageId ? this.#at(place) : undefined;
  }

  #at({ seq, tail }: Place): Message | undefined {
    const message = this.#store.get(seq);
    return message?.tail === tail ? message : undefined;
  }

  #id(place: Place): string {
    return messageId(this.#pageId, place);
  }

  /** All changes of stored messages go through this method. */
  #change(before: Message, after: Message | undefined): void {
    if (after === before) {
      return;
    }
    this.#sending += Number(after?.status === "sending") - Number(before.status === "sending");
    if (after === undefined) {
      this.#store.delete(before.seq);
    } else {
      this.#store.update(before, after);
    }
    this.#board.changed(this.#id(before), before, after, this.#world.now());
    if (after !== undefined && after.status !== before.status) {
      this.#world.changed?.(after, this.#id(after));
    }
  }

  /** Stores the figures unless a message is `sending`: if the object stops then, they are counted again. */
  #saveIfQuiet(): void {
    if (this.#sending === 0 && (this.#isDirty || !this.#board.isStored)) {
      this.#save();
    }
  }

  #save(): void {
    const state: StoredState = {
      board: this.#board.stored(),
      pause: this.#pauses.stored,
      lastEchoAt: this.#lastEchoAt,
      paceDue: this.#world.now() + 1000,
    };
    this.#store.write("state", state);
    this.#isDirty = false;
  }
}

interface StoredState {
  board: BoardState;
  pause: Pause | null;
  lastEchoAt: number | null;
  /** From this time on, requests before a restart no longer affect the rate. */
  paceDue: number;
}

const retry = (delayMs: number): Verdict => ({
  action: "retry",
  delayMs: Math.min(delayMs, LONGEST_RETRY_MS),
});

function isMedia(request: string): boolean {
  const { message } = JSON.parse(request) as { message?: { attachment?: { type?: unknown } } };
  return ["audio", "video"].includes(String(message?.attachment?.type));
}
