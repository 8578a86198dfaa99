// Sends a stored request to Graph. Only this file uses the package's client, its receipts and its errors.
import { createClient, isSendError, isValidationError, type SendRequest } from "messenger-send";
import { type Env, numberOf } from "./env.ts";
import type { Failure, Outcome } from "./sender/message.ts";
import { pageToken } from "./tokens.ts";

/** Longer pauses are left to the queue. */
const LONGEST_WAIT_MS = 1000;
const TIMEOUT_MS = 30_000;

/** Sends single requests of one Page, each once: the sender decides what is retried. */
export function graphOf(env: Env, pageId: string) {
  const client = createClient({
    accessToken: () => pageToken(env, pageId),
    pageId,
    ...(env.APP_SECRET ? { appSecret: env.APP_SECRET } : {}),
    ...(env.GRAPH_URL ? { baseUrl: env.GRAPH_URL } : {}),
    timeoutMs: numberOf("SEND_TIMEOUT_MS", env.SEND_TIMEOUT_MS, TIMEOUT_MS),
    retry: { attempts: 1, maxDelayMs: LONGEST_WAIT_MS },
  });
  return async (request: string, stamp: string): Promise<Outcome> => {
    try {
      const { recipient_id, message_id, fbtraceId } = await client.send(stamped(request, stamp));
      return { ok: true, receipt: defined({ recipient_id, message_id, fbtrace_id: fbtraceId }) };
    } catch (error) {
      return { ok: false, failure: failureOf(error) };
    }
  };
}

/** The request with its stamp, after the caller's own metadata. Only messages have metadata; sender actions, for example, do not. */
export function stamped(request: string, stamp: string): SendRequest {
  const parsed = JSON.parse(request) as { message?: { metadata?: string } };
  if (parsed.message !== undefined) {
    const { metadata } = parsed.message;
    parsed.message.metadata = metadata ? `${metadata} ${stamp}` : stamp;
  }
  return parsed as SendRequest;
}

function failureOf(error: unknown): Failure {
  if (isSendError(error)) {
    const { kind, delivery, retryable, message, hint, code, subcode } = error;
    return {
      kind,
      delivery,
      retryable,
      message,
      ...defined({
        retry_after_ms: error.retryAfterMs,
        http_status: error.status,
        code,
        subcode,
        fbtrace_id: error.fbtraceId,
        hint,
      }),
    };
  }
  if (isValidationError(error)) {
    const { message } = error;
    return { kind: "validation", delivery: "not_sent", retryable: false, message };
  }
  // No other error is documented. If there is one, it is unknown whether a request was sent.
  return { kind: "interrupted", delivery: "unknown", retryable: false, message: String(error) };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function defined<T extends object>(members: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
