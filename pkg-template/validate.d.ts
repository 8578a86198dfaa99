// Types of `messenger-send/validate`, for every runtime and for `messenger-send/validate/slim`:
// everything except sending. The payloads are in payload.d.ts. No DOM type is used, so the file
// compiles with the DOM lib, with @types/node alone, or with @cloudflare/workers-types.
import type { MessageDraft, MessageDraftArgument, RuleCode, SendRequest } from "./payload.js";

export * from "./messaging-window.js";
export type * from "./payload.js";
export * from "./split-text.js";

// --- Starting ------------------------------------------------------------------------------------

/**
 * The source of the WebAssembly: its URL (absolute, or a string relative to the page), its bytes
 * (an `ArrayBuffer` or a view of one), a compiled `WebAssembly.Module`, or the `Response` to a
 * request for it. (`object` covers the last two, which the types of some runtimes do not declare.)
 */
export type WasmSource =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | { readonly href: string }
  | object;

/**
 * Loads and starts the WebAssembly. Browsers need it once, before the first call of a synchronous
 * function; `send` and `sendRequestSchema` await it by themselves. Node, Deno, Bun and Cloudflare
 * Workers are ready on import, and there it resolves at once.
 *
 * It can be called repeatedly and concurrently; the module is loaded once. After a failure the next
 * call tries again.
 *
 * @param source The WebAssembly. Required with `messenger-send/slim` only; otherwise the package
 * finds its own.
 * @throws Rejects if the module cannot be fetched or compiled.
 */
export function init(source?: WasmSource | PromiseLike<WasmSource>): Promise<void>;

// --- Building and checking -----------------------------------------------------------------------

/** The Meta product that the message goes to. Some rules differ between the two. */
export type Platform = "messenger" | "instagram";

/** The options of validation. */
export interface RuleOptions {
  /** The platform whose rules apply. Default: `"messenger"`. */
  platform?: Platform | undefined;
  /**
   * Changes the severity of rules. `"off"` disables a rule, so that an outdated one does not stop a
   * message that the API accepts.
   * @example { rules: { "text.too_long": "warning" } }
   */
  rules?: { readonly [Code in RuleCode]?: "error" | "warning" | "off" | undefined } | undefined;
}

/** The unit of a limit. */
export type Unit = "characters" | "bytes" | "items" | "days";

/** An error or a warning about a request. */
export interface Issue {
  /** The stable code of the rule, such as `"text.too_long"`. */
  code: RuleCode;
  /**
   * `error`: the API refuses it, or it cannot be intended. `warning`: it is discouraged,
   * undocumented or disputed.
   */
  severity: "error" | "warning";
  /**
   * The path to the value: `["message", "quick_replies", 3, "title"]`. Empty for the request
   * itself.
   */
  path: (string | number)[];
  /** The path as a JSON Pointer (RFC 6901): `"/message/quick_replies/3/title"`. */
  pointer: string;
  /** An English sentence that says what is wrong, with the limit and the actual value. */
  message: string;
  /** The limit, in `unit`. */
  limit?: number;
  /** The actual value, in `unit`. */
  actual?: number;
  /** The unit of `limit` and `actual`. */
  unit?: Unit;
  /** The error code that Graph answers, if documented: 100, 105, 194 ... */
  graphCode?: number;
  /** The URL of the page that documents the rule. */
  docs: string;
}

/** The result of a validation. */
export interface ValidationReport {
  /** Whether there is no issue of severity `error`. There may be warnings. */
  valid: boolean;
  /** All issues, not only the first; at most 1000. */
  issues: Issue[];
}

