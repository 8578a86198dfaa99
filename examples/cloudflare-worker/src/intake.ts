// Reads posted messages, each a draft or a request with options for the sender, and reports all issues at once.
import {
  buildMessage,
  draftSchema,
  isValidationError,
  type MessageDraft,
  validate,
} from "messenger-send";
import { stamped } from "./graph.ts";
import type { Caller } from "./http/authenticate.ts";
import { Problem } from "./http/problem.ts";
import type { IfUnknown } from "./sender/message.ts";
import type { Posted } from "./sender/page-sender.ts";

export const MAX_MESSAGES = 1000;
/** Limits the response: a body of nothing but mistakes would otherwise exceed the memory. */
const MAX_ISSUES = 10_000;
const MAX_KEY = 255;
/** A placeholder as long as any stamp, so that validation checks that a stamp fits. */
const ANY_STAMP = `ms-${"0".repeat(32)}`;
const OPTIONS = ["page_id", "idempotency_key", "if_unknown"];
const CHOICES: readonly unknown[] = ["resend", "give_up"] satisfies IfUnknown[];

/** An error or a warning about one place in the body. */
export interface PostIssue {
  code: string;
  severity: "error" | "warning";
  /** A JSON Pointer (RFC 6901) into the posted body; if `in_request` is true, into the request built from the draft. */
  pointer: string;
  message: string;
  in_request?: true;
  [member: string]: unknown;
}

/** A valid message. */
export interface Taken {
  pageId: string;
  posted: Posted;
  warnings: PostIssue[];
}

/** @throws {Problem} with all issues of all messages, or with all places that name a Page that the key is not for */
export async function takeIn(body: unknown, caller: Caller, traceId: string): Promise<Taken[]> {
  const entries = entriesOf(body, caller);
  const forbidden = entries.filter(
    ({ options: { page_id } }) => typeof page_id === "string" && !caller.mayUse(page_id),
  );
  if (forbidden.length > 0) {
    const pointers = forbidden.map(({ pointer }) => `${pointer}/page_id`);
    throw new Problem("page-not-allowed", "The key is not for every Page that is named.", {
      pointers,
    });
  }
  const issues: PostIssue[] = [];
  const taken: Taken[] = [];
  let leftOut = 0;
  let isWrong = false;
  for (const entry of entries) {
    const found = check(entry, caller);
    const kept = found.issues.slice(0, MAX_ISSUES - issues.length);
    issues.push(...kept);
    leftOut += found.issues.length - kept.length;
    isWrong ||= found.issues.some(({ severity }) => severity === "error");
    if (found.request !== undefined && !isWrong) {
      taken.push(await takenOf(entry, found.request, kept, caller, traceId));
    }
  }
  if (isWrong) {
    throw new Problem("invalid-messages", "Nothing was stored, and nothing was sent.", {
      issues,
      ...(leftOut === 0 ? {} : { issues_left_out: leftOut }),
    });
  }
  return taken;
}

interface Entry {
  pointer: string;
  options: { page_id?: unknown; idempotency_key?: unknown; if_unknown?: unknown };
  /** The draft or the request. */
  content: unknown;
}

function entriesOf(body: unknown, caller: Caller): Entry[] {
  const [first] = caller.pages();
  // A key for one Page need not name it.
  const page_id = caller.pages().length === 1 ? first : undefined;
  if (!isObject(body) && !Array.isArray(body)) {
    throw oneIssue("body.type", "", "Post a message, a list of messages, or { messages: [...] }.");
  }
  if (!Array.isArray(body) && !Array.isArray(body.messages)) {
    return [entryOf(body, "", { page_id })];
  }
  const list: unknown[] = Array.isArray(body) ? body : (body.messages as unknown[]);
  const { messages, ...common } = Array.isArray(body) ? { messages: body } : body;
  const unknown = Object.keys(common).find(
    (name) => name === "idempotency_key" || !OPTIONS.includes(name),
  );
  if (unknown !== undefined) {
    throw oneIssue(
      "body.unknown_member",
      `/${escaped(unknown)}`,
      `Beside "messages" there may be "page_id" and "if_unknown", not ${JSON.stringify(unknown)}.`,
    );
  }
  if (list.length === 0) {
    throw oneIssue(
      "messages.empty",
      Array.isArray(body) ? "" : "/messages",
      "There is no message.",
    );
  }
  if (list.length > MAX_MESSAGES) {
    throw new Problem("too-many-messages", `Post at most ${MAX_MESSAGES} messages at once.`, {
      limit: MAX_MESSAGES,
      actual: list.length,
    });
  }
  const pointer = Array.isArray(body) ? "" : "/messages";
  return list.map((one, index) => entryOf(one, `${pointer}/${index}`, { page_id, ...common }));
}

function entryOf(given: unknown, pointer: string, defaults: Entry["options"]): Entry {
  if (!isObject(given)) {
    return { pointer, options: defaults, content: given };
  }
  const { page_id, idempotency_key, if_unknown, ...content } = given;
  const own = Object.fromEntries(
    Object.entries({ page_id, idempotency_key, if_unknown }).filter(
      ([, value]) => value !== undefined,
    ),
  );
  return { pointer, options: { ...defaults, ...own }, content };
}

