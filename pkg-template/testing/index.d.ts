// messenger-send/testing: a Graph for the tests of those who use the package.
// It needs no server and no wasm, and runs wherever the package runs, and in jsdom.
import type { SendError, SendReceipt } from "../index.js";

/** What `fakeGraph` takes. */
export interface FakeGraphOptions {
  /** What is a valid access token; of several each is another Page's. Every other token is refused with code 190. Default: any token is valid. */
  token?: string | readonly string[];
  /** The app's secret: `appsecret_proof` is required and checked. Needs WebCrypto. */
  appSecret?: string;
  /** How many calls a second each Page may make; above it they are refused with code 613. Default: no limit. */
  perSecond?: number | { text?: number; media?: number };
  /** How many of the last requests, messages and refusals are kept. Default: 1000. */
  keep?: number;
  /** Whether `requests` keep tokens and proofs: in `params`, `query`, `headers` and `url`. Default: false, so that no snapshot holds them. */
  keepSecrets?: boolean;
}

/** A request that came. */
export interface FakeGraphRequest {
  /** `POST`, as a rule. */
  method: string;
  /** The whole address. */
  url: string;
  /** The path of the address: `/v25.0/me/messages`. */
  path: string;
  /** The parameters of the address. */
  query: Record<string, string>;
  /** The headers; names are in lower case. */
  headers: Record<string, string>;
  /** The parameters of the address and of the body, whatever its encoding: `recipient`, `message` and `batch` are decoded. */
  params: Record<string, unknown>;
  /** The files of a multipart body, by the name of their field. `sha256` is missing where files cannot be read (jsdom). */
  files: Record<string, { filename: string; type: string; size: number; sha256?: string }>;
  /** The text of the body; only with `keepSecrets`, and where the body is a text. */
  body?: string;
  /** When it came, in milliseconds since 1970. */
  at: number;
}

/** A message that was accepted. */
export interface FakeGraphMessage {
  /** The Page's id. */
  page: string;
  /** The recipient's id; missing for a `user_ref` and a `phone_number`. */
  recipient_id?: string;
  /** The message's id, as the receipt has it. */
  message_id: string;
  /** The attachment's id, where it is reusable. */
  attachment_id?: string;
  /** What was sent, without the token. */
  params: Record<string, unknown>;
  /** When, in milliseconds since 1970. */
  at: number;
}

/** A call that was refused. */
export interface FakeGraphRefusal {
  /** The Page's id. */
  page: string;
  /** Graph's `error.code`. */
  code: number;
  /** Graph's `error.error_subcode`. */
  subcode?: number;
  /** Graph's `error.message`. */
  message: string;
  /** When, in milliseconds since 1970. */
  at: number;
}

/** How a request is answered. Make one with `steps`. */
export interface Step {
  /** The name of the function of `steps` that made it. */
  readonly step: string;
  readonly [option: string]: unknown;
}

/** What `FakeGraph.script` takes: a step, its name, or a function for every request that finds no step waiting. */
export type Scripted =
  | Step
  | string
  | ((
      request: FakeGraphRequest,
    ) => Step | string | null | undefined | Promise<Step | string | null | undefined>);

/** A stand-in for graph.facebook.com behind a `fetch`. */
export interface FakeGraph {
  /** Give it to `send` as the option `fetch`, or put it in the place of the global one. It is bound, and honours `signal` and `redirect`. */
  readonly fetch: typeof globalThis.fetch;
  /** The requests that came, oldest first. */
  readonly requests: readonly FakeGraphRequest[];
  /** The messages that were accepted, oldest first: also those whose answer a step kept back. */
  readonly accepted: readonly FakeGraphMessage[];
  /** The calls that were refused, oldest first. */
  readonly refused: readonly FakeGraphRefusal[];
  /**
   * Queues steps, one for each coming request; after them the answers are the usual ones again.
   * @throws {TypeError} where a step or one of its options does not exist
   */
  script(...steps: Scripted[]): this;
  /** Forgets what came and what is scripted, and counts ids from the beginning. */
  reset(): void;
}

/**
 * Makes a stand-in for graph.facebook.com. It answers sends, sender actions, uploads and batches with the documented receipts, refuses
 * what Graph is documented to refuse, and fails as `script` says. Ids are counted (`m_fake1`, `m_fake2`), so that snapshots stay the same.
 *
 * @example
 * const graph = fakeGraph();
 * graph.script(steps.throttle({ times: 2 }));
 * await send(request, { accessToken: "test", fetch: graph.fetch, retry: { baseDelayMs: 1 } });
 * graph.accepted[0].params.message; // { text: "hello, world" }
 *
 * @throws {TypeError} where an option does not exist
 */
export function fakeGraph(options?: FakeGraphOptions): FakeGraph;

