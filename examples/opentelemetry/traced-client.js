// A client that records each request to Graph as an OpenTelemetry span, without the token or the
// message.
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { createClient } from "messenger-send";

const tracer = trace.getTracer("messenger-send");

/** As `createClient`: a send that is repeated has a span for each attempt, below whatever span is active when the attempt ends. */
export function tracedClient(options) {
  return createClient({
    ...options,
    onResponse(info) {
      record(info);
      options.onResponse?.(info);
    },
  });
}

function record({ edge, pageId, attempt, ok, status, durationMs, fbtraceId, usage }) {
  const endTime = Date.now();
  const span = tracer.startSpan(`POST ${edge}`, {
    kind: SpanKind.CLIENT,
    startTime: endTime - durationMs,
  });
  span.setAttributes({
    "http.request.method": "POST",
    "http.request.resend_count": attempt - 1,
    "messenger.page_id": pageId,
    // Attributes without a value are omitted.
    "http.response.status_code": status,
    "messenger.fbtrace_id": fbtraceId,
    "messenger.app_usage_percent": usage?.app?.callCount,
  });
  if (!ok) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(endTime);
}
