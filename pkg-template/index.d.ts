// The package's functions and errors, for every runtime and for `messenger-send/slim`. The payloads are in payload.d.ts.
// No type of the DOM is named here, so that this compiles beside the DOM lib, @types/node alone or @cloudflare/workers-types.
import type {
  AttachmentMessage,
  HumanAgentRequest,
  MessageDraft,
  ResponseRequest,
  RuleCode,
  SendRequest,
} from "./payload.js";

export * from "./messaging-window.js";
export type * from "./payload.js";
export * from "./split-text.js";

// --- Types that each runtime declares in its own way ---------------------------------------------------------------------------

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
 * What `fetch` is called with beside the address. Each library that imitates `fetch` has types of its own for a body and a signal; `never`
 * fits all of them.
 */
export interface FetchInit {
  /** Always a POST. */
  method: "POST";
  /** A plain object. */
  headers: Record<string, string>;
  /** Text, or a `FormData` where a file goes along. */
  body: never;
  /** Redirects are not followed: the token would go to another host. */
  redirect: "manual";
  /** Aborts when the deadline has passed, or the send is aborted. */
  signal?: never;
}

/**
 * A function that does what `fetch` does, called as `fetch(url, init)`: the global `fetch`, undici's (with a proxy), node-fetch's, a test's
 * double, a Worker's service binding (`env.SERVICE.fetch.bind(env.SERVICE)`). What it answers needs `status`, and one of `body`, `text()` and
 * `json()`.
 */
export type FetchFunction = (
  url: string,
  init: FetchInit,
) => PromiseLike<{ readonly status: number }>;

/** What is used of an `AbortSignal`. Give a real one: of an `AbortController`, or `AbortSignal.timeout(ms)`. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * Where the WebAssembly comes from: its address (an absolute URL, or a string relative to the page), its bytes (an `ArrayBuffer` or
 * a view of one), a compiled `WebAssembly.Module`, or the `Response` to a request for it. (`object` stands for the last two, which
 * not every runtime's types declare.)
 */
export type WasmSource =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | { readonly href: string }
  | object;

// --- Starting ------------------------------------------------------------------------------------------------------------------

/**
 * Loads and starts the WebAssembly. Needed once in browsers, before the first call of a synchronous function; `send` and
 * `sendRequestSchema` await it by themselves. Node, Deno, Bun and Cloudflare Workers are ready on import, and there it resolves at once.
 *
 * It may be called often and at the same time: the module is loaded once. After a failure the next call tries again.
 *
 * @param source Where the WebAssembly is. Needed with `messenger-send/slim` only; else it lies beside the package's files.
 * @throws Rejects when the module cannot be fetched or compiled.
 */
export function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void>;

// --- Building and checking -----------------------------------------------------------------------------------------------------

/** Which product of Meta the message goes to. Some rules differ between the two. */
export type Platform = "messenger" | "instagram";

/** Options of everything that checks a message. */
export interface RuleOptions {
  /** Which platform's rules hold. Default: `"messenger"`. */
  platform?: Platform | undefined;
  /**
   * Other severities, by rule. `"off"` silences a rule: one that has gone stale need not stop a message that the API takes.
   * @example { rules: { "text.too_long": "warning" } }
   */
  rules?: { readonly [Code in RuleCode]?: "error" | "warning" | "off" | undefined } | undefined;
}

/** What a limit counts. */
export type Unit = "characters" | "bytes" | "items" | "days";

/** One thing that is wrong, or unwise, and where. */
export interface Issue {
  /** The rule's stable name, such as `"text.too_long"`. */
  code: RuleCode;
  /** `error`: the API refuses it, or it cannot be meant. `warning`: it works but is unwise, or the sources disagree. */
  severity: "error" | "warning";
  /** The place as a list of members and indexes: `["message", "quick_replies", 3, "title"]`. Empty: the whole. */
  path: (string | number)[];
  /** The same place as a JSON pointer (RFC 6901): `"/message/quick_replies/3/title"`. */
  pointer: string;
  /** A sentence that says what is wrong, with the limit and the actual value in it. In English. */
  message: string;
  /** The limit that is not kept, in `unit`. */
  limit?: number;
  /** What was found instead, in `unit`. */
  actual?: number;
  /** What `limit` and `actual` count. */
  unit?: Unit;
  /** The code of Graph's error for this, where it is documented: 100, 105, 194 ... */
  graphCode?: number;
  /** The address of the page that documents the rule. */
  docs: string;
}

