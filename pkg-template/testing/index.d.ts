// messenger-send/testing: a fake Graph for your tests. It needs neither a server nor WebAssembly,
// and runs wherever the package runs, and in jsdom.
import type { SendError, SendReceipt } from "../index.js";

/** The options of `fakeGraph`. */
export interface FakeGraphOptions {
  /**
   * The valid access tokens, each of a different Page. Any other token is refused with code 190.
   * Default: any token is valid.
   */
  token?: string | readonly string[];
  /** The app secret; `appsecret_proof` is then required and checked. Needs WebCrypto. */
  appSecret?: string;
  /**
   * The calls per second allowed for each Page; further calls are refused with code 613. Default:
   * no limit.
   */
  perSecond?: number | { text?: number; media?: number };
  /** How many of the latest requests, messages and refusals are kept. Default: 1000. */
  keep?: number;
  /**
   * Whether `requests` keep tokens and proofs in `params`, `query`, `headers` and `url`. Default:
   * false, so that no snapshot contains them.
   */
  keepSecrets?: boolean;
}

/** A request that was received. */
export interface FakeGraphRequest {
  /** Usually `POST`. */
  method: string;
  /** The complete URL. */
  url: string;
  /** The path of the URL: `/v25.0/me/messages`. */
  path: string;
  /** The query parameters of the URL. */
  query: Record<string, string>;
  /** The headers, with names in lower case. */
  headers: Record<string, string>;
  /**
   * The parameters of the URL and the body, whatever its encoding; `recipient`, `message` and
   * `batch` are decoded.
   */
  params: Record<string, unknown>;
  /**
   * The files of a multipart body, by the name of their field. `sha256` is absent if files cannot
   * be read (jsdom).
   */
  files: Record<string, { filename: string; type: string; size: number; sha256?: string }>;
  /** The text of the body; only with `keepSecrets`, and if the body is text. */
  body?: string;
  /** When it was received, in milliseconds since 1970. */
  at: number;
}

/** A message that was accepted. */
export interface FakeGraphMessage {
  /** The id of the Page. */
  page: string;
  /** The id of the recipient; absent for a `user_ref` or a `phone_number`. */
  recipient_id?: string;
  /** The id of the message, as in the receipt. */
  message_id: string;
  /** The id of the attachment, if it is reusable. */
  attachment_id?: string;
  /** The parameters, without the token. */
  params: Record<string, unknown>;
  /** The time, in milliseconds since 1970. */
  at: number;
}

/** A call that was refused. */
export interface FakeGraphRefusal {
  /** The id of the Page. */
  page: string;
  /** Graph's `error.code`. */
  code: number;
  /** Graph's `error.error_subcode`. */
  subcode?: number;
  /** Graph's `error.message`. */
  message: string;
  /** The time, in milliseconds since 1970. */
  at: number;
}

/** How a request is answered, made with `steps`. */
export interface Step {
  /** The name of the function in `steps` that made it. */
  readonly step: string;
  readonly [option: string]: unknown;
}

/**
 * An argument of `FakeGraph.script`: a step, its name, or a function for every request without a
 * queued step.
 */
export type Scripted =
  | Step
  | string
  | ((
      request: FakeGraphRequest,
    ) => Step | string | null | undefined | Promise<Step | string | null | undefined>);

/** A stand-in for graph.facebook.com behind a `fetch`. */
export interface FakeGraph {
  /**
   * Pass it to `send` as the option `fetch`, or replace the global one. It is bound, and honours
   * `signal` and `redirect`.
   */
  readonly fetch: typeof globalThis.fetch;
  /** The received requests, oldest first. */
  readonly requests: readonly FakeGraphRequest[];
  /** The accepted messages, oldest first, including those whose response a step withheld. */
  readonly accepted: readonly FakeGraphMessage[];
  /** The refused calls, oldest first. */
  readonly refused: readonly FakeGraphRefusal[];
  /**
   * Queues steps, one for each coming request; after them, requests are answered normally again.
   * @throws {TypeError} if a step or one of its options does not exist
   */
  script(...steps: Scripted[]): this;
  /** Clears everything received and scripted, and restarts the ids. */
  reset(): void;
}

/**
 * Creates a stand-in for graph.facebook.com. It answers sends, sender actions, uploads and batches
 * with the documented receipts, refuses what Graph is documented to refuse, and fails as `script`
 * says. Ids are counted (`m_fake1`, `m_fake2`), so that snapshots are stable.
 *
 * @example
 * const graph = fakeGraph();
 * graph.script(steps.throttle({ times: 2 }));
 * await send(request, { accessToken: "test", fetch: graph.fetch, retry: { baseDelayMs: 1 } });
 * graph.accepted[0].params.message; // { text: "hello, world" }
 *
 * @throws {TypeError} if an option does not exist
 */
