// Every way in which a send can fail on the wire, one after the other; the same text runs in Node and in workerd.
// Each: its name, the steps of the local Graph, the options, and what must come of it: kind (or "sent"), delivery, attempts.

const unknown = (kind) => [kind, "unknown", 1];
const rejected = (kind) => [kind, "rejected", 1];
const sentAfter = (attempts) => ["sent", undefined, attempts];
const soon = { timeoutMs: 300 };
const again = { retry: { attempts: 3, baseDelayMs: 1 } };
const throttle = (code) => [{ step: "throttle", times: 2, code }];

/** @param {string} elsewhere another server's address, to which the token must not go */
export const failures = (elsewhere) => [
  ["silence", [{ step: "silence" }], soon, unknown("timeout")],
  ["headers, then silence", [{ step: "headersThenSilence" }], soon, unknown("timeout")],
  ["a drip", [{ step: "drip", everyMs: 100 }], soon, unknown("timeout")],
  ["half of the body, then silence", [{ step: "stall" }], soon, unknown("timeout")],
  ["a reset before the answer", [{ step: "resetBefore" }], {}, unknown("network")],
  ["an end before the answer", [{ step: "resetBefore", fin: true }], {}, unknown("network")],
  ["a reset after it was accepted", [{ step: "acceptThenReset" }], {}, unknown("network")],
  ["a reset inside the answer", [{ step: "resetInside" }], {}, unknown("network")],
  ["half of the JSON", [{ step: "halfJson" }], {}, unknown("invalid_response")],
  ["nothing, 200", [{ step: "empty", status: 200 }], {}, unknown("invalid_response")],
  ["nothing, 204", [{ step: "empty", status: 204 }], {}, unknown("invalid_response")],
  ["nothing, 400", [{ step: "empty", status: 400 }], {}, rejected("invalid_response")],
  ["nothing, 500", [{ step: "empty", status: 500 }], {}, unknown("invalid_response")],
  ["a page, 200", [{ step: "html", status: 200 }], {}, unknown("invalid_response")],
  ["a page, 404", [{ step: "html", status: 404 }], {}, rejected("invalid_response")],
  ["a page, 502", [{ step: "html", status: 502 }], {}, unknown("invalid_response")],
  ["a list", [{ step: "array" }], {}, unknown("invalid_response")],
  ["an object without an id", [{ step: "raw", status: 200, body: { success: true } }], {}, unknown("invalid_response")],
  ["50 MB", [{ step: "huge", bytes: 50 * 1024 * 1024 }], {}, unknown("invalid_response")],
  ["an error in a 200", [{ step: "okWithError", code: 190 }], {}, rejected("auth")],
  ["a redirect, 302", [{ step: "redirect", to: `${elsewhere}/v25.0/me/messages`, status: 302 }], {}, unknown("invalid_response")],
  ["a redirect, 307", [{ step: "redirect", to: `${elsewhere}/v25.0/me/messages`, status: 307 }], {}, unknown("invalid_response")],
  ["613 for a while", throttle(613), again, sentAfter(3)],
  ["4 for a while", throttle(4), again, sentAfter(3)],
  ["2 for a while", throttle(2), again, sentAfter(3)],
  ["1200 for a while", throttle(1200), again, sentAfter(3)],
  ["80006 for longer than the longest wait", [{ step: "throttle", code: 80006, regainMinutes: 3 }], again, rejected("rate_limit")],
  ["is_transient: false", [{ step: "error", code: 2, is_transient: false }], again, rejected("transient")],
  ["is_transient: true", [{ step: "error", code: 100, is_transient: true }], again, sentAfter(2)],
  ["1/1357046", [{ step: "error", code: 1, subcode: 1357046 }], again, unknown("transient")],
];

/** @returns {Promise<Record<string, unknown[]>>} by name: kind, delivery, attempts; and how many requests the local Graph got */
export async function runFailures(api, { graph, token, elsewhere }) {
  const results = {};
  const tell = async (path, steps) => (await fetch(`${graph}/__graph/${path}`, { method: "POST", body: JSON.stringify(steps) })).text();
  for (const [name, steps, options] of failures(elsewhere)) {
    await tell("reset", []);
    await tell("script", steps);
    const request = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: name } };
    const outcome = await api.send(request, { accessToken: token, baseUrl: graph, timeoutMs: 5000, ...options }).then(
      ({ attempts }) => ["sent", undefined, attempts],
      ({ kind, delivery, attempts }) => [kind, delivery, attempts],
    );
    const requests = await (await fetch(`${graph}/__graph/requests`)).json();
    results[name] = { outcome, requests: requests.length };
  }
  await tell("reset", []);
  return results;
}
