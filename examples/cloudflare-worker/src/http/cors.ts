// Which web pages may call: none, unless ALLOWED_ORIGINS lists their origins.
import type { Env } from "../env.ts";
import { Problem } from "./problem.ts";

const DAY_SECONDS = "86400";

/** The headers that let a page of an allowed origin read the response. */
export function corsHeaders(request: Request, env: Env): Record<string, string> {
  const origin = request.headers.get("Origin");
  const allowed = (env.ALLOWED_ORIGINS ?? "").split(/[\s,]+/).filter((one) => one !== "");
  return origin !== null && allowed.includes(origin)
    ? {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Location, Retry-After, X-Trace-Id",
        Vary: "Origin",
      }
    : {};
}

export function preflight(request: Request, env: Env): Response {
  const headers = corsHeaders(request, env);
  if (Object.keys(headers).length === 0) {
    throw new Problem("origin-not-allowed", "ALLOWED_ORIGINS does not name this origin.");
  }
  return new Response(null, {
    status: 204,
    headers: {
      ...headers,
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "Authorization, Content-Type, Traceparent",
      "Access-Control-Max-Age": DAY_SECONDS,
    },
  });
}