/** The result of a check. */
export interface ValidationReport {
  /** Whether there is no issue of severity `error`. There may be warnings. */
  valid: boolean;
  /** Every issue, not only the first; at most 1000. */
  issues: Issue[];
}

/** One rule of the catalogue. */
export interface RuleInfo {
  /** The stable name, as issues carry it and the option `rules` takes it. */
  readonly code: RuleCode;
  /** Its severity, unless the option `rules` changes it. */
  readonly severity: "error" | "warning";
  /** What it is about, in a sentence. */
  readonly summary: string;
  /** The limit, in `unit`; without one, in decimals. */
  readonly limit?: number;
  /** What the limit counts. */
  readonly unit?: Unit;
  /** The platforms on which it holds. */
  readonly platforms: readonly Platform[];
  /** Since when it holds, as `YYYY-MM-DD` or `YYYY-MM`, where that is known. */
  readonly since?: string;
  /** The code of Graph's error for this, where it is documented. */
  readonly graphCode?: number;
  /** The address of the page that documents it. */
  readonly docs: string;
}

/**
 * Builds a request from the short way to say it, and checks what it built. Nothing is ever cut or changed silently.
 *
 * @example
 * buildMessage({ to: "PSID", text: "hello, world" })
 * // { recipient: { id: "PSID" }, messaging_type: "RESPONSE", message: { text: "hello, world" } }
 *
 * @throws {ValidationError} With every issue. Issues of the rules point into the built request, which the error then carries as
 * `request`; issues of the draft itself (an unknown member, two contents, no `to`) point into the draft, and there is no `request`.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export function buildMessage(draft: MessageDraft, options?: RuleOptions): SendRequest;

/**
 * Checks a request: what `JSON.stringify` makes of it, read once, which is what `send` posts. Reports every issue, not only the first.
 * Never throws, whatever it is given: what has no JSON (a cycle, a BigInt, a getter that throws, `undefined`) is an issue at the root.
 * Texts above 1 MiB and nesting above 128 are refused.
 *
 * In browsers, `init` must have been awaited.
 */
export function validate(request: unknown, options?: RuleOptions): ValidationReport;

/**
 * Checks a request that is JSON text: a string, or the bytes of its UTF-8. Otherwise as `validate`; a member that stands twice in one
 * object is seen as well. Never throws, whatever it is given.
 */
export function validateJson(json: string | Uint8Array, options?: RuleOptions): ValidationReport;

/** The catalogue of rules, with its sources. Frozen; the same list at every call. */
export function rules(): readonly RuleInfo[];

