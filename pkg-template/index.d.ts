// Types of `messenger-send`, for every runtime and for `messenger-send/slim`: sending. Validation
// is in validate.d.ts, the payloads are in payload.d.ts. No DOM type is used, so the file compiles
// with the DOM lib, with @types/node alone, or with @cloudflare/workers-types.
import type {
  AttachmentMessage,
  HumanAgentRequest,
  MessageDraft,
  MessageDraftArgument,
  ResponseRequest,
  SendRequest,
} from "./payload.js";
import type { Issue, RuleOptions, ValidationError } from "./validate.js";

export * from "./validate.js";

// --- Types that each runtime declares differently ------------------------------------------------

/** The runtime's own `Request`, whichever library declares it. */
export type RuntimeRequest = typeof globalThis extends { Request: { prototype: infer Declared } }
  ? Declared
  : object;

/** The runtime's own `Response`, whichever library declares it. */
export type RuntimeResponse = typeof globalThis extends { Response: { prototype: infer Declared } }
  ? Declared
  : object;

/** The runtime's own `Blob`, whichever library declares it. */
export type RuntimeBlob = typeof globalThis extends { Blob: { prototype: infer Declared } }
  ? Declared
  : object;

/**
 * The second argument of `fetch`. Each imitation of `fetch` has its own types for a body and a
 * signal; `never` is assignable to all of them.
 */
export interface FetchInit {
  /** Always a POST. */
  method: "POST";
  /** A plain object. */
  headers: Record<string, string>;
  /** A string, or a `FormData` if the message has a file. */
  body: never;
  /** Redirects are not followed, since they would send the token to another host. */
  redirect: "manual";
  /** Aborts at the deadline, or when the send is aborted. */
  signal?: never;
}

/**
 * A function like `fetch`, called as `fetch(url, init)`: the global `fetch`, that of undici (with a
 * proxy) or node-fetch, a test double, or a Worker's service binding
 * (`env.SERVICE.fetch.bind(env.SERVICE)`). Its response needs `status` and one of `body`, `text()`
 * and `json()`.
 */
export type FetchFunction = (
  url: string,
  init: FetchInit,
) => PromiseLike<{ readonly status: number }>;

/**
 * The part of `AbortSignal` that is used. Pass a real one, from an `AbortController` or
 * `AbortSignal.timeout(ms)`.
 */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

// --- Sending -------------------------------------------------------------------------------------

/** When and how often a send is retried. */
export interface RetryOptions {
  /** The total number of requests, including the first: 1 (no retries) to 100. Default: 3. */
  attempts?: number | undefined;
  /**
   * The upper bound of the first delay in milliseconds, doubled for each further one. A delay is
   * random below the bound (full jitter). Default: 500.
   */
  baseDelayMs?: number | undefined;
  /**
   * The maximum delay in milliseconds. If Graph asks for a longer one, the send rejects with
   * `retryAfterMs`. Default: 30000.
   */
  maxDelayMs?: number | undefined;
  /**
   * Whether to retry a send whose outcome is unknown (a timeout, a dropped connection, an
   * unreadable response). Default: false. A message has no idempotency key, so with `true` the
   * person may receive it twice.
   */
  unknown?: boolean | undefined;
}

/** The argument of `onRetry`. */
export interface RetryInfo {
  /** The number of the attempt that failed; the first is 1. */
  attempt: number;
  /** The delay before the next attempt, in milliseconds. */
  delayMs: number;
  /** Why it failed. */
  error: SendError;
}