function check(entry: Entry, caller: Caller): { issues: PostIssue[]; request?: Request } {
  const { pointer, options, content } = entry;
  const issues: PostIssue[] = [];
  const add = (code: string, member: string, message: string) =>
    issues.push({ code, severity: "error", pointer: `${pointer}/${member}`, message });
  const { page_id, idempotency_key, if_unknown } = options;
  if (page_id === undefined) {
    add("page_id.missing", "page_id", "Say which Page sends: the key is for several.");
  } else if (typeof page_id !== "string") {
    add("page_id.type", "page_id", "The id of a Page is a string of digits.");
  } else if (!caller.hasPage(page_id)) {
    add("page_id.unknown", "page_id", "There is no such Page here.");
  }
  if (
    idempotency_key !== undefined &&
    !(
      typeof idempotency_key === "string" &&
      idempotency_key !== "" &&
      idempotency_key.length <= MAX_KEY
    )
  ) {
    add(
      "idempotency_key.type",
      "idempotency_key",
      `A key is a string of 1 to ${MAX_KEY} characters.`,
    );
  }
  if (if_unknown !== undefined && !CHOICES.includes(if_unknown)) {
    add("if_unknown.value", "if_unknown", 'It is "resend" or "give_up".');
  }
  const made = requestOf(content, pointer);
  issues.push(...made.issues);
  if (made.request !== undefined && if_unknown === "resend" && !hasEcho(made.request)) {
    add(
      "if_unknown.no_echo",
      "if_unknown",
      "Only a message to a recipient.id has an echo. Without one, nobody could tell whether to send it again.",
    );
  }
  const isWrong = issues.some(({ severity }) => severity === "error");
  return isWrong || made.request === undefined ? { issues } : { issues, request: made.request };
}

interface Request {
  recipient?: { id?: unknown };
  message?: unknown;
}

/** The request to post with its warnings, or its issues. */
function requestOf(content: unknown, pointer: string): { issues: PostIssue[]; request?: Request } {
  if (!isObject(content)) {
    const message =
      "A message is an object: a draft, which has `to`, or a request, which has `recipient`.";
    return { issues: [{ code: "message.type", severity: "error", pointer, message }] };
  }
  let request = content as Request;
  const isDraft = Object.hasOwn(content, "to");
  if (isDraft) {
    try {
      request = buildMessage(content as unknown as MessageDraft) as Request;
    } catch (error) {
      if (isValidationError(error)) {
        return { issues: draftIssues(content, error.issues, pointer) };
      }
      throw error;
    }
  }
  const withStamp =
    Object.hasOwn(request, "message") && isObject(request.message)
      ? stamped(JSON.stringify(request), ANY_STAMP)
      : request;
  const { issues } = validate(withStamp);
  const found = issues.map(
    ({ path: _, ...issue }): PostIssue => ({
      ...issue,
      pointer: isDraft ? issue.pointer : pointer + issue.pointer,
      ...(isDraft ? { in_request: true, draft: pointer } : {}),
    }),
  );
  return { issues: found, request };
}

/** The issues of a draft point into the draft. The schema has the location; the other details are in the issues of the request. */
function draftIssues(
  draft: Record<string, unknown>,
  issues: readonly {
    code: string;
    severity: "error" | "warning";
    pointer: string;
    message: string;
    path: unknown;
  }[],
  pointer: string,
): PostIssue[] {
  const result = draftSchema()["~standard"].validate(draft);
  if (result instanceof Promise || result.issues === undefined) {
    return issues.map(({ path: _, ...issue }) => ({ ...issue, pointer: pointer + issue.pointer }));
  }
  return result.issues.map(({ path, ...issue }) => ({
    ...issue,
    severity: "error",
    pointer: pointer + path.map((part) => `/${escaped(String(part))}`).join(""),
  }));
}

async function takenOf(
  { options }: Entry,
  request: Request,
  warnings: PostIssue[],
  caller: Caller,
  traceId: string,
): Promise<Taken> {
  const text = JSON.stringify(request);
  const ifUnknown = (options.if_unknown ?? "give_up") as IfUnknown;
  const key = options.idempotency_key as string | undefined;
  return {
    pageId: options.page_id as string,
    warnings,
    posted: {
      request: text,
      recipient: recipientOf(request),
      hasEcho: hasEcho(request),
      ifUnknown,
      idempotencyKey: key === undefined ? null : `${caller.name}\n${key}`,
      fingerprint: key === undefined ? "" : await fingerprint(`${ifUnknown}\n${text}`),
      traceId,
    },
  };
}

/** A key that is the same for all messages to one person. */
function recipientOf({ recipient }: Request): string {
  return typeof recipient?.id === "string" ? recipient.id : JSON.stringify(recipient ?? {});
}

/** Whether Graph sends an echo: only for messages, and not for those to a `user_ref` or a `phone_number`. */
function hasEcho({ recipient, message }: Request): boolean {
  return message !== undefined && typeof recipient?.id === "string";
}

async function fingerprint(text: string): Promise<string> {
  const hash = new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)),
  );
  return Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function oneIssue(code: string, pointer: string, message: string): Problem {
  const issue: PostIssue = { code, severity: "error", pointer, message };
  return new Problem("invalid-messages", "Nothing was stored, and nothing was sent.", {
    issues: [issue],
  });
}

/** Escapes a segment of a JSON Pointer. */
const escaped = (part: string) => part.replaceAll("~", "~0").replaceAll("/", "~1");

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
