// The expected results of exercise.js, in every runtime.
import assert from "node:assert/strict";

export const TOKEN = "EAABtesttoken";
const MARK = "RESULT ";

/** How a program prints its result, and how it is found among other lines. */
export const tell = `(result) => console.log(${JSON.stringify(MARK)} + JSON.stringify(result))`;

export function told({ code, output, timedOut }) {
  const line = output.split("\n").find((one) => one.startsWith(MARK));
  assert.ok(
    line !== undefined && code === 0 && !timedOut,
    `the program must end well and tell a result (code ${code}):\n${output}`,
  );
  return JSON.parse(line.slice(MARK.length));
}

export function assertChecked(result) {
  assert.deepEqual(result.built, {
    recipient: { id: "4815162342" },
    messaging_type: "RESPONSE",
    message: { text: "hello, world" },
  });
  assert.deepEqual(result.good, { valid: true, issues: [] });
  const tooLong = result.tooLong.issues.find(({ code }) => code === "text.too_long");
  assert.equal(result.tooLong.valid, false);
  assert.equal(tooLong?.pointer, "/message/text");
  assert.deepEqual(tooLong.path, ["message", "text"]);
  assert.equal(tooLong.actual, 2001);
  assert.equal(tooLong.limit, 2000);
  assert.equal(result.withdrawn.valid, false);
  const withdrawn = result.withdrawn.issues.find(
    ({ pointer, severity }) => pointer === "/tag" && severity === "error",
  );
  assert.equal(withdrawn?.graphCode, 100);
  assert.match(withdrawn.message, /2026-04-27/);
  assert.deepEqual(
    result.bytes.issues.map(({ code, pointer }) => [code, pointer]),
    [["json.malformed", ""]],
  );
  assert.deepEqual(
    result.cycle.issues.map(({ code, pointer }) => [code, pointer]),
    [["json.unserializable", ""]],
  );
  assert.ok(
    result.schema.issues.some(
      ({ path, message }) => path[0] === "recipient" && path.length === 1 && message.length > 0,
    ),
  );
  assert.equal(result.refusedDraft.name, "ValidationError");
  assert.equal(result.refusedDraft.isError, true);
  assert.ok(result.refusedDraft.codes.includes("text.too_long"));
  assert.equal(result.refusedDraft.request.message.text.length, 2001);
  assert.ok(result.rules.includes("text.too_long"));
}

export function assertFailed(results) {
  assert.deepEqual(results, {
    silence: ["timeout", "unknown", 1],
    "stalled body": ["timeout", "unknown", 1],
    abort: ["aborted", "unknown", 1, "cause"],
    "abort of a body": ["aborted", "unknown", 1, "cause"],
    page: ["invalid_response", "unknown", 1],
    half: ["invalid_response", "unknown", 1],
    reset: ["network", "unknown", 1],
    redirect: ["invalid_response", "unknown", 1],
    "error in a 200": ["auth", "rejected", 1],
    "later, then json": ["sent", 2],
  });
}

/** @param graph The local stand-in that the messages went to. */
export function assertDelivered(result, graph) {
  const [accepted, ...more] = graph.accepted;
  assert.deepEqual(more, [], "one message only is accepted");
  assert.deepEqual(accepted.params, {
    recipient: { id: "4815162342" },
    messaging_type: "RESPONSE",
    message: { text: "Grüße, 世界 & = + %" },
  });
  assert.equal(result.receipt.message_id, accepted.message_id);
  assert.equal(result.receipt.recipient_id, "4815162342");
  assert.equal(result.receipt.attempts, 1);
  assert.equal(
    graph.requests.length,
    2,
    "the invalid message does not reach Graph, and the default encoding needs no preflight",
  );
  for (const request of graph.requests) {
    assert.equal(request.method, "POST");
    assert.equal(request.path, "/v25.0/me/messages");
    assert.deepEqual(request.query, {});
    assert.match(request.headers["content-type"], /^application\/x-www-form-urlencoded\b/);
  }
  assert.equal(graph.requests[0].params.access_token, TOKEN);
  const { issues: _, ...refused } = result.refused;
  assert.deepEqual(refused, {
    name: "SendError",
    isError: true,
    isSendError: true,
    isValidationError: false,
    kind: "auth",
    delivery: "rejected",
    code: 190,
    attempts: 1,
  });
  assert.equal(result.invalid.name, "ValidationError");
  assert.equal(result.invalid.isValidationError, true);
  assert.ok(result.invalid.issues > 0);
}