/** The options of `send`. */
export interface SendOptions extends RuleOptions {
  /**
   * The Page access token, or a function that returns it, for rotating tokens: the function is
   * called before the first attempt, and once more after Graph has refused the token (code 190).
   * The token never appears in a URL or an error.
   * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
   */
  accessToken: string | (() => string | PromiseLike<string>);
  /**
   * The id of the Page (or Instagram account) that sends. Default: `"me"`, the owner of the token.
   */
  pageId?: string | undefined;
  /** The Graph API version. Default: `"v25.0"`. */
  apiVersion?: string | undefined;
  /**
   * The URL of the Graph API. Default: `"https://graph.facebook.com"`; for Instagram Login use
   * `"https://graph.instagram.com"`.
   */
  baseUrl?: string | undefined;
  /**
   * The app secret, for servers only: adds `appsecret_proof` and `appsecret_time`. The secret
   * itself is never sent.
   * @see https://developers.facebook.com/docs/graph-api/guides/secure-requests
   */
  appSecret?: string | undefined;
  /**
   * `"form"` (default): as in the reference, with the token in the body; a browser needs no CORS
   * preflight. `"json"`: a JSON body, and the token in the `Authorization` header.
   */
  encoding?: "form" | "json" | undefined;
  /**
   * Replaces the global `fetch`, called as `fetch(url, init)`: undici with a proxy, a Worker's
   * service binding, a test double.
   */
  fetch?: FetchFunction | undefined;
  /**
   * Puts a unique id into the `metadata` of each message, after your own metadata and a space. The
   * receipt, the error and the echo webhook carry it as `stamp`: see `settle` in
   * `messenger-send/webhook`. Default: false.
   */
  stamp?: boolean | undefined;
  /**
   * The file of `message.attachment`, which then has neither `url` nor `attachment_id`. The request
   * becomes multipart, whatever `encoding` says. For a single message only.
   * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
   */
  filedata?: FileSource | undefined;
  /**
   * Aborts the whole send, including all retries: it rejects at once with kind `"aborted"` and the
   * signal's reason as `cause`.
   */
  signal?: AbortSignalLike | undefined;
  /**
   * The timeout of each attempt in milliseconds, from the request to the last byte of the response;
   * at most 2147483647. Default: 30000.
   */
  timeoutMs?: number | undefined;
  /** When and how often a send is retried. */
  retry?: RetryOptions | undefined;
  /** Called before each retry. Exceptions that it throws are ignored. */
  onRetry?: ((info: RetryInfo) => void) | undefined;
  /** Called before each request. Exceptions that it throws are ignored. */
  onRequest?: ((info: RequestInfo) => void) | undefined;
  /**
   * Called after each attempt, with or without a response. Exceptions that it throws are ignored.
   */
  onResponse?: ((info: ResponseInfo) => void) | undefined;
}

/** A request that is about to be sent. It contains no secret. */
export interface RequestInfo {
  /** The Page that sends. */
  pageId: string;
  /** The edge of the Page. */
  edge: "messages" | "message_attachments" | "batch";
  /** The number of the attempt; the first is 1. */
  attempt: number;
}

/** A finished attempt. It contains no secret. */
export interface ResponseInfo extends RequestInfo {
  /** Whether Graph accepted the request. */
  ok: boolean;
  /** The HTTP status, if there was a response. */
  status?: number;
  /** The time from the request to the last byte of the response, in milliseconds. */
  durationMs: number;
  /** The usage headers of the response. */
  usage?: Usage;
  /** The trace id of the response, for a bug report to Meta. */
  fbtraceId?: string;
}

/**
 * A file: a `Blob`, a `File` (which has a name and a MIME type) or bytes. At most 8 MB for images,
 * 25 MB for others.
 */
export type FileSource = RuntimeBlob | Uint8Array;

/** An attachment whose file is in `filedata`: it has neither `url` nor `attachment_id`. */
export interface FileAttachment {
  /** The type of the file. */
  type: "image" | "audio" | "video" | "file";
  /** Empty, or with `is_reusable`. */
  payload: { is_reusable?: boolean; url?: never; attachment_id?: never };
}

/** A message whose attachment is the file in `filedata`. */
export type FileMessage = Omit<AttachmentMessage, "attachment"> & { attachment: FileAttachment };

/** A request whose attachment is the file in `filedata`. */
export type FileRequest = (
  | Omit<ResponseRequest, "message">
  | Omit<HumanAgentRequest, "message">
) & { message: FileMessage };

/** A request that a function takes. One with `to` is a draft: an editor then offers no member of a request. */
export type RequestArgument = (SendRequest | FileRequest) & { to?: undefined };

