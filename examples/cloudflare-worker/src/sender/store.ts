// The messages of one Page in SQLite: the tables and queries, without the rules of state changes.
import type { Failure, IfUnknown, Message, Status } from "./message.ts";

type Value = string | number | null;

/** The part of `ctx.storage.sql` that is used. */
export interface Sql {
  exec(query: string, ...bindings: Value[]): { toArray(): Record<string, unknown>[] };
}

/** A message to be stored. */
export type NewMessage = Omit<Message, "seq"> & {
  idempotencyKey: string | null;
  fingerprint: string;
};

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY,
    tail TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    ready_at INTEGER NOT NULL,
    deadline INTEGER,
    if_unknown TEXT NOT NULL,
    has_echo INTEGER NOT NULL,
    was_unknown INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    recipient TEXT,
    request TEXT,
    message_id TEXT,
    error TEXT,
    trace_id TEXT NOT NULL,
    idempotency_key TEXT,
    fingerprint TEXT NOT NULL
  )`,
  // Partial indexes, which save rows: closed messages and messages without a key are not in them.
  "CREATE INDEX IF NOT EXISTS open ON messages (recipient, seq) WHERE recipient IS NOT NULL",
  "CREATE UNIQUE INDEX IF NOT EXISTS keyed ON messages (idempotency_key) WHERE idempotency_key IS NOT NULL",
  "CREATE INDEX IF NOT EXISTS unsettled ON messages (deadline) WHERE deadline IS NOT NULL",
  // Ranges of messages to be put on the queue.
  "CREATE TABLE IF NOT EXISTS outbox (first INTEGER PRIMARY KEY, last INTEGER NOT NULL)",
  "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
];

export class Store {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
    for (const statement of SCHEMA) {
      sql.exec(statement);
    }
  }

  insert(message: NewMessage): number {
    const [row] = this.#sql
      .exec(
        `INSERT INTO messages (tail, status, attempts, ready_at, deadline, if_unknown, has_echo, was_unknown, created_at, updated_at,
          recipient, request, message_id, error, trace_id, idempotency_key, fingerprint)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
        message.tail,
        message.status,
        message.attempts,
        message.readyAt,
        message.deadline,
        message.ifUnknown,
        Number(message.hasEcho),
        Number(message.wasUnknown),
        message.createdAt,
        message.updatedAt,
        message.recipient,
        message.request,
        message.messageId,
        errorText(message.error),
        message.traceId,
        message.idempotencyKey,
        message.fingerprint,
      )
      .toArray();
    return Number(row?.seq);
  }

  /** Writes only the columns that have changed: an indexed column costs one more row, even if its value stays the same. */
  update(before: Message, after: Message): void {
    const changed = Object.entries(columnsOf(after)).filter(
      ([name, value]) => columnsOf(before)[name] !== value,
    );
    if (changed.length === 0) {
      return;
    }
    const assignments = changed.map(([name]) => `${name} = ?`).join(", ");
    this.#sql.exec(
      `UPDATE messages SET ${assignments} WHERE seq = ?`,
      ...changed.map(([, value]) => value),
      after.seq,
    );
  }

  delete(seq: number): void {
    this.#sql.exec("DELETE FROM messages WHERE seq = ?", seq);
  }

  get(seq: number): Message | undefined {
    return this.#messages("WHERE seq = ?", seq)[0];
  }

  byKey(key: string): { message: Message; fingerprint: string } | undefined {
    const [row] = this.#sql.exec("SELECT * FROM messages WHERE idempotency_key = ?", key).toArray();
    return row && { message: messageOf(row), fingerprint: String(row.fingerprint) };
  }

  /** The number of open messages to the same person that were accepted earlier, and the first of them. */
  openBefore(recipient: string, seq: number): { count: number; first: Message } | undefined {
    const [row] = this.#sql
      .exec(
        "SELECT COUNT(*) AS count, MIN(seq) AS first FROM messages WHERE recipient = ? AND seq < ?",
        recipient,
        seq,
      )
      .toArray();
    const first = Number(row?.count) > 0 ? this.get(Number(row?.first)) : undefined;
    return first && { count: Number(row?.count), first };
  }

  withStatus(status: Status): Message[] {
    // Open messages have a recipient; with the condition, the index of open messages is used and closed ones are not read.
    return this.#messages("WHERE recipient IS NOT NULL AND status = ?", status);
  }

  /** The messages that have been waiting since before a time. */
  waitingSince(time: number, limit: number): Message[] {
    return this.#messages(
      "WHERE recipient IS NOT NULL AND status = 'queued' AND ready_at < ? AND updated_at < ? ORDER BY seq LIMIT ?",
      time,
      time,
      limit,
    );
  }

  unsettledBefore(time: number): Message[] {
    return this.#messages("WHERE deadline <= ? ORDER BY deadline", time);
  }

  firstDeadline(): number | null {
    const [row] = this.#sql
      .exec("SELECT MIN(deadline) AS first FROM messages WHERE deadline IS NOT NULL")
      .toArray();
    return numberOrNull(row?.first);
  }

  oldest(limit: number): Message[] {
    return this.#messages("ORDER BY seq LIMIT ?", limit);
  }

  queuedBetween(first: number, last: number): Message[] {
    return this.#messages(
      "WHERE seq BETWEEN ? AND ? AND status = 'queued' ORDER BY seq",
      first,
      last,
    );
  }

  /** The number of open messages by status. */
  countOpen(): Partial<Record<Status, number>> {
    return this.#count("WHERE recipient IS NOT NULL");
  }

  /** The number of closed messages by status. It reads each of them. */
  countClosed(): Partial<Record<Status, number>> {
    return this.#count("WHERE recipient IS NULL");
  }

  hasOpen(): boolean {
    const query = "SELECT 1 FROM messages WHERE recipient IS NOT NULL LIMIT 1";
    return this.#sql.exec(query).toArray().length > 0;
  }

  #count(where: string): Partial<Record<Status, number>> {
    const rows = this.#sql
      .exec(`SELECT status, COUNT(*) AS count FROM messages ${where} GROUP BY status`)
      .toArray();
    return Object.fromEntries(rows.map(({ status, count }) => [String(status), Number(count)]));
  }

  addToOutbox(first: number, last: number): void {
    this.#sql.exec(
      `INSERT INTO outbox (first, last) VALUES (?, ?)
        ON CONFLICT (first) DO UPDATE SET last = MAX(last, excluded.last)`,
      first,
      last,
    );
  }

  /** The first range of messages to be put on the queue. */
  nextInOutbox(): { first: number; last: number } | undefined {
    const [row] = this.#sql.exec("SELECT first, last FROM outbox ORDER BY first LIMIT 1").toArray();
    return row && { first: Number(row.first), last: Number(row.last) };
  }

  removeFromOutbox(first: number): void {
    this.#sql.exec("DELETE FROM outbox WHERE first = ?", first);
  }

  read(name: string): unknown {
    const [row] = this.#sql.exec("SELECT value FROM meta WHERE name = ?", name).toArray();
    return row === undefined ? undefined : JSON.parse(String(row.value));
  }

  write(name: string, value: unknown): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)",
      name,
      JSON.stringify(value),
    );
  }

  #messages(where: string, ...bindings: Value[]): Message[] {
    return this.#sql
      .exec(`SELECT * FROM messages ${where}`, ...bindings)
      .toArray()
      .map(messageOf);
  }
}

/** The columns of a message that may change. */
function columnsOf(message: Message): Record<string, Value> {
  return {
    status: message.status,
    attempts: message.attempts,
    ready_at: message.readyAt,
    deadline: message.deadline,
    was_unknown: Number(message.wasUnknown),
    updated_at: message.updatedAt,
    recipient: message.recipient,
    request: message.request,
    message_id: message.messageId,
    error: errorText(message.error),
  };
}

function messageOf(row: Record<string, unknown>): Message {
  return {
    seq: Number(row.seq),
    tail: String(row.tail),
    status: row.status as Status,
    attempts: Number(row.attempts),
    readyAt: Number(row.ready_at),
    deadline: numberOrNull(row.deadline),
    ifUnknown: row.if_unknown as IfUnknown,
    hasEcho: Number(row.has_echo) === 1,
    wasUnknown: Number(row.was_unknown) === 1,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    recipient: textOrNull(row.recipient),
    request: textOrNull(row.request),
    messageId: textOrNull(row.message_id),
    error: row.error === null ? null : (JSON.parse(String(row.error)) as Failure),
    traceId: String(row.trace_id),
  };
}

const errorText = (error: Failure | null): string | null =>
  error === null ? null : JSON.stringify(error);
const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));
