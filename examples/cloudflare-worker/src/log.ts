// Structured logs: one JSON object per line, with the trace id of the response. They contain no secrets and no message content.

type Level = "info" | "warn" | "error";

export function log(level: Level, event: string, members: Record<string, unknown> = {}): void {
  console[level](JSON.stringify({ level, event, ...members }));
}

/** The trace id of a request: that of a W3C `traceparent`, or a new one. https://www.w3.org/TR/trace-context/ */
export function traceIdOf(request: Request): string {
  const [, traceId] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(
      request.headers.get("traceparent") ?? "",
    ) ?? [];
  return traceId ?? crypto.randomUUID().replaceAll("-", "");
}
