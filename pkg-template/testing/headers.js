// The headers of a response: https://developers.facebook.com/docs/graph-api/overview/rate-limiting

/**
 * @param {{ page: string, version: string | null }} call
 * @param {Record<string, string | null>} [overrides] take precedence; null removes a header
 * @param {import("./ids.js").Ids} ids
 * @returns {Record<string, string>}
 */
export function answerHeaders(call, overrides = {}, ids) {
  const usage = {
    type: "messenger",
    call_count: 1,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: 0,
  };
  const headers = {
    "Content-Type": "application/json; charset=UTF-8",
    "Access-Control-Allow-Origin": "*",
    Vary: "Origin",
    "Cache-Control": "private, no-cache, no-store, must-revalidate",
    "facebook-api-version": call.version ?? "v25.0",
    "x-fb-trace-id": ids.trace(),
    "x-fb-rev": "1000000001",
    "x-fb-debug": ids.trace(),
    "X-Business-Use-Case-Usage": JSON.stringify({ [call.page]: [usage] }),
    "X-App-Usage": JSON.stringify({ call_count: 1, total_time: 1, total_cputime: 1 }),
  };
  for (const [name, value] of Object.entries(overrides)) {
    const key =
      Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
    if (value === null) {
      delete headers[key];
    } else {
      headers[key] = value;
    }
  }
  return headers;
}