/** The options of `uploadAttachment`: those of `send`, and those of the file. */
export interface UploadOptions extends Omit<SendOptions, "rules" | "filedata" | "stamp"> {
  /**
   * The type of the attachment. Default: derived from the MIME type of the file, otherwise
   * `"file"`; for a URL derived from its extension, and required if that is unknown.
   */
  type?: "image" | "audio" | "video" | "file" | undefined;
  /** Whether it may be sent more than once. Default: true. */
  is_reusable?: boolean | undefined;
  /** The name of the file. Default: that of the `File`, otherwise `"file"`. */
  filename?: string | undefined;
}

/** The receipt of an upload. */
export interface UploadReceipt {
  /** The id with which the same Page can send it, valid for 90 days. */
  attachment_id: string;
  /** The number of attempts. */
  attempts: number;
  /** The usage headers of the response. */
  usage?: Usage;
}

/** The usage of a rate limit, in percent. */
export interface UsageFigures {
  /** The number of calls. */
  callCount?: number;
  /** The total time. */
  totalTime?: number;
  /** The total CPU time. */
  totalCputime?: number;
}

/**
 * Graph's usage headers.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export interface Usage {
  /** The app's limit. */
  app?: UsageFigures;
  /** The Page's limit. */
  page?: UsageFigures;
  /** The limits of business use cases, each with the id of its object. */
  business?: (UsageFigures & { id: string; type?: string; minutesToRegainAccess?: number })[];
}

/** The receipt of a message that Graph accepted. */
export interface SendReceipt {
  /** The id of the person. Absent for `user_ref` and `phone_number`. */
  recipient_id?: string;
  /** The id of the message. Absent for sender actions. */
  message_id?: string;
  /** The id with which an attachment with `is_reusable` can be sent again, valid for 90 days. */
  attachment_id?: string;
  /** The number of attempts. */
  attempts: number;
  /** The usage headers of the response. */
  usage?: Usage;
  /** The trace id of the response, for a bug report to Meta. */
  fbtraceId?: string;
  /** The warnings of validation, such as an undocumented member that Graph may have ignored. */
  warnings?: Issue[];
  /** The stamp in the message's `metadata`, with the option `stamp`. */
  stamp?: string;
}

/** Why a send failed. For the kinds up to `transient`, Graph refused it. */
export type SendErrorKind =
  /** The access token or the app secret is missing, expired or wrong. */
  | "auth"
  /** The app, the Page or the token lacks a permission. */
  | "permission"
  /** The messaging window has closed. */
  | "window"
  /** The person cannot be reached. */
  | "recipient"
  /** Too many calls. */
  | "rate_limit"
  /** A policy forbids it. */
  | "policy"
  /** The request is wrong. */
  | "request"
  /** A temporary problem at Meta. */
  | "transient"
  /** No connection could be made, or it broke. */
  | "network"
  /** No complete response came within `timeoutMs`. */
  | "timeout"
  /** `signal` was aborted. */
  | "aborted"
  /** The response did not come from Graph, or cannot be read. */
  | "invalid_response"
  /** An option is wrong, or the package could not be started. */
  | "configuration";

/** The details of a `SendError`. */
export type SendErrorDetails = { message: string; cause?: unknown } & Omit<
  SendError,
  "name" | "message" | "stack" | "cause"
>;

/** The error of a message that was not sent, was refused, or whose outcome is unknown. */
export class SendError extends Error {
  constructor(details: SendErrorDetails);
  name: "SendError";
  /** Why it failed. */
  kind: SendErrorKind;
  /**
   * Whether the person may have received it. `not_sent` and `rejected`: no. `unknown`: perhaps, so
   * sending it again may deliver it twice.
   */
  delivery: "not_sent" | "rejected" | "unknown";
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** The wait that Graph asks for, in milliseconds. */
  retryAfterMs?: number;
  /** The number of attempts; 0 before any request. */
  attempts: number;
  /** The HTTP status of the response. */
  status?: number;
  /**
   * Graph's `error.code`. @see https://developers.facebook.com/docs/messenger-platform/error-codes
   */
  code?: number;
  /** Graph's `error.error_subcode`. */
  subcode?: number;
  /** Graph's `error.type`. */
  type?: string;
  /** Graph's `error.fbtrace_id`, for a bug report to Meta. */
  fbtraceId?: string;
  /** Graph's `error.is_transient`. */
  isTransient?: boolean;
  /** Graph's `error.error_user_title`: may be shown to people. */
  userTitle?: string;
  /** Graph's `error.error_user_msg`: may be shown to people. */
  userMessage?: string;
  /** Graph's `error.error_data`. */
  data?: unknown;
  /** The usage headers of the response. */
  usage?: Usage;
  /** The cause and the next step, if the code is documented. */
  hint?: string;
  /**
   * The stamp in the message's `metadata`, with the option `stamp`: its echo webhook settles an
   * `unknown` outcome.
   */
  stamp?: string;
}