/** A rule of the catalogue. */
export interface RuleInfo {
  /** The stable code, as in issues and in the option `rules`. */
  readonly code: RuleCode;
  /** Its severity, unless the option `rules` changes it. */
  readonly severity: "error" | "warning";
  /** A sentence that describes the violation. */
  readonly summary: string;
  /** The limit, in `unit`; without a unit, a number of decimals. */
  readonly limit?: number;
  /** The unit of the limit. */
  readonly unit?: Unit;
  /** The platforms that it applies to. */
  readonly platforms: readonly Platform[];
  /** The date since which it applies, as `YYYY-MM-DD` or shorter, if known. */
  readonly since?: string;
  /** The error code that Graph answers, if documented. */
  readonly graphCode?: number;
  /** The URL of the page that documents it. */
  readonly docs: string;
}

/**
 * Builds a request from a draft, its short form, and validates it. Nothing is ever truncated or
 * changed silently.
 *
 * @example
 * buildMessage({ to: "PSID", text: "hello, world" })
 * // { recipient: { id: "PSID" }, messaging_type: "RESPONSE", message: { text: "hello, world" } }
 *
 * @throws {ValidationError} With all issues. Issues of the rules point into the built request,
 * which is the error's `request`; issues of the draft itself (an unknown member, two contents, no
 * `to`) point into the draft, and there is no `request`.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api
 */
export function buildMessage(draft: MessageDraftArgument, options?: RuleOptions): SendRequest;

/**
 * Validates a request: the output of `JSON.stringify`, called once, which is what `send` posts.
 * Reports all issues, not only the first. Never throws, whatever the input: a value that cannot be
 * written as JSON (a cycle, a BigInt, a getter that throws, `undefined`) is an issue at the root,
 * as are JSON larger than 1 MiB and nesting deeper than 128 levels.
 *
 * In browsers, await `init` first.
 */
export function validate(request: unknown, options?: RuleOptions): ValidationReport;

/**
 * Validates the JSON text of a request: a string, or its UTF-8 bytes. Like `validate`, but also
 * warns about duplicate members. Never throws, whatever the input.
 */
export function validateJson(json: string | Uint8Array, options?: RuleOptions): ValidationReport;

/** The catalogue of rules, with their sources. Frozen, and the same array for every call. */
export function rules(): readonly RuleInfo[];

/**
 * An issue of a Standard Schema: its `path` and `message`, and the details of the rule, for
 * messages in another language.
 */
export interface StandardIssue extends Pick<Issue, "code" | "limit" | "actual" | "unit" | "docs"> {
  readonly message: string;
  readonly path: readonly PropertyKey[];
}

/** The result of a Standard Schema's `validate`. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/**
 * The input of a schema: the values of any form. `any`, since React Hook Form, TanStack Form and
 * tRPC each require another input type and do not accept `unknown`.
 */
export type SchemaInput = any;

/** The part of Standard Schema v1 that is used. https://standardschema.dev */
export interface StandardSchema<Input, Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "messenger-send";
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/**
 * The Standard Schema (v1) of a Send API request, for forms, routers and RPC libraries. Only errors
 * are issues; warnings are not. `validate` returns its result at once, or a promise in a browser
 * before `init`.
 */
export const sendRequestSchema: StandardSchema<SchemaInput, SendRequest>;

/** Like `sendRequestSchema`, for a platform or with other severities. */
export function requestSchema(options?: RuleOptions): StandardSchema<SchemaInput, SendRequest>;

/**
 * The Standard Schema of a draft, for forms that edit one: all issues point into the draft,
 * including those of the built request. The output is the draft.
 */
export function draftSchema(options?: RuleOptions): StandardSchema<SchemaInput, MessageDraft>;

/** The error for an invalid message. */
export class ValidationError extends Error {
  constructor(details: { issues: Issue[]; request?: unknown });
  name: "ValidationError";
  /** All issues, including warnings; at least one is an error. */
  issues: Issue[];
  /** The request that `buildMessage` built, if the issues point into it. */
  request?: unknown;
}

/**
 * Whether it is a `ValidationError`. Checks the name, so it also recognizes one from another copy
 * of the package.
 */
export function isValidationError(error: unknown): error is ValidationError;
