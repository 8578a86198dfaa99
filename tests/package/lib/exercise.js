// Exercises the installed package in every runtime: the same code runs in Node, Deno, Bun, workerd
// and Chromium. Its results are plain data, which outcome.mjs checks.

const PERSON = { id: "4815162342" };

/** Needs only the package: no network, no permission. */
export function check(api) {
  const built = api.buildMessage({ to: PERSON.id, text: "hello, world" });
  return {
    built,
    good: api.validate(built),
    tooLong: api.validate({
      recipient: PERSON,
      messaging_type: "RESPONSE",
      message: { text: "x".repeat(2001) },
    }),
    withdrawn: api.validateJson(
      JSON.stringify({
        recipient: PERSON,
        messaging_type: "MESSAGE_TAG",
        tag: "ACCOUNT_UPDATE",
        message: { text: "hello" },
      }),
    ),
    bytes: api.validateJson(new TextEncoder().encode('{"recipient":')),
    cycle: api.validate(cycle()),
    schema: api.sendRequestSchema["~standard"].validate({ message: { text: "hello" } }),
    refusedDraft: caught(() => api.buildMessage({ to: PERSON.id, text: "x".repeat(2001) })),
    rules: api.rules().map(({ code }) => code),
  };
}

/** Sends one message, and one that Graph refuses. */
export async function deliver(api, { graph, token }) {
  const request = api.buildMessage({ to: PERSON.id, text: "Grüße, 世界 & = + %" });
  const receipt = await api.send(request, { accessToken: token, baseUrl: graph });
  const refused = await api
    .send(request, { accessToken: `${token}wrong`, baseUrl: graph })
    .catch((error) => described(api, error));
  const invalid = await api
    .send({ recipient: PERSON, message: {} }, { accessToken: token, baseUrl: graph })
    .catch((error) => described(api, error));
  return { receipt, refused, invalid };
}

const FAILURES = [
  ["silence", [{ step: "silence" }], { timeoutMs: 300 }],
  ["stalled body", [{ step: "stall" }], { timeoutMs: 300 }],
  ["abort", [{ step: "silence" }], { abortWith: "enough" }],
  ["abort of a body", [{ step: "stall" }], { abortWith: null }],
  ["page", [{ step: "html", status: 502 }], {}],
  ["half", [{ step: "halfJson" }], {}],
  ["reset", [{ step: "resetInside" }], {}],
  ["redirect", [{ step: "redirect", to: "/v25.0/me/messages", status: 307 }], {}],
  ["error in a 200", [{ step: "okWithError", code: 190 }], {}],
  [
    "later, then json",
    [{ step: "error", code: 613 }],
    { encoding: "json", retry: { baseDelayMs: 1 } },
  ],
];

/**
 * Failures that the `fetch` of each runtime reports differently, one after the other. The local
 * Graph is scripted before each.
 */
export async function fail(api, { graph, token }) {
  const results = {};
  const tell = (path, steps) =>
    fetch(`${graph}/__graph/${path}`, { method: "POST", body: JSON.stringify(steps) });
  for (const [name, steps, { abortWith, ...options }] of FAILURES) {
    await (await tell("reset", [])).text();
    await (await tell("script", steps)).text();
    const abort = new AbortController();
    if (abortWith !== undefined) {
      setTimeout(() => abort.abort(abortWith), 300);
    }
    const sending = api.send(
      { recipient: PERSON, messaging_type: "RESPONSE", message: { text: name } },
      { accessToken: token, baseUrl: graph, signal: abort.signal, ...options },
    );
    results[name] = await sending.then(
      ({ attempts }) => ["sent", attempts],
      ({ kind, delivery, attempts, cause }) => [
        kind,
        delivery,
        attempts,
        ...(abortWith !== undefined && cause === abortWith ? ["cause"] : []),
      ],
    );
  }
  await (await tell("reset", [])).text();
  return results;
}

function cycle() {
  const value = { recipient: PERSON };
  value.message = value;
  return value;
}

function caught(call) {
  try {
    return { returned: call() };
  } catch (error) {
    return {
      name: error.name,
      isError: error instanceof Error,
      codes: error.issues?.map(({ code }) => code),
      request: error.request,
    };
  }
}

function described(api, error) {
  return {
    name: error.name,
    isError: error instanceof Error,
    isSendError: api.isSendError(error),
    isValidationError: api.isValidationError(error),
    kind: error.kind,
    delivery: error.delivery,
    code: error.code,
    attempts: error.attempts,
    issues: error.issues?.length,
  };
}