/**
 * Whether it is a `SendError`. Checks the name, so it also recognizes one from another copy of the
 * package.
 */
export function isSendError(error: unknown): error is SendError;

/**
 * Uploads a file, or lets Graph fetch one, and resolves with the id with which messages can send
 * it. Fails like `send`: an upload with an unknown outcome has `delivery: "unknown"`.
 *
 * @param source A `Blob`, a `File`, bytes, or an `http:` or `https:` URL.
 * @throws {SendError} Rejects with it for every failure.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
 */
export function uploadAttachment(
  source: FileSource | string | { readonly href: string },
  options: UploadOptions,
): Promise<UploadReceipt>;

/**
 * Validates and sends a message: a draft (which has `to`) or a request. Awaits `init` by itself,
 * never throws synchronously, and always settles.
 *
 * A failed send is retried only if Graph refused it temporarily or nothing was sent. A timeout, a
 * dropped connection or an unreadable response is `delivery: "unknown"`, and is not retried unless
 * `retry.unknown` is true.
 *
 * @example
 * await send({ to: "7001002003004005", text: "hello, world" }, { accessToken })
 *
 * @throws {ValidationError} Rejects with it if the request is invalid; nothing was sent.
 * @throws {SendError} Rejects with it for every other failure; `delivery` says whether the person
 * may have received the message.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export function send(
  message: MessageDraftArgument | RequestArgument,
  options: SendOptions,
): Promise<SendReceipt>;

// --- Sending many --------------------------------------------------------------------------------

/**
 * The options of `sendAll`: those of `send` for each message, without a file, and those of the run.
 */
export interface SendAllOptions<Message = SendRequest> extends Omit<SendOptions, "filedata"> {
  /**
   * The maximum number of concurrent requests (with `batch`: of batches), to different recipients.
   * A whole number above 0. Default: 100, enough for 300 messages per second with a response time
   * of a third of a second; with `batch` 20.
   */
  concurrency?: number | undefined;
  /**
   * The maximum number of messages per second, of all kinds together, instead of the documented
   * rates: 300 per Page, with a separate limit of 10 for audio and video; 100 with `platform:
   * "instagram"`. Above 0; `Infinity` means no limit. The run stays slightly below the limit.
   * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
   */
  perSecond?: number | undefined;
  /**
   * Whether to put up to 50 messages into one HTTP request. Each still counts for the rate.
   * Default: false. A batch is always a form, whatever `encoding` says, and `timeoutMs` applies to
   * the whole batch.
   * @see https://developers.facebook.com/docs/graph-api/batch-requests
   */
  batch?: boolean | undefined;
  /**
   * How long Graph may stay silent before the run stops, in milliseconds. During an outage the run
   * pauses, sends single messages as probes after growing pauses, and continues when one succeeds.
   * Default: 300000, 5 minutes.
   */
  outageMs?: number | undefined;
  /**
   * Called once for each message when it is finished, not in the order of the source. Exceptions
   * that it throws are ignored.
   */
  onResult?: ((result: SendAllResult<Message>) => void) | undefined;
  /**
   * Called up to ten times a second as messages finish, and at the end. Exceptions that it throws
   * are ignored.
   */
  onProgress?: ((progress: SendAllProgress) => void) | undefined;
}

