// The Durable Object of one Page: provides its sender with storage, a clock, Graph, the queue and an alarm. The sender makes all decisions.
import { DurableObject } from "cloudflare:workers";
import { type Env, settingsOf } from "./env.ts";
import { graphOf } from "./graph.ts";
import { log } from "./log.ts";
import type { Message } from "./sender/message.ts";
import {
  type Accepted,
  type Immediate,
  PageSender,
  type Posted,
  type Reference,
  type Verdict,
} from "./sender/page-sender.ts";
import { Store } from "./sender/store.ts";
import type { MessageView, Overview } from "./sender/views.ts";

const PAGE_ID = "page_id";
const ALARM_RETRY_MS = 60_000;

export class PageObject extends DurableObject<Env> {
  #sender: PageSender | undefined;
  /** The time of the alarm; null if none is set. */
  #alarmAt: number | null = null;
  /** The number of messages by outcome since the last data point. */
  #outcomes = new Map<string, { count: number; message: Message }>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
  }

  /** The object of a Page. Each call names the Page, since an object does not always know its own name. */
  static of(env: Env, pageId: string): DurableObjectStub<PageObject> {
    return env.PAGE_OBJECT.get(env.PAGE_OBJECT.idFromName(pageId));
  }

  async accept(pageId: string, posted: Posted[]): Promise<Accepted> {
    const sender = this.#senderOf(pageId);
    const accepted = sender.accept(posted);
    // The alarm queues what the next line fails to queue.
    this.#setAlarm(sender);
    await sender.flushOutbox().catch((error: unknown) => {
      log("warn", "the queue did not take messages", { page_id: pageId, error: String(error) });
    });
    return accepted;
  }

  conflicts(pageId: string, posted: Pick<Posted, "idempotencyKey" | "fingerprint">[]): number[] {
    return this.#senderOf(pageId).conflicts(posted);
  }

  async deliver(pageId: string, ids: string[]): Promise<Verdict[]> {
    return this.#use(pageId, (sender) => sender.deliver(ids));
  }

  async sendNow(pageId: string, posted: Posted): Promise<Immediate> {
    return this.#use(pageId, (sender) => sender.sendNow(posted));
  }

  async settle(pageId: string, echoes: { stamp: string; mid?: string }[]): Promise<void> {
    await this.#use(pageId, (sender) => sender.settle(echoes));
  }

  async bury(pageId: string, ids: string[]): Promise<Verdict[]> {
    return this.#use(pageId, (sender) => sender.bury(ids));
  }

  look(pageId: string, id: string): MessageView | undefined {
    return this.#senderOf(pageId).get(id);
  }

  overview(pageId: string): Overview {
    return this.#senderOf(pageId).overview();
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    const pageId = new Store(this.ctx.storage.sql).read(PAGE_ID);
    if (typeof pageId !== "string") {
      return;
    }
    try {
      await this.#use(pageId, (sender) => sender.wake());
    } catch (error) {
      // The platform retries a failed alarm only a few times.
      log("error", "the alarm failed", { page_id: pageId, error: String(error) });
      this.#alarmAt = Date.now() + ALARM_RETRY_MS;
      await this.ctx.storage.setAlarm(this.#alarmAt);
    }
  }

  async #use<Answer>(
    pageId: string,
    use: (sender: PageSender) => Answer | Promise<Answer>,
  ): Promise<Answer> {
    const sender = this.#senderOf(pageId);
    // It may schedule a resend, a retry or a deadline, even if it fails half-way.
    this.#setAlarm(sender);
    try {
      return await use(sender);
    } finally {
      this.#setAlarm(sender);
      this.#writeOutcomes(pageId);
    }
  }

  #senderOf(pageId: string): PageSender {
    this.#sender ??= this.#start(pageId);
    return this.#sender;
  }

  #start(pageId: string): PageSender {
    const { sql } = this.ctx.storage;
    const store = new Store(sql);
    if (store.read(PAGE_ID) === undefined) {
      store.write(PAGE_ID, pageId);
    }
    const sender = new PageSender(
      pageId,
      sql,
      {
        now: () => Date.now(),
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        random: () => Math.random(),
        randomHex,
        send: graphOf(this.env, pageId),
        enqueue: (messages) => this.#enqueue(messages),
        wakeAt: (time) => this.#wakeAt(time),
        changed: (message, id) => this.#changed(message, id),
      },
      settingsOf(this.env),
    );
    this.#setAlarm(sender);
    return sender;
  }

  async #enqueue(messages: Reference[]): Promise<void> {
    await this.env.MESSAGES.sendBatch(
      messages.map(({ id, traceId }) => ({
        body: { id, trace_id: traceId },
        contentType: "json",
      })),
    );
  }

  #changed(message: Message, id: string): void {
    const { status, error, attempts, traceId } = message;
    if (status === "queued" || status === "sending") {
      return;
    }
    const { kind, delivery, code, subcode, fbtrace_id, hint } = error ?? {};
    log(error === null ? "info" : "warn", "message", {
      id,
      status,
      attempts,
      trace_id: traceId,
      kind,
      delivery,
      code,
      subcode,
      fbtrace_id,
      hint,
    });
    const group = `${status} ${kind} ${code}`;
    const count = (this.#outcomes.get(group)?.count ?? 0) + 1;
    this.#outcomes.set(group, { count, message });
  }

  /** Writes one data point for each kind of outcome, since an invocation may write only a few. */
  #writeOutcomes(pageId: string): void {
    for (const { count, message } of this.#outcomes.values()) {
      this.env.OUTCOMES?.writeDataPoint({
        indexes: [pageId],
        blobs: [message.status, message.error?.kind ?? "", String(message.error?.code ?? "")],
        doubles: [count],
      });
    }
    this.#outcomes.clear();
  }

  #setAlarm(sender: PageSender): void {
    const wanted = sender.nextWake();
    if (wanted !== null) {
      this.#wakeAt(wanted);
    }
  }

  /** Moves the alarm to an earlier time, never to a later one: the alarm then computes its next time. */
  #wakeAt(time: number): void {
    if (this.#alarmAt === null || time < this.#alarmAt) {
      this.#alarmAt = time;
      this.ctx.storage.setAlarm(time);
    }
  }
}

function randomHex(digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(digits / 2)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, digits);
}
