// `messenger-send/validate`, for every runtime and for `messenger-send/validate/slim`: everything but sending. The payloads are in payload.d.ts.
// No type of the DOM is named here, so that this compiles beside the DOM lib, @types/node alone or @cloudflare/workers-types.
import type { MessageDraft, RuleCode, SendRequest } from "./payload.js";

export * from "./messaging-window.js";
export type * from "./payload.js";
export * from "./split-text.js";

// --- Starting ------------------------------------------------------------------------------------------------------------------

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

/**
 * Loads and starts the WebAssembly. Needed once in browsers, before the first call of a synchronous function; the schemas, and `send` of
 * `messenger-send`, await it by themselves. Node, Deno, Bun and Cloudflare Workers are ready on import, and there it resolves at once.
 *
 * It may be called often and at the same time: the module is loaded once. After a failure the next call tries again.
 *
 * @param source Where the WebAssembly is. Needed with `messenger-send/slim` and `messenger-send/validate/slim` only; else it lies beside the
 *   package's files.
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