/**
 * The result of one message.
 * - `sent`: Graph accepted it.
 * - `failed`: Graph refused it, or it is invalid (`ValidationError`).
 * - `unknown`: the outcome is unknown; sending it again may deliver it twice.
 * - `not_sent`: it was not sent, because the run stopped or an option does not allow it.
 */
export type SendAllResult<Message = SendRequest> =
  | {
      /** Its index in the source, from 0. */
      index: number;
      /** The message from the source. */
      request: Message;
      status: "sent";
      receipt: SendReceipt;
      error?: undefined;
    }
  | {
      /** Its index in the source, from 0. */
      index: number;
      /** The message from the source. */
      request: Message;
      status: "failed" | "unknown" | "not_sent";
      receipt?: undefined;
      error: SendError | ValidationError;
    };

/** The number of finished messages by outcome. `done` is `sent + failed + unknown + not_sent`. */
export interface SendAllCounts {
  /** All finished messages. */
  done: number;
  /** Messages that Graph accepted. */
  sent: number;
  /** Messages that Graph refused, or that are invalid. */
  failed: number;
  /** Messages whose outcome is unknown. */
  unknown: number;
  /** Messages that were not sent. */
  not_sent: number;
}

/** The progress of a run. */
export interface SendAllProgress extends SendAllCounts {
  /** The total number of messages, if the source knows it: an array or a set. */
  total?: number;
  /** The finished messages per second since the start. */
  perSecond: number;
  /** The estimated time left at that speed in milliseconds, if `total` is known. */
  timeLeftMs?: number;
}

/** The summary of a run. */
export interface SendAllSummary extends SendAllCounts {
  /** The duration of the run, in milliseconds. */
  durationMs: number;
  /** Why it stopped early, if it did; messages that were not started have this error. */
  stopped?: SendError;
}

/**
 * Sends many messages of one Page, each once. Messages to the same recipient are sent one after the
 * other, in the order of the source; messages to different recipients concurrently, spread evenly
 * below the documented rate. Only a limited number is held at a time, so the source may be endless.
 *
 * The run slows down as the usage headers rise above 80 percent, and pauses if Graph says that the
 * Page or the app sends too fast. It stops if the token becomes invalid, the Page is blocked, a
 * permission is missing, or an outage lasts too long: the messages taken so far end as `not_sent`,
 * all of an array or set is reported, and any other source is closed. `signal` stops it at once:
 * messages in flight end as an aborted `send` does, those not started are `not_sent`.
 *
 * @param messages Drafts or requests: an array, a set, a generator, a stream, or any other
 * iterable. Each is read when it is taken.
 * @returns A summary; `onResult` gets the result of each message.
 * @throws {SendError} Rejects with kind `"configuration"` if an option is invalid or `messages` is
 * not iterable, and never otherwise.
 */
export function sendAll<Message extends MessageDraft | SendRequest>(
  messages: Iterable<Message> | AsyncIterable<Message>,
  options: SendAllOptions<Message>,
): Promise<SendAllSummary>;

// --- A client ------------------------------------------------------------------------------------

/** Sends with the same options and a shared rate limit. */
export interface Client {
  /** Validates and sends a message, like `send`. `overrides` apply to this message only. */
  send(
    message: MessageDraftArgument | RequestArgument,
    overrides?: Partial<SendOptions>,
  ): Promise<SendReceipt>;
  /** Sends many messages, like `sendAll`. */
  sendAll<Message extends MessageDraft | SendRequest>(
    messages: Iterable<Message> | AsyncIterable<Message>,
    overrides?: Partial<SendAllOptions<Message>>,
  ): Promise<SendAllSummary>;
  /** Uploads a file, like `uploadAttachment`. */
  uploadAttachment(
    source: FileSource | string | { readonly href: string },
    overrides?: Partial<UploadOptions>,
  ): Promise<UploadReceipt>;
}

/**
 * Creates a client with bound options. Everything that it sends for a Page shares one rate limiter
 * and its pauses: single sends, uploads and concurrent `sendAll` runs.
 *
 * @example
 * const messenger = createClient({ accessToken, pageId: "1234567890" });
 * await messenger.send({ to: "7001002003004005", text: "hello, world" });
 */
export function createClient(options: SendOptions): Client;