export function fakeGraph(options?: FakeGraphOptions): FakeGraph;

/** The details of a `SendError` for a test, all optional. */
export type SendErrorDetails = {
  -readonly [Name in keyof Omit<SendError, "name" | "stack">]?: SendError[Name];
} & { cause?: unknown };

/**
 * Creates an error like those of `send`: `mock.mockRejectedValue(sendError({ kind: "window", code:
 * 10 }))`. `isSendError` recognizes it; `instanceof SendError` does not, since this module does not
 * load the package. `delivery`, `retryable` and `attempts` default to those of `kind` ("transient"
 * by default).
 *
 * @throws {TypeError} if the kind does not exist
 */
export function sendError(details?: SendErrorDetails): SendError;

/**
 * Creates a receipt like those of `send`: `mock.mockResolvedValue(receipt({ message_id: "m_1" }))`.
 */
export function receipt(details?: Partial<SendReceipt>): SendReceipt;

/** The options of every step with a response. */
export interface AnswerOptions {
  /** Headers of the response in addition to the usual ones; `null` removes one. */
  headers?: Record<string, string | null>;
}

/** The options of a response that does not come from Graph. */
export interface OtherAnswerOptions extends AnswerOptions {
  /** Whether the message is accepted nevertheless. Default: false. */
  accept?: boolean;
  /** The HTTP status. */
  status?: number;
}

/** The options of a Graph error; further members are added to the error object unchanged. */
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

/** The options of a refusal for too many calls. */
export interface ThrottleOptions extends RefusalOptions {
  /** The number of requests to refuse. Default: 1. */
  times?: number;
  /** `estimated_time_to_regain_access` in the usage header, in minutes. Default: 0. */
  regainMinutes?: number;
}

/** Creates steps for `FakeGraph.script`. A message is accepted unless the step says otherwise. */
export declare const steps: {
  /** The normal response. */
  ok(options?: AnswerOptions): Step;
  /** The normal response, or the step `then`, after `ms` milliseconds. */
  delay(ms: number, then?: Step | string): Step;
  /** No response ever comes; `accept: false` accepts no message. */
  silence(options?: { accept?: boolean }): Step;
  /** Status and headers come, but no body. */
  headersThenSilence(options?: AnswerOptions): Step;
  /** The normal body, one character every `everyMs` milliseconds (10). */
  drip(everyMs?: number, options?: AnswerOptions): Step;
  /** Half of the body comes, then nothing. */
  stall(options?: AnswerOptions): Step;
  /**
   * No connection is made: `ECONNREFUSED` by default, `ENOTFOUND`, `CERT_HAS_EXPIRED` ... No
   * message is accepted.
   */
  unreachable(code?: string): Step;
  /**
   * The connection is reset before any response; no message is accepted. `fin: true` closes it
   * gracefully.
   */
  resetBefore(options?: { fin?: boolean }): Step;
  /** The connection is reset within the body. */
  resetInside(options?: AnswerOptions & { fin?: boolean }): Step;
  /** The connection is reset before any response, but the message is accepted. */
  acceptThenReset(options?: { fin?: boolean }): Step;
  /** A complete response whose JSON is truncated. */
  halfJson(options?: AnswerOptions): Step;
  /** A response without a body. No message is accepted. */
  empty(status?: number, options?: Omit<OtherAnswerOptions, "status">): Step;
  /** An HTML page instead of JSON, as from a proxy. No message is accepted. */
  html(status?: number, options?: Omit<OtherAnswerOptions, "status"> & { body?: string }): Step;
  /** A receipt in an array. No message is accepted. */
  array(options?: OtherAnswerOptions): Step;
  /** A JSON object of this many bytes (50 MiB), generated while it is read. */
  huge(bytes?: number, options?: OtherAnswerOptions & { declared?: boolean }): Step;
  /** Any response; a body that is not a string is sent as JSON. No message is accepted. */
  raw(options: OtherAnswerOptions & { body?: unknown }): Step;
  /** A redirect. No message is accepted. */
  redirect(to: string, status?: number, options?: Omit<OtherAnswerOptions, "status">): Step;
  /** A Graph error with any code and subcode; see docs/errors.md. */
  error(options: RefusalOptions & { code: number }): Step;
  /** Status 200 with an error object. */
  okWithError(options: RefusalOptions & { code: number }): Step;
  /** Refuses the next `times` requests with code 613 and full usage headers. */
  throttle(options?: ThrottleOptions): Step;
  /** For a batch, one step for each item; `null` is an item without a response. */
  batch(...items: (Step | string | null)[]): Step;
};