/** An issue of a Standard Schema: its `path` and `message`, and what the rule says beside them, for messages in another language. */
export interface StandardIssue extends Pick<Issue, "code" | "limit" | "actual" | "unit" | "docs"> {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

/** The result of a Standard Schema's `validate`. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/**
 * What a schema is given: whatever a form holds. `any`, since React Hook Form, TanStack Form and tRPC each ask for another type of input, and
 * take no `unknown`.
 */
export type SchemaInput = any;

/** The part of Standard Schema v1 that is used here. https://standardschema.dev */
export interface StandardSchema<Input, Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "messenger-send";
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/**
 * A request to the Send API as a Standard Schema (v1), for forms, routers and RPC libraries. Only errors are issues; warnings are not.
 * Its `validate` answers at once, save in a browser before `init`: there it gives a promise.
 */
export const sendRequestSchema: StandardSchema<SchemaInput, SendRequest>;

/** As `sendRequestSchema`, for a platform or with other severities. */
export function requestSchema(options?: RuleOptions): StandardSchema<SchemaInput, SendRequest>;

/**
 * A draft as a Standard Schema, for forms that hold one: the issues point into the draft, also those of the request that it makes. Its output
 * is the draft.
 */
export function draftSchema(options?: RuleOptions): StandardSchema<SchemaInput, MessageDraft>;

/** A message that does not keep the rules. */
export class ValidationError extends Error {
  constructor(details: { issues: Issue[]; request?: unknown });
  name: "ValidationError";
  /** Every issue, warnings too; at least one is an error. */
  issues: Issue[];
  /** The request that `buildMessage` built, when the issues point into it. */
  request?: unknown;
}

/** Whether it is a `ValidationError`. By name, so it also knows one that comes from another copy of the package. */
export function isValidationError(error: unknown): error is ValidationError;

// --- Sending -------------------------------------------------------------------------------------------------------------------

/** When and how a send is repeated. */
export interface RetryOptions {
  /** How many requests in all, the first included: 1 (never repeated) to 100. Default: 3. */
  attempts?: number | undefined;
  /** The longest first pause, in milliseconds; each further one may be twice as long. The pause is drawn at random below that. Default: 500. */
  baseDelayMs?: number | undefined;
  /** The longest pause, in milliseconds. Where Graph asks for a longer one, the error is handed back with `retryAfterMs`. Default: 30000. */
  maxDelayMs?: number | undefined;
  /**
   * Whether to repeat a send whose outcome is unknown (a timeout, a dropped connection, an unreadable answer). Default: false.
   * A message has no idempotency key: with `true` the person may get it twice.
   */
  unknown?: boolean | undefined;
}

/** What is told before a send is repeated. */
export interface RetryInfo {
  /** The number of the attempt that failed; the first is 1. */
  attempt: number;
  /** How long it is waited before the next one, in milliseconds. */
  delayMs: number;
  /** Why it failed. */
  error: SendError;
}

/** How to send. */
export interface SendOptions extends RuleOptions {
  /**
   * The Page's access token, or a function that gives it, for tokens that are rotated: it is asked before the first attempt, and once more
   * after Graph has refused the token (code 190). It is never put into a URL or an error.
   * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
   */
  accessToken: string | (() => string | PromiseLike<string>);
  /** The Page (or the Instagram account) that sends, by id. Default: `"me"`, the one that the token belongs to. */
  pageId?: string | undefined;
  /** The version of the Graph API. Default: `"v25.0"`. */
  apiVersion?: string | undefined;
  /** Where the Graph API is. Default: `"https://graph.facebook.com"`; for Instagram Login it is `"https://graph.instagram.com"`. */
  baseUrl?: string | undefined;
  /**
   * The app secret, on servers only: adds `appsecret_proof` and `appsecret_time`. It is itself never sent.
   * @see https://developers.facebook.com/docs/graph-api/guides/secure-requests
   */
  appSecret?: string | undefined;
  /**
   * `"form"` (default): the reference's own shape; the token is in the body, and a browser needs no CORS preflight.
   * `"json"`: a JSON body, and the token in the header `Authorization`.
   */
  encoding?: "form" | "json" | undefined;
  /** Used instead of the global `fetch`, and called as `fetch(url, init)`: undici with a proxy, a Worker's service binding, a test's double. */
  fetch?: FetchFunction | undefined;
  /**
   * Puts an id of its own into the `metadata` of each message, behind metadata of your own and a space. The receipt and the error carry it as
   * `stamp`, and so does the echo webhook: see `settle` of `messenger-send/webhook`. Default: false.
   */
  stamp?: boolean | undefined;
  /**
   * The file of `message.attachment`, which then has neither `url` nor `attachment_id`. The request is then multipart, whatever `encoding`
   * says. For one message only.
   * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
   */
  filedata?: FileSource | undefined;
  /** Aborts the whole send, all attempts and pauses: it then rejects at once with kind `"aborted"` and the signal's reason as `cause`. */
  signal?: AbortSignalLike | undefined;
  /** For each attempt, in milliseconds: from the request to the answer's last byte; at most 2147483647. Default: 30000. */
  timeoutMs?: number | undefined;
  /** When and how a send is repeated. */
  retry?: RetryOptions | undefined;
  /** Called before each repetition. What it throws is ignored. */
  onRetry?: ((info: RetryInfo) => void) | undefined;
  /** Called before each request goes out. What it throws is ignored. */
  onRequest?: ((info: RequestInfo) => void) | undefined;
  /** Called when an attempt has ended, with or without an answer. What it throws is ignored. */
  onResponse?: ((info: ResponseInfo) => void) | undefined;
}

/** A request that is about to go out. No secret is in it. */
export interface RequestInfo {
  /** The Page that sends. */
  pageId: string;
  /** The edge of the Page. */
  edge: "messages" | "message_attachments" | "batch";
  /** The number of the attempt; the first is 1. */
  attempt: number;
}

/** An attempt that has ended. No secret is in it. */
export interface ResponseInfo extends RequestInfo {
  /** Whether Graph accepted the request. */
  ok: boolean;
  /** The HTTP status, if there was an answer. */
  status?: number;
  /** From the request to the last byte of the answer, in milliseconds. */
  durationMs: number;
  /** What the usage headers said. */
  usage?: Usage;
  /** The trace id of the answer, for a bug report to Meta. */
  fbtraceId?: string;
}

/** A file: a `Blob` or a `File` (which has a name and a MIME type), or bytes. At most 8 MB for images, 25 MB for others. */
export type FileSource = RuntimeBlob | Uint8Array;

/** An attachment that is a file of `filedata`: it has neither `url` nor `attachment_id`. */
export interface FileAttachment {
  /** What the file is. */
  type: "image" | "audio" | "video" | "file";
  /** Empty, or with `is_reusable`. */
  payload: { is_reusable?: boolean; url?: never; attachment_id?: never };
}

/** A message whose attachment is a file of `filedata`. */
export type FileMessage = Omit<AttachmentMessage, "attachment"> & { attachment: FileAttachment };

/** A request whose attachment is a file of `filedata`. */
export type FileRequest = (
  | Omit<ResponseRequest, "message">
  | Omit<HumanAgentRequest, "message">
) & { message: FileMessage };

/** How to upload: as a message is sent, with what an upload needs besides. */
export interface UploadOptions extends Omit<SendOptions, "rules" | "filedata" | "stamp"> {
  /**
   * What the attachment is. Default: what the file's MIME type says, else `"file"`; of an address what its ending says, and without
   * a known one it must be given.
   */
  type?: "image" | "audio" | "video" | "file" | undefined;
  /** Whether it may be sent more than once. Default: true. */
  is_reusable?: boolean | undefined;
  /** The file's name. Default: that of the `File`, else `"file"`. */
  filename?: string | undefined;
}

/** What Graph answered to an upload. */
export interface UploadReceipt {
  /** The id under which it can be sent, by the same Page, within 90 days. */
  attachment_id: string;
  /** How many attempts it took. */
  attempts: number;
  /** What the usage headers said. */
  usage?: Usage;
}

/** How much of a rate limit is used up, in percent. */
export interface UsageFigures {
  /** Of the number of calls. */
  callCount?: number;
  /** Of the time. */
  totalTime?: number;
  /** Of the CPU time. */
  totalCputime?: number;
}

/**
 * What Graph's usage headers said.
 * @see https://developers.facebook.com/docs/graph-api/overview/rate-limiting
 */
export interface Usage {
  /** The app's limit. */
  app?: UsageFigures;
  /** The Page's limit. */
  page?: UsageFigures;
  /** Limits of business use cases, with the id that each is counted for. */
  business?: (UsageFigures & { id: string; type?: string; minutesToRegainAccess?: number })[];
}

/** What Graph answered to a message that it took. */
export interface SendReceipt {
  /** The person's id. Missing for `user_ref` and `phone_number`. */
  recipient_id?: string;
  /** The message's id. Missing for sender actions. */
  message_id?: string;
  /** The id under which an attachment with `is_reusable` can be sent again, within 90 days. */
  attachment_id?: string;
  /** How many attempts it took. */
  attempts: number;
  /** What the usage headers said. */
  usage?: Usage;
  /** The trace id of the answer, for a bug report to Meta. */
  fbtraceId?: string;
  /** What the check warned of: a member that is not documented, for example, which Graph may have ignored. */
  warnings?: Issue[];
  /** The stamp in the message's `metadata`, with the option `stamp`. */
  stamp?: string;
}

/** Why a send failed. Down to `transient`, Graph said no. */
export type SendErrorKind =
  /** The token is missing, expired or wrong. */
  | "auth"
  /** The app or the token may not do this. */
  | "permission"
  /** The messaging window is closed. */
  | "window"
  /** The person cannot be reached. */
  | "recipient"
  /** Too many calls. */
  | "rate_limit"
  /** A policy forbids it. */
  | "policy"
  /** The request is wrong. */
  | "request"
  /** Graph has a trouble of its own, and says or is documented to mean "later". */
  | "transient"
  /** No connection, or it broke. */
  | "network"
  /** No whole answer within `timeoutMs`. */
  | "timeout"
  /** `signal` was aborted. */
  | "aborted"
  /** The answer is none of Graph's. */
  | "invalid_response"
  /** An option of `send` is wrong, or the package could not be started. */
  | "configuration";

/** What a `SendError` is made of. */
export type SendErrorDetails = { message: string; cause?: unknown } & Omit<
  SendError,
  "name" | "message" | "stack" | "cause"
>;

/** A message that was not sent, was refused, or of which nobody knows. */
export class SendError extends Error {
  constructor(details: SendErrorDetails);
  name: "SendError";
  /** Why. */
  kind: SendErrorKind;
  /** May the person have got it? `not_sent` and `rejected`: no. `unknown`: perhaps, so sending it again may send it twice. */
  delivery: "not_sent" | "rejected" | "unknown";
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** How long Graph asks to wait, in milliseconds. */
  retryAfterMs?: number;
  /** How many attempts were made; 0 before any request. */
  attempts: number;
  /** The HTTP status of the answer. */
  status?: number;
  /** Graph's `error.code`. @see https://developers.facebook.com/docs/messenger-platform/error-codes */
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
  /** What the usage headers said. */
  usage?: Usage;
  /** The cause and the next step in a sentence, where the code is documented. */
  hint?: string;
  /** The stamp in the message's `metadata`, with the option `stamp`: an echo webhook that carries it settles what is `unknown`. */
  stamp?: string;
}

/** Whether it is a `SendError`. By name, so it also knows one that comes from another copy of the package. */
export function isSendError(error: unknown): error is SendError;

/**
 * Uploads a file, or lets Graph fetch one, and gives the id under which messages can carry it. Fails as `send` does: an upload of
 * which nobody knows is `delivery: "unknown"`.
 *
 * @param source A `Blob`, a `File`, bytes, or an `http:` or `https:` address.
 * @throws {SendError} Rejects with it, always.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
 */
export function uploadAttachment(
  source: FileSource | string | { readonly href: string },
  options: UploadOptions,
): Promise<UploadReceipt>;

/**
 * Checks a message and sends it: a draft (it has `to`) or a request. Awaits `init` by itself, never throws synchronously, and always settles.
 *
 * A send is repeated only when Graph refused it and means "later". A timeout, a dropped connection or an unreadable answer is
 * `delivery: "unknown"`, and is not repeated unless `retry.unknown` is true.
 *
 * @example
 * await send({ to: "7001002003004005", text: "hello, world" }, { accessToken })
 *
 * @throws {ValidationError} Rejects with it when the request breaks a rule; then nothing was sent.
 * @throws {SendError} Rejects with it in every other case; its `delivery` says whether the person may have got the message.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export function send(
  message: MessageDraft | SendRequest | FileRequest,
  options: SendOptions,
): Promise<SendReceipt>;

// --- Sending many --------------------------------------------------------------------------------------------------------------

/** How to send many messages of one Page: the options of `send` for each of them, without a file, and these. */
export interface SendAllOptions<Message = SendRequest> extends Omit<SendOptions, "filedata"> {
  /**
   * How many requests (with `batch`: how many batches) are under way at once, to different recipients. A whole number above 0.
   * Default: 100, which at 300 messages a second is enough for answers that take a third of a second; with `batch` 20.
   */
  concurrency?: number | undefined;
  /**
   * At most so many messages a second, all kinds together, in place of the documented rates: per Page 300, of which audio and video
   * 10 of their own; 100 with `platform: "instagram"`. Above 0; `Infinity` is no limit. A little less than the limit is used.
   * @see https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
   */
  perSecond?: number | undefined;
  /**
   * Whether to put up to 50 messages into one HTTP request. Each counts for the rate as if it went alone. Default: false.
   * A batch is always a form, whatever `encoding` says, and `timeoutMs` is for the whole of it.
   * @see https://developers.facebook.com/docs/graph-api/batch-requests
   */
  batch?: boolean | undefined;
  /**
   * How long nothing may come back from Graph, in milliseconds, before the run stops. In an outage it pauses, lets one message try the way
   * after growing pauses, and goes on where it works. Default: 300000, 5 minutes.
   */
  outageMs?: number | undefined;
  /** Called once for each message, when it is settled; not in the source's order. What it throws is ignored. */
  onResult?: ((result: SendAllResult<Message>) => void) | undefined;
  /** Called up to ten times a second while messages are settled, and at the end. What it throws is ignored. */
  onProgress?: ((progress: SendAllProgress) => void) | undefined;
}

/**
 * What became of one message.
 * - `sent`: Graph took it.
 * - `failed`: Graph refused it, or it breaks a rule (`ValidationError`).
 * - `unknown`: nobody knows; sending it again may send it twice.
 * - `not_sent`: it never left, because the run was stopped, or an option does not allow it.
 */
export type SendAllResult<Message = SendRequest> =
  | {
      /** Its place in the source, from 0. */
      index: number;
      /** What the source gave. */
      request: Message;
      status: "sent";
      receipt: SendReceipt;
      error?: undefined;
    }
  | {
      /** Its place in the source, from 0. */
      index: number;
      /** What the source gave. */
      request: Message;
      status: "failed" | "unknown" | "not_sent";
      receipt?: undefined;
      error: SendError | ValidationError;
    };

/** How many messages were settled, and how. `sent + failed + unknown + not_sent` is `done`. */
export interface SendAllCounts {
  /** All that are settled. */
  done: number;
  /** Graph took them. */
  sent: number;
  /** Graph refused them, or they break a rule. */
  failed: number;
  /** Nobody knows. */
  unknown: number;
  /** They never left. */
  not_sent: number;
}

/** How far a run is. */
export interface SendAllProgress extends SendAllCounts {
  /** How many messages there are, where the source knows: an array or a set. */
  total?: number;
  /** How many messages a second were settled, since the start. */
  perSecond: number;
  /** How long the rest takes at that speed, in milliseconds, where `total` is known. */
  timeLeftMs?: number;
}

/** What became of all messages. */
export interface SendAllSummary extends SendAllCounts {
  /** How long it took, in milliseconds. */
  durationMs: number;
  /** Why it ended before its time, if it did; messages that had not begun have this error. */
  stopped?: SendError;
}

/**
 * Sends many messages of one Page, each once. Messages to one recipient go one after the other, in the source's order; those to
 * different recipients side by side, spread evenly below the documented rate. A limited number is held at a time, so the source may
 * be endless.
 *
 * It slows down as the usage headers rise above 80 percent, and pauses as a whole when Graph says that the Page or the app is too fast.
 * It stops when the token is no good any more, the Page is barred, the permission is missing, or an outage lasts too long: what was taken comes
 * back as `not_sent`, an array or a set is accounted for whole, and another source is closed.
 * `signal` stops it at once: what is under way is settled as `send` does it, what has not begun is `not_sent`.
 *
 * @param messages Drafts or requests: an array, a set, a generator, a stream, whatever can be iterated. Each is read when it is taken.
 * @returns A summary; what became of each message is told to `onResult`.
 * @throws {SendError} Rejects with it, of kind `"configuration"`, only where an option cannot be, or `messages` cannot be iterated.
 */
export function sendAll<Message extends MessageDraft | SendRequest>(
  messages: Iterable<Message> | AsyncIterable<Message>,
  options: SendAllOptions<Message>,
): Promise<SendAllSummary>;

// --- A client ------------------------------------------------------------------------------------------------------------------

/** Sends with the same options, below one rate limit. */
export interface Client {
  /** Checks a message and sends it, as `send` does. `overrides` hold for this message only. */
  send(
    message: MessageDraft | SendRequest | FileRequest,
    overrides?: Partial<SendOptions>,
  ): Promise<SendReceipt>;
  /** Sends many, as `sendAll` does. */
  sendAll<Message extends MessageDraft | SendRequest>(
    messages: Iterable<Message> | AsyncIterable<Message>,
    overrides?: Partial<SendAllOptions<Message>>,
  ): Promise<SendAllSummary>;
  /** Uploads a file, as `uploadAttachment` does. */
  uploadAttachment(
    source: FileSource | string | { readonly href: string },
    overrides?: Partial<UploadOptions>,
  ): Promise<UploadReceipt>;
}

/**
 * A client that is bound to its options. Everything that goes through it for one Page shares one rate limiter and one memory of pauses: single
 * sends, uploads and several `sendAll` at the same time.
 *
 * @example
 * const messenger = createClient({ accessToken, pageId: "1234567890" });
 * await messenger.send({ to: "7001002003004005", text: "hello, world" });
 */
export function createClient(options: SendOptions): Client;
