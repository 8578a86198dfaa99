// The Worker: the routes, and what all responses have in common.
import type { Env } from "./env.ts";
import { authenticate } from "./http/authenticate.ts";
import { corsHeaders, preflight } from "./http/cors.ts";
import { Problem } from "./http/problem.ts";
import { log, traceIdOf } from "./log.ts";
import { consume } from "./queue.ts";
import { getMessage, postMessages } from "./routes/messages.ts";
import { getMetrics, getPage, getPages } from "./routes/pages.ts";
import { getWebhook, postWebhook } from "./routes/webhook.ts";

export { PageObject } from "./page-object.ts";

export default {
  async fetch(request, env): Promise<Response> {
    const began = Date.now();
    const traceId = traceIdOf(request);
    const response = await answer(request, env, traceId);
    const headers = {
      "X-Trace-Id": traceId,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
      ...corsHeaders(request, env),
    };
    const answered = new Response(response.body, response);
    for (const [name, value] of Object.entries(headers)) {
      answered.headers.set(name, value);
    }
    log("info", "request", {
      trace_id: traceId,
      method: request.method,
      path: new URL(request.url).pathname,
      status: answered.status,
      duration_ms: Date.now() - began,
    });
    return answered;
  },

  async queue(batch, env): Promise<void> {
    await consume(batch, env);
  },
} satisfies ExportedHandler<Env>;

async function answer(request: Request, env: Env, traceId: string): Promise<Response> {
  try {
    return await route(request, env, traceId);
  } catch (error) {
    if (error instanceof Problem) {
      return error.response(traceId);
    }
    // The errors of an object that is being moved or is overloaded have these members; the caller may try again.
    const isPassing = isObject(error) && (error.retryable === true || error.overloaded === true);
    log("error", "a request failed", { trace_id: traceId, error: String(error) });
    const problem = isPassing
      ? new Problem(
          "unavailable",
          "Try again, with the same idempotency keys.",
          {},
          { "Retry-After": "1" },
        )
      : new Problem("internal-error", "The log has more, under the trace id.");
    return problem.response(traceId);
  }
}

async function route(request: Request, env: Env, traceId: string): Promise<Response> {
  const { method } = request;
  const [, name = "", id, ...more] = new URL(request.url).pathname.split("/");
  const path = more.length > 0 ? "" : id === undefined ? name : `${name}/`;
  if (method === "OPTIONS" && path in METHODS) {
    return preflight(request, env);
  }
  const allowed = METHODS[path];
  if (allowed === undefined) {
    throw new Problem("not-found", "README.md lists what is served.");
  }
  if (!allowed.includes(method)) {
    throw new Problem(
      "method-not-allowed",
      `Served are ${allowed.join(", ")}.`,
      {},
      {
        Allow: allowed.join(", "),
      },
    );
  }
  if (path === "webhook") {
    return method === "GET" ? getWebhook(request, env) : postWebhook(request, env);
  }
  const caller = await authenticate(request, env);
  switch (path) {
    case "messages":
      return postMessages(request, env, caller, traceId);
    case "messages/":
      return getMessage(id ?? "", env, caller);
    case "pages":
      return getPages(env, caller);
    case "pages/":
      return getPage(id ?? "", env, caller);
    default:
      return getMetrics(env, caller);
  }
}

const METHODS: Record<string, readonly string[] | undefined> = {
  __proto__: null as never,
  messages: ["POST"],
  "messages/": ["GET"],
  pages: ["GET"],
  "pages/": ["GET"],
  webhook: ["GET", "POST"],
  metrics: ["GET"],
};

function isObject(value: unknown): value is { retryable?: unknown; overloaded?: unknown } {
  return typeof value === "object" && value !== null;
}
