// Problem documents (RFC 9457), the responses to all errors.

const TITLES = {
  "invalid-json": [400, "The body is not JSON"],
  "invalid-webhook": [400, "The body is not a webhook of a Page"],
  "invalid-messages": [400, "Messages cannot be sent as they are"],
  "too-many-messages": [400, "Too many messages"],
  unauthorized: [401, "A key is needed"],
  "page-not-allowed": [403, "The key is not for this Page"],
  "wrong-signature": [403, "The webhook is not signed by Meta"],
  "wrong-verify-token": [403, "The verify token is wrong"],
  "origin-not-allowed": [403, "Pages of this origin may not call"],
  "not-found": [404, "There is no such thing"],
  "method-not-allowed": [405, "The method is not served here"],
  "key-reused": [409, "An idempotency key stands for another message"],
  "body-too-large": [413, "The body is too large"],
  "not-json": [415, "The body must be JSON"],
  "message-refused": [422, "Graph has refused the message"],
  "too-many-requests": [429, "Too many requests"],
  "internal-error": [500, "Something is wrong with the sender"],
  "not-configured": [500, "The sender is not configured"],
  "not-now": [503, "The message cannot go now"],
  unavailable: [503, "The sender cannot be reached"],
  "outcome-unknown": [504, "Nobody knows whether the message arrived"],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemType = keyof typeof TITLES;

/** An error that is answered with a problem document. */
export class Problem extends Error {
  readonly type: ProblemType;
  readonly members: Record<string, unknown>;
  readonly headers: Record<string, string>;

  /** `members` are added to the document. */
  constructor(
    type: ProblemType,
    detail: string,
    members: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.type = type;
    this.members = members;
    this.headers = headers;
  }

  get status(): number {
    return TITLES[this.type][0];
  }

  response(traceId: string): Response {
    const [status, title] = TITLES[this.type];
    const body = {
      type: `urn:messenger-sender:problem:${this.type}`,
      title,
      status,
      detail: this.message,
      ...this.members,
      trace_id: traceId,
    };
    return new Response(JSON.stringify(body), {
      status,
      headers: {
        "Content-Type": "application/problem+json",
        "Cache-Control": "no-store",
        ...this.headers,
      },
    });
  }
}

/** The header `Retry-After`, in seconds. */
export function retryAfter(ms: number): Record<string, string> {
  return { "Retry-After": String(Math.max(1, Math.ceil(ms / 1000))) };
}