/** A `SendError` for a test: every member may be given. */
export type SendErrorDetails = {
  -readonly [Name in keyof Omit<SendError, "name" | "stack">]?: SendError[Name];
} & { cause?: unknown };

/**
 * Makes an error as `send` rejects with: `mock.mockRejectedValue(sendError({ kind: "window", code: 10 }))`. `isSendError` knows it;
 * `instanceof SendError` does not, since this module does not load the package. `delivery`, `retryable` and `attempts` follow from
 * `kind` ("transient" by default) where they are not given.
 *
 * @throws {TypeError} where the kind does not exist
 */
export function sendError(details?: SendErrorDetails): SendError;

/** Makes what `send` resolves with: `mock.mockResolvedValue(receipt({ message_id: "m_1" }))`. */
export function receipt(details?: Partial<SendReceipt>): SendReceipt;

/** What every step that answers takes. */
export interface AnswerOptions {
  /** Headers of the answer beside the usual ones; `null` removes one. */
  headers?: Record<string, string | null>;
}

/** An answer that is none of Graph's. */
export interface OtherAnswerOptions extends AnswerOptions {
  /** Whether the message is accepted all the same. Default: false. */
  accept?: boolean;
  /** The HTTP status. */
  status?: number;
}

/** Graph's error object; further members stand in it as given. */
export interface RefusalOptions extends OtherAnswerOptions {
  /** `error.code`. */
  code?: number;
  /** `error.error_subcode`. */
  subcode?: number;
  /** `error.message`. */
  message?: string;
  /** `error.type`. Default: `OAuthException`. */
  type?: string;
  /** `error.is_transient`. */
  is_transient?: boolean;
  /** The header `Retry-After`, in seconds. */
  retryAfter?: number | string;
  readonly [member: string]: unknown;
}

/** Graph's refusal of too many calls. */
export interface ThrottleOptions extends RefusalOptions {
  /** How many requests meet it. Default: 1. */
  times?: number;
  /** `estimated_time_to_regain_access` of the usage header, in minutes. Default: 0. */
  regainMinutes?: number;
}

/** Makes steps for `FakeGraph.script`. A message is accepted unless the step says that it is not. */
export declare const steps: {
  /** The usual answer. */
  ok(options?: AnswerOptions): Step;
  /** The usual answer, or the step `then`, after `ms` milliseconds. */
  delay(ms: number, then?: Step | string): Step;
  /** No answer ever comes; `accept: false` accepts no message. */
  silence(options?: { accept?: boolean }): Step;
  /** Status and headers come, and no body. */
  headersThenSilence(options?: AnswerOptions): Step;
  /** The usual body, one character every `everyMs` milliseconds (10). */
  drip(everyMs?: number, options?: AnswerOptions): Step;
  /** Half the body comes, then nothing. */
  stall(options?: AnswerOptions): Step;
  /** No connection is made: `ECONNREFUSED` by default, `ENOTFOUND`, `CERT_HAS_EXPIRED` ... No message is accepted. */
  unreachable(code?: string): Step;
  /** The connection is reset before any answer; no message is accepted. `fin: true` closes it politely. */
  resetBefore(options?: { fin?: boolean }): Step;
  /** The connection is reset inside the body. */
  resetInside(options?: AnswerOptions & { fin?: boolean }): Step;
  /** The connection is reset before any answer, but the message is accepted. */
  acceptThenReset(options?: { fin?: boolean }): Step;
  /** A complete answer whose JSON is cut in the middle. */
  halfJson(options?: AnswerOptions): Step;
  /** An answer without a body. No message is accepted. */
  empty(status?: number, options?: Omit<OtherAnswerOptions, "status">): Step;
  /** A page instead of JSON, as a proxy sends it. No message is accepted. */
  html(status?: number, options?: Omit<OtherAnswerOptions, "status"> & { body?: string }): Step;
  /** A receipt inside an array. No message is accepted. */
  array(options?: OtherAnswerOptions): Step;
  /** A JSON object of so many bytes (50 MiB), made while it is read. */
  huge(bytes?: number, options?: OtherAnswerOptions & { declared?: boolean }): Step;
  /** Any answer; a body that is no string is sent as JSON. No message is accepted. */
  raw(options: OtherAnswerOptions & { body?: unknown }): Step;
  /** A redirect. No message is accepted. */
  redirect(to: string, status?: number, options?: Omit<OtherAnswerOptions, "status">): Step;
  /** A refusal by Graph with any code and subcode; see docs/errors.md. */
  error(options: RefusalOptions & { code: number }): Step;
  /** Status 200 with an error object. */
  okWithError(options: RefusalOptions & { code: number }): Step;
  /** Refuses the next `times` requests with code 613 and full usage headers. */
  throttle(options?: ThrottleOptions): Step;
  /** For a batch, one step for each item; `null` is an item without an answer. */
  batch(...items: (Step | string | null)[]): Step;
};
