// `sendAll` of the packed package: every message is reported once, in order for each recipient,
// whatever the source, Graph and the signal do. How fast it sends is in send-all-pace.test.mjs.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import * as step from "../local-graph/steps.mjs";
import { startGraphThread } from "../local-graph/thread.mjs";
import { tell, told } from "./lib/outcome.mjs";
import { installed, project, runIn } from "./lib/project.mjs";
import { assertHoldsNone } from "./lib/secrets.mjs";

const TOKEN = 'EAABtest+token/with="&signs';
const LIMIT = { timeout: 60_000 };
/** For thousands of requests on a busy machine. */
const PATIENT = { timeout: 300_000 };
/** Fast enough not to matter. */
const QUICK = { perSecond: 1e6 };

let api;
before(async () => {
  api = await installed();
});

const messageTo = (id, text = `to ${id}`) => ({
  recipient: { id: String(id) },
  messaging_type: "RESPONSE",
  message: { text },
});
const messages = (count) => Array.from({ length: count }, (_, index) => messageTo(1000 + index));

/** Runs it, and checks the invariants of the results and the summary. */
async function all(source, options) {
  const results = [];
  const summary = await api.sendAll(source, {
    accessToken: TOKEN,
    ...QUICK,
    ...options,
    onResult: (result) => results.push(result),
  });
  assertConsistent(results, summary);
  return { results, summary, byIndex: results.toSorted((one, other) => one.index - other.index) };
}

function assertConsistent(results, summary) {
  const counted = { done: results.length, sent: 0, failed: 0, unknown: 0, not_sent: 0 };
  for (const result of results) {
    counted[result.status] += 1;
    assertResult(result);
  }
  const { durationMs, stopped, ...counts } = summary;
  assert.deepEqual(counts, counted);
  assert.ok(durationMs >= 0);
  assert.ok(stopped === undefined || api.isSendError(stopped));
  const indexes = results.map(({ index }) => index).toSorted((one, other) => one - other);
  assert.deepEqual(
    indexes,
    indexes.map((_, at) => at),
    "each message once, and no gap",
  );
}

function assertResult({ status, receipt, error }) {
  if (status === "sent") {
    assert.ok(receipt.attempts >= 1 && error === undefined);
    return;
  }
  assert.equal(receipt, undefined);
  if (api.isValidationError(error)) {
    assert.equal(status, "failed");
  } else {
    assert.ok(error instanceof api.SendError);
    assert.equal(
      status,
      { rejected: "failed", unknown: "unknown", not_sent: "not_sent" }[error.delivery],
    );
  }
}

/**
 * A `fetch` that answers by itself, for one message a request. `answer(call)` gives an error of Graph's as an object, nothing for a receipt.
 * `calls` are `{ id, text, params }` in their order; `most` is how many were under way at once.
 */
function graphDouble(answer = () => undefined) {
  const calls = [];
  const seen = { calls, underWay: 0, most: 0 };
  seen.fetch = async (_url, init) => {
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    const params = new URLSearchParams(init.body);
    const { id } = JSON.parse(params.get("recipient"));
    const call = { id, text: JSON.parse(params.get("message")).text, params, number: calls.length };
    calls.push(call);
    const error = await answer(call);
    seen.underWay -= 1;
    return error === undefined
      ? Response.json({ recipient_id: id, message_id: `m_${call.number}` })
      : Response.json({ error }, { status: 400 });
  };
  return seen;
}

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A test with its own Graph, with these steps. */
function withGraph(name, body, options = {}) {
  test(name, LIMIT, async (t) => {
    const graph = await startGraph({ token: TOKEN, keep: 100_000, ...options });
    t.after(() => graph.close());
    await body(graph, t);
    for (const { path, query } of graph.requests) {
      assert.ok(!`${path}${JSON.stringify(query)}`.includes("EAAB"), "no token in an address");
    }
  });
}

// --- Results ---

withGraph("each message is sent once, with a receipt of its own", async (graph) => {
  const source = messages(150);
  const { byIndex, summary } = await all(source, { baseUrl: graph.url });
  assert.deepEqual(
    { ...summary, durationMs: 0 },
    { done: 150, sent: 150, failed: 0, unknown: 0, not_sent: 0, durationMs: 0 },
  );
  for (const { index, request, receipt } of byIndex) {
    assert.equal(request, source[index]);
    assert.equal(receipt.recipient_id, source[index].recipient.id);
    assert.ok(graph.accepted.some(({ message_id }) => message_id === receipt.message_id));
  }
});

withGraph(
  "a message that breaks a rule, one that Graph refuses and one that is lost do not disturb the others",
  async (graph) => {
    graph.script(
      ({ params }) =>
        ({ 1: step.error({ code: 551 }), 2: step.acceptThenReset() })[params.recipient.id] ??
        step.ok(),
    );
    const source = [
      messageTo(1),
      messageTo(2),
      messageTo(3, "x".repeat(2001)),
      undefined,
      { id: 1n },
      messageTo(4),
    ];
    const { byIndex } = await all(source, { baseUrl: graph.url });
    assert.deepEqual(
      byIndex.map(({ status, error }) => [status, error?.kind ?? error?.name]),
      [
        ["failed", "recipient"],
        ["unknown", "network"],
        ["failed", "ValidationError"],
        ["failed", "ValidationError"],
        ["failed", "ValidationError"],
        ["sent", undefined],
      ],
    );
  },
);

withGraph("a request that carries the token is not sent, and stops nothing", async (graph) => {
  const { byIndex, summary } = await all([{ ...messageTo(1), access_token: TOKEN }, messageTo(2)], {
    baseUrl: graph.url,
  });
  assert.deepEqual(
    byIndex.map(({ status, error }) => [status, error?.kind]),
    [
      ["not_sent", "configuration"],
      ["sent", undefined],
    ],
  );
  assert.equal(summary.stopped, undefined);
});

test("a request is read when it is taken: the same object may be used again", LIMIT, async () => {
  const graph = graphDouble(() => later(5));
  const source = function* () {
    const request = messageTo(1, "");
    for (const text of ["one", "two", "three"]) {
      request.message.text = text;
      yield request;
    }
  };
  await all(source(), { fetch: graph.fetch });
  assert.deepEqual(
    graph.calls.map(({ text }) => text),
    ["one", "two", "three"],
  );
});

withGraph("what Graph means to be later is sent again, and told to onRetry", async (graph) => {
  graph.script(step.error({ code: 1200 }), step.error({ code: 2 }));
  const heard = [];
  const { summary } = await all(messages(3), {
    baseUrl: graph.url,
    retry: { baseDelayMs: 1 },
    onRetry: (info) => heard.push(info),
  });
  assert.equal(summary.sent, 3);
  assert.equal(graph.requests.length, 5);
  assert.deepEqual(
    heard.map(({ attempt, error }) => [attempt, error instanceof api.SendError]),
    [
      [1, true],
      [1, true],
    ],
  );
});

test("each message has its own attempts", LIMIT, async () => {
  const graph = graphDouble(({ id }) => (id === "1000" ? { code: 1200 } : undefined));
  const { byIndex } = await all(messages(3), {
    fetch: graph.fetch,
    retry: { attempts: 4, baseDelayMs: 1 },
  });
  assert.deepEqual(
    byIndex.map(({ status, error, receipt }) => [status, (error ?? receipt).attempts]),
    [
      ["failed", 4],
      ["sent", 1],
      ["sent", 1],
    ],
  );
});

test(
  "a message that may have arrived is not sent again, unless that is asked for",
  LIMIT,
  async () => {
    for (const [unknown, expected] of [
      [false, "unknown"],
      [true, "sent"],
    ]) {
      let count = 0;
      const graph = graphDouble();
      const fetch = (...given) => {
        count += 1;
        return count === 1 ? Promise.reject(new TypeError("fetch failed")) : graph.fetch(...given);
      };
      const { results } = await all(messages(1), { fetch, retry: { unknown, baseDelayMs: 1 } });
      assert.equal(results[0].status, expected);
    }
  },
);

// --- Order and concurrency ---

test(
  "messages to one recipient go one after the other, in order; those to others side by side",
  LIMIT,
  async () => {
    const open = new Set();
    const graph = graphDouble(async ({ id, number }) => {
      assert.ok(!open.has(id), "no two at once to one recipient");
      open.add(id);
      await later((number * 7) % 13);
      open.delete(id);
      return number % 5 === 0 ? { code: 551 } : undefined;
    });
    const source = Array.from({ length: 200 }, (_, index) => messageTo(index % 10, String(index)));
    const { summary } = await all(source, { fetch: graph.fetch });
    assert.equal(summary.done, 200);
    assert.ok(summary.failed > 0, "an earlier failure does not keep the later ones");
    for (let id = 0; id < 10; id += 1) {
      const texts = graph.calls
        .filter((call) => call.id === String(id))
        .map(({ text }) => Number(text));
      assert.deepEqual(
        texts,
        texts.toSorted((one, other) => one - other),
      );
      assert.equal(texts.length, 20);
    }
    assert.ok(graph.most > 5, `${graph.most} at once`);
  },
);

test(
  "a message that is sent again keeps its place before the next one to its recipient",
  LIMIT,
  async () => {
    const graph = graphDouble(({ number }) => (number < 2 ? { code: 1200 } : undefined));
    await all([messageTo(1, "first"), messageTo(1, "second")], {
      fetch: graph.fetch,
      retry: { baseDelayMs: 1 },
    });
    assert.deepEqual(
      graph.calls.map(({ text }) => text),
      ["first", "first", "first", "second"],
    );
  },
);

test("recipients of every form keep their order", LIMIT, async () => {
  const graph = graphDouble(() => later(1));
  graph.fetch = graphOfAny(graph);
  const recipients = [{ user_ref: "u" }, { comment_id: "c" }, { phone_number: "+1(212)555-2368" }];
  const source = [0, 1, 2].flatMap((text) =>
    recipients.map((recipient) => ({ ...messageTo(1, String(text)), recipient })),
  );
  await all(source, { fetch: graph.fetch });
  for (const recipient of recipients) {
    const key = JSON.stringify(recipient);
    assert.deepEqual(
      graph.calls.filter((call) => call.recipient === key).map(({ text }) => text),
      ["0", "1", "2"],
    );
  }
});

function graphOfAny({ calls }) {
  return async (_url, init) => {
    const params = new URLSearchParams(init.body);
    calls.push({
      recipient: params.get("recipient"),
      text: JSON.parse(params.get("message")).text,
    });
    await later(2);
    return Response.json({ message_id: "m_1" });
  };
}

test("never more than `concurrency` requests are in flight", LIMIT, async () => {
  for (const concurrency of [1, 7]) {
    const graph = graphDouble(() => later(1));
    await all(messages(60), { fetch: graph.fetch, concurrency });
    assert.equal(graph.most, concurrency);
  }
});

test("many messages to one slow recipient do not delay the others", LIMIT, async () => {
  let free;
  const slow = new Promise((resolve) => (free = resolve));
  const graph = graphDouble(({ id }) => (id === "slow" ? slow : undefined));
  const source = [...Array.from({ length: 300 }, () => messageTo("slow")), ...messages(300)];
  let others = 0;
  const running = api.sendAll(source, {
    accessToken: TOKEN,
    ...QUICK,
    fetch: graph.fetch,
    onResult: ({ request }) => {
      others += request.recipient.id === "slow" ? 0 : 1;
      if (others === 300) {
        free();
      }
    },
  });
  assert.equal((await running).sent, 600);
});

// --- Sources ---

test("every iterable is a source", LIMIT, async () => {
  const three = messages(3);
  const sources = {
    array: () => three,
    set: () => new Set(three),
    generator: () => three.values(),
    "async generator": async function* () {
      yield* three;
    },
    stream: () => ReadableStream.from(three),
    "a function's own iterator": () => ({ [Symbol.iterator]: () => three[Symbol.iterator]() }),
    nothing: () => [],
  };
  for (const [name, open] of Object.entries(sources)) {
    const { summary } = await all(open(), { fetch: graphDouble().fetch });
    assert.equal(summary.sent, name === "nothing" ? 0 : 3, name);
  }
});

test("messages from a slow source are sent at once", LIMIT, async () => {
  const graph = graphDouble();
  const source = async function* () {
    for (let index = 0; index < 3; index += 1) {
      yield messageTo(index);
      await later(60);
      assert.equal(graph.calls.length, index + 1);
    }
  };
  assert.equal((await all(source(), { fetch: graph.fetch })).summary.sent, 3);
});

test(
  "a source that throws stops the run; what had been taken is accounted for",
  LIMIT,
  async () => {
    const boom = new Error("the database is gone");
    const sources = {
      generator: function* () {
        yield* messages(5);
        throw boom;
      },
      "async generator": async function* () {
        yield* messages(5);
        await later(50);
        throw boom;
      },
      "next that throws": () => ({ [Symbol.iterator]: () => ({ next: () => assert.fail(boom) }) }),
      "a getter that throws": () => ({
        [Symbol.iterator]: () => ({
          next: () => ({
            get done() {
              throw boom;
            },
          }),
        }),
      }),
      "a promise that is rejected": () => ({
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(boom) }),
      }),
      "a step that is none": () => ({ [Symbol.asyncIterator]: () => ({ next: () => undefined }) }),
    };
    for (const [name, open] of Object.entries(sources)) {
      const { summary } = await all(open(), { fetch: graphDouble().fetch });
      assert.deepEqual(
        [summary.stopped?.kind, summary.stopped?.delivery],
        ["configuration", "not_sent"],
        name,
      );
      assert.ok(summary.stopped.cause instanceof Error, name);
      assert.equal(summary.done, name.includes("generator") ? 5 : 0, name);
      assert.equal(summary.done, summary.sent + summary.not_sent, name);
    }
  },
);

const ENDLESS = `
  import { sendAll } from "messenger-send";
  const abort = new AbortController();
  const heap = [];
  let [taken, settled, most, closed] = [0, 0, 0, false];
  function* source() {
    try {
      for (;;) {
        taken += 1;
        most = Math.max(most, taken - settled);
        yield { recipient: { id: String(taken % 5000) }, messaging_type: "RESPONSE", message: { text: taken + "x".repeat(500) } };
      }
    } finally {
      closed = true;
    }
  }
  // In turns of their own: what a turn has touched is kept to its end.
  const measure = () => {
    if (settled >= [6000, 8000, 10000, 14000, 16000, 18000][heap.length]) {
      gc();
      heap.push(process.memoryUsage().heapUsed);
    }
    if (heap.length === 6) {
      abort.abort();
    } else {
      setTimeout(setImmediate, 1, measure);
    }
  };
  measure();
  const summary = await sendAll(source(), {
    accessToken: "EAABtesttoken",
    perSecond: Infinity,
    signal: abort.signal,
    fetch: async () => Response.json({ message_id: "m_1" }),
    onResult: () => (settled += 1),
  });
  (${tell})({ summary, heap, taken, most, closed });
`;

test("an endless source takes no more memory than a short one", LIMIT, async () => {
  const folder = await project({ "endless.mjs": ENDLESS });
  const { summary, heap, taken, most, closed } = told(
    await runIn(folder, process.execPath, ["--expose-gc", "endless.mjs"]),
  );
  assert.ok(closed, "the generator is closed");
  assert.equal(summary.stopped.kind, "aborted");
  assert.equal(summary.done, taken, "each message that was taken is accounted for");
  assert.equal(summary.done, summary.sent + summary.failed + summary.unknown + summary.not_sent);
  assert.ok(most <= 1001, `${most} are held at once`);
  // Whatever else a process holds for a moment comes on top: so the least of three counts. 8,000 messages that stay would be 8 MB.
  assert.ok(Math.min(...heap.slice(3)) - Math.min(...heap.slice(0, 3)) < 2_000_000, `${heap}`);
});

// --- Stopping ---

test(
  "a token that dies and a Page that is barred stop the run: the rest comes back, with the reason",
  LIMIT,
  async () => {
    const reasons = [
      [{ code: 190, error_subcode: 463 }, "auth"],
      [{ code: 10, error_subcode: 1893063 }, "policy"],
      [{ code: 368 }, "policy"],
    ];
    for (const [error, kind] of reasons) {
      const graph = graphDouble(({ number }) =>
        number >= 20 ? { message: `no ${TOKEN}`, ...error } : undefined,
      );
      const { byIndex, summary } = await all(messages(2500), {
        fetch: graph.fetch,
        concurrency: 5,
      });
      assert.equal(summary.done, 2500);
      assert.equal(summary.sent, 20);
      assert.ok(summary.failed >= 1 && summary.failed <= 5, "only what was under way");
      assert.equal(summary.not_sent, 2500 - summary.sent - summary.failed);
      assert.equal(graph.calls.length, summary.sent + summary.failed);
      const { status, error: last } = byIndex.at(-1);
      assert.deepEqual(
        [status, last.kind, last.code, last.delivery, last.attempts],
        ["not_sent", kind, error.code, "not_sent", 0],
      );
      assert.equal(summary.stopped, last);
      assertHoldsNone(last, TOKEN);
    }
  },
);

test(
  "permissions: one refusal is a message's own, twenty in a row are the Page's",
  LIMIT,
  async () => {
    const refusal = { code: 200 };
    const some = graphDouble(({ number }) => (number % 10 === 0 ? refusal : undefined));
    assert.equal(
      (await all(messages(100), { fetch: some.fetch, concurrency: 1 })).summary.stopped,
      undefined,
    );
    const every = graphDouble(() => refusal);
    const { summary } = await all(messages(100), { fetch: every.fetch, concurrency: 1 });
    assert.deepEqual(
      [summary.failed, summary.not_sent, summary.stopped.kind],
      [20, 80, "permission"],
    );
  },
);

test(
  "after a stop a source without a known length is closed, and what it still holds stays in it",
  LIMIT,
  async () => {
    const dead = () => graphDouble(() => ({ code: 190 }));
    for (const isAsync of [false, true]) {
      const state = { taken: 0, closed: false };
      const counted = function* () {
        try {
          for (;;) {
            state.taken += 1;
            yield messageTo(state.taken);
          }
        } finally {
          state.closed = true;
        }
      };
      const asynchronous = async function* () {
        yield* counted();
      };
      const source = isAsync ? asynchronous() : counted();
      const { byIndex, summary } = await all(source, { fetch: dead().fetch, concurrency: 1 });
      assert.deepEqual(
        [summary.done, byIndex.length, state.closed],
        [state.taken, state.taken, true],
      );
      assert.ok(state.taken <= 1100, `${state.taken} were taken`);
      assert.equal(summary.stopped.kind, "auth");
    }
  },
);

test("after a stop, all of a list is reported", LIMIT, async () => {
  const { summary } = await all(messages(3000), {
    fetch: graphDouble(() => ({ code: 190 })).fetch,
  });
  assert.deepEqual([summary.done, summary.sent, summary.stopped.kind], [3000, 0, "auth"]);
});

withGraph(
  "an abort: what is under way is settled as send does it, the rest was not sent, and a list is accounted for whole",
  async (graph) => {
    graph.script(() => step.silence());
    const abort = new AbortController();
    const reason = new Error("enough");
    setTimeout(() => abort.abort(reason), 200);
    const { byIndex, summary } = await all(messages(2000), {
      baseUrl: graph.url,
      concurrency: 4,
      signal: abort.signal,
    });
    assert.equal(summary.done, 2000);
    assert.deepEqual([summary.unknown, summary.not_sent], [4, 1996]);
    assert.ok(
      byIndex.slice(0, 4).every(({ error }) => error.kind === "aborted" && error.cause === reason),
    );
    const { error } = byIndex.at(-1);
    assert.deepEqual(
      [error.kind, error.delivery, error.attempts, error.cause],
      ["aborted", "not_sent", 0, reason],
    );
    assert.equal(summary.stopped, error);
    assert.equal(getEventListeners(abort.signal, "abort").length, 0);
  },
);

test("an abort while a message waits to be sent again: it was refused", LIMIT, async () => {
  const abort = new AbortController();
  const graph = graphDouble(() => ({ code: 1200 }));
  const { results } = await all(messages(1), {
    fetch: graph.fetch,
    signal: abort.signal,
    retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    onRetry: () => setTimeout(() => abort.abort(), 10),
  });
  assert.deepEqual(
    results.map(({ status, error }) => [status, error.delivery, error.attempts]),
    [["failed", "rejected", 1]],
  );
});

test("aborted before it begins, by any reason", LIMIT, async () => {
  for (const reason of ["a text", null, new DOMException("x", "TimeoutError")]) {
    const graph = graphDouble();
    const { summary } = await all(messages(30), {
      fetch: graph.fetch,
      signal: AbortSignal.abort(reason),
    });
    assert.deepEqual(
      [summary.not_sent, summary.stopped.kind, graph.calls.length],
      [30, "aborted", 0],
    );
    assert.equal(summary.stopped.cause, reason);
  }
});

test(
  "an abort ends a source that does not answer, and does not wait for it to close",
  LIMIT,
  async () => {
    let closed = 0;
    const hanging = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => {}),
        return() {
          closed += 1;
          return new Promise(() => {});
        },
      }),
    };
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const { summary } = await all(hanging, { fetch: graphDouble().fetch, signal: abort.signal });
    assert.deepEqual([summary.done, summary.stopped.kind, closed], [0, "aborted", 1]);
  },
);

test("an abort out of a listener, and listeners that throw", LIMIT, async () => {
  const abort = new AbortController();
  const graph = graphDouble();
  const summary = await api.sendAll(messages(200), {
    accessToken: TOKEN,
    ...QUICK,
    concurrency: 3,
    fetch: graph.fetch,
    signal: abort.signal,
    onProgress: () => {
      throw new Error("a listener");
    },
    onResult: async ({ index }) => {
      if (index === 10) {
        abort.abort();
      }
      throw new Error("a listener");
    },
  });
  assert.equal(summary.done, 200);
  assert.ok(summary.not_sent > 100);
});

test("a signal has one listener, however many messages are under way", LIMIT, async () => {
  const abort = new AbortController();
  const counts = new Set();
  const graph = graphDouble(async () => {
    await later(5);
    counts.add(getEventListeners(abort.signal, "abort").length);
  });
  await all(messages(50), { fetch: graph.fetch, signal: abort.signal });
  assert.deepEqual([...counts], [1]);
  assert.equal(getEventListeners(abort.signal, "abort").length, 0);
});

// --- Progress ---

test("progress: at the end it is the summary, and on the way it counts up", LIMIT, async () => {
  const graph = graphDouble(() => later(20));
  const told = [];
  const options = {
    accessToken: TOKEN,
    ...QUICK,
    concurrency: 5,
    fetch: graph.fetch,
    onProgress: (progress) => told.push(progress),
  };
  await api.sendAll(messages(60), options);
  assert.ok(told.length >= 2 && told.length < 30, String(told.length));
  assert.ok(told.every((progress, at) => at === 0 || progress.done >= told[at - 1].done));
  const { perSecond, timeLeftMs, ...last } = told.at(-1);
  assert.deepEqual(last, { done: 60, sent: 60, failed: 0, unknown: 0, not_sent: 0, total: 60 });
  assert.ok(perSecond > 0 && timeLeftMs === 0);
  assert.ok(told[0].timeLeftMs > 0);
  told.length = 0;
  await api.sendAll(messages(3).values(), options);
  assert.deepEqual(
    Object.keys(told.at(-1)).filter((name) => ["total", "timeLeftMs"].includes(name)),
    [],
    "nobody knows how many there are",
  );
});

// --- Invalid options ---

const boom = () => {
  throw new Error(`a getter that tells the token ${TOKEN}`);
};
const BAD = {
  "no token": { accessToken: undefined },
  "a token with a line break": { accessToken: `${TOKEN}\n` },
  "a version that is none": { apiVersion: "25" },
  "an address that is none": { baseUrl: "graph.facebook.com" },
  "a negative timeout": { timeoutMs: -1 },
  "no attempt": { retry: { attempts: 0 } },
  "an unknown rule": { rules: { "no.such.rule": "off" } },
  "a signal that is none": { signal: {} },
  "no concurrency": { concurrency: 0 },
  "half a concurrency": { concurrency: 1.5 },
  "a concurrency that is a text": { concurrency: "5" },
  "no rate": { perSecond: 0 },
  "a negative rate": { perSecond: -1 },
  "a rate that is NaN": { perSecond: NaN },
  "a rate that is a text": { perSecond: "300" },
  "a batch that is a number": { batch: 50 },
  "a listener that is none": { onResult: "log" },
  "a listener of progress that is none": { onProgress: {} },
  "a getter that throws": Object.defineProperty({}, "perSecond", { enumerable: true, get: boom }),
};

for (const [name, bad] of Object.entries(BAD)) {
  test(`options: ${name}`, LIMIT, async () => {
    const graph = graphDouble();
    const options = Object.defineProperties(
      { accessToken: TOKEN, fetch: graph.fetch },
      Object.getOwnPropertyDescriptors(bad),
    );
    let taken = 0;
    const source = (function* () {
      taken += 1;
      yield messageTo(1);
    })();
    const error = await api.sendAll(source, options).then(assert.fail, (caught) => caught);
    assert.ok(error instanceof api.SendError, String(error));
    assert.deepEqual(
      [error.kind, error.delivery, taken, graph.calls.length],
      ["configuration", "not_sent", 0, 0],
    );
    assertHoldsNone(error, TOKEN);
  });
}

test("invalid sources and options", LIMIT, async () => {
  const sources = [
    undefined,
    null,
    1,
    {},
    messageTo(1),
    { [Symbol.iterator]: 1 },
    { [Symbol.iterator]: boom },
    { [Symbol.asyncIterator]: boom },
  ];
  for (const source of sources) {
    const error = await api
      .sendAll(source, { accessToken: TOKEN, fetch: graphDouble().fetch })
      .then(assert.fail, (caught) => caught);
    assert.deepEqual([error.name, error.kind], ["SendError", "configuration"]);
    assertHoldsNone(error, TOKEN);
  }
  for (const options of [undefined, null, TOKEN, [], boom]) {
    const error = await api.sendAll([], options).then(assert.fail, (caught) => caught);
    assert.deepEqual([error.name, error.kind], ["SendError", "configuration"]);
  }
});

test("null counts as absent", LIMIT, async () => {
  const nothing = {
    concurrency: null,
    perSecond: null,
    batch: null,
    onProgress: null,
    signal: null,
  };
  assert.equal(
    (await all(messages(2), { fetch: graphDouble().fetch, ...nothing })).summary.sent,
    2,
  );
});

// --- Batches ---

const batched = (requests) => requests.map(({ params }) => params.batch);

withGraph(
  "a batch holds up to 50 messages, the token once and in the body, and every message has its receipt",
  async (graph) => {
    const { byIndex } = await all(messages(120), {
      baseUrl: graph.url,
      batch: true,
      pageId: "123",
    });
    assert.deepEqual(
      batched(graph.requests).map(({ length }) => length),
      [50, 50, 20],
    );
    for (const { path, params, body, headers } of graph.requests) {
      assert.equal(path, "/v25.0/");
      assert.match(headers["content-type"], /^application\/x-www-form-urlencoded\b/);
      assert.equal(params.access_token, TOKEN);
      assert.ok(!JSON.stringify(params.batch).includes("EAAB"));
      assert.equal(body.split(encodeURIComponent(TOKEN)).length, 2);
      assert.ok(
        params.batch.every(
          (item) => item.method === "POST" && item.relative_url === "123/messages",
        ),
      );
    }
    for (const { receipt, request } of byIndex) {
      assert.equal(receipt.recipient_id, request.recipient.id);
      assert.equal(receipt.attempts, 1);
      assert.equal(receipt.usage.business[0].callCount, 1);
    }
    assert.deepEqual(
      graph.accepted.map(({ params }) => params.recipient.id),
      messages(120).map(({ recipient }) => recipient.id),
    );
    assert.deepEqual(graph.accepted[0].params.message, { text: "to 1000" });
  },
);

withGraph(
  "two messages to one recipient are never in one batch, and keep their order",
  async (graph) => {
    const source = Array.from({ length: 90 }, (_, index) => messageTo(index % 30, String(index)));
    await all(source, { baseUrl: graph.url, batch: true });
    for (const batch of batched(graph.requests)) {
      const recipients = batch.map(({ body }) => new URLSearchParams(body).get("recipient"));
      assert.equal(new Set(recipients).size, recipients.length);
    }
    for (let id = 0; id < 30; id += 1) {
      const texts = graph.accepted
        .filter(({ recipient_id }) => recipient_id === String(id))
        .map(({ params }) => Number(params.message.text));
      assert.deepEqual(texts, [id, id + 30, id + 60]);
    }
  },
);

withGraph(
  "an item has its own fate: no answer is unknown, its error is its own, and it alone is sent again",
  async (graph) => {
    graph.script(
      step.batch(
        step.ok(),
        null,
        step.silence(),
        step.error({ code: 551 }),
        step.error({ code: 1200 }),
        step.empty(500),
        step.halfJson(),
        step.okWithError({ code: 100 }),
      ),
      step.batch(step.ok()),
    );
    const { byIndex } = await all(messages(8), {
      baseUrl: graph.url,
      batch: true,
      retry: { baseDelayMs: 1 },
    });
    assert.deepEqual(
      byIndex.map(({ status, receipt, error }) => [
        status,
        error?.kind,
        (receipt ?? error).attempts,
      ]),
      [
        ["sent", undefined, 1],
        ["unknown", "network", 1],
        ["unknown", "network", 1],
        ["failed", "recipient", 1],
        ["sent", undefined, 2],
        ["unknown", "invalid_response", 1],
        ["unknown", "invalid_response", 1],
        ["failed", "request", 1],
      ],
    );
    assert.deepEqual(
      batched(graph.requests).map(({ length }) => length),
      [8, 1],
    );
  },
);

test("responses to a batch that do not come from Graph", LIMIT, async () => {
  const item = (code, body) => ({ code, body });
  const good = item(200, '{"recipient_id":"1","message_id":"m_1"}');
  const answers = [
    [[good], ["sent", "unknown", "unknown"]],
    [
      [good, { code: 200 }, { body: "{}" }],
      ["sent", "unknown", "unknown"],
    ],
    [
      [1, "x", []],
      ["unknown", "unknown", "unknown"],
    ],
    [
      [
        good,
        { ...good, headers: "none" },
        { ...good, headers: [null, 1, { name: 5 }, { name: "X-App-Usage", value: 7 }] },
      ],
      ["sent", "sent", "sent"],
    ],
    [{ error: { code: 100 } }, ["failed", "failed", "failed"]],
    [{ error: { code: 1, error_subcode: 1357046 } }, ["unknown", "unknown", "unknown"]],
    [{}, ["unknown", "unknown", "unknown"]],
    ["[", ["unknown", "unknown", "unknown"]],
    ["", ["unknown", "unknown", "unknown"]],
    [
      [good, good, good, good, good],
      ["sent", "sent", "sent"],
    ],
  ];
  for (const [answer, expected] of answers) {
    const fetch = async () =>
      new Response(typeof answer === "string" ? answer : JSON.stringify(answer));
    const { byIndex } = await all(messages(3), { fetch, batch: true, retry: { attempts: 1 } });
    assert.deepEqual(
      byIndex.map(({ status }) => status),
      expected,
      JSON.stringify(answer),
    );
  }
});

withGraph(
  "a batch that fails as a whole is that outcome for each of its messages",
  async (graph) => {
    const outcomes = [
      [step.acceptThenReset(), "unknown", "network"],
      [step.silence(), "unknown", "timeout"],
      [step.error({ code: 100 }), "failed", "request"],
      [step.html(502), "unknown", "invalid_response"],
    ];
    for (const [scripted, status, kind] of outcomes) {
      graph.script(scripted);
      const { results } = await all(messages(3), {
        baseUrl: graph.url,
        batch: true,
        timeoutMs: 300,
      });
      assert.deepEqual(
        results.map((result) => [result.status, result.error.kind, result.error.attempts]),
        Array(3).fill([status, kind, 1]),
      );
      for (const { error } of results) assertHoldsNone(error, TOKEN);
    }
    graph.script(step.error({ code: 1200 }));
    const { results } = await all(messages(3), {
      baseUrl: graph.url,
      batch: true,
      retry: { baseDelayMs: 1 },
    });
    assert.deepEqual(
      results.map(({ status, receipt }) => [status, receipt.attempts]),
      Array(3).fill(["sent", 2]),
      "one that was refused is sent again",
    );
  },
);

withGraph(
  "a batch carries the proof of the app's secret, once",
  async (graph) => {
    const secret = "0123456789abcdef0123456789abcdef";
    const { summary } = await all(messages(60), {
      baseUrl: graph.url,
      batch: true,
      appSecret: secret,
      encoding: "json",
    });
    assert.equal(summary.sent, 60);
    assert.ok(graph.requests.every(({ body }) => !body.includes(secret)));
  },
  { appSecret: "0123456789abcdef0123456789abcdef" },
);

withGraph("a dead token stops batches too", async (graph) => {
  graph.script(step.ok(), step.error({ code: 190 }));
  const { summary } = await all(messages(500), { baseUrl: graph.url, batch: true, concurrency: 1 });
  assert.deepEqual(
    [summary.sent, summary.failed, summary.not_sent, summary.stopped.kind],
    [50, 50, 400, "auth"],
  );
});

test("a slow source fills its batches a little", LIMIT, async () => {
  const sizes = [];
  const fetch = async (request) => {
    const batch = JSON.parse(new URLSearchParams(await request.text()).get("batch"));
    sizes.push(batch.length);
    return Response.json(batch.map(() => ({ code: 200, body: '{"message_id":"m_1"}' })));
  };
  const source = async function* () {
    for (let index = 0; index < 40; index += 1) {
      yield messageTo(index);
      await later(1);
    }
  };
  await all(source(), { fetch, batch: true });
  assert.ok(sizes.length < 20, `${sizes}`);
});

// --- Faults ---

for (const batch of [false, true]) {
  test(
    `10,000 messages under random faults, ${batch ? "in batches" : "one by one"}: each is accounted for, and none arrives twice`,
    PATIENT,
    async (t) => {
      const graph = await startGraphThread({
        token: TOKEN,
        faults: { seed: batch ? 2 : 1, share: 0.1 },
      });
      t.after(() => graph.close());
      const source = messages(10_000);
      const { byIndex, summary } = await all(source.values(), {
        baseUrl: graph.url,
        batch,
        timeoutMs: 2000,
        retry: { baseDelayMs: 1 },
      });
      assert.deepEqual([summary.done, summary.not_sent, summary.stopped], [10_000, 0, undefined]);
      assert.ok(
        summary.sent > 6000 && summary.failed > 50 && summary.unknown > 50,
        JSON.stringify(summary),
      );
      const { accepted } = await graph.told();
      const arrived = accepted.map(({ params }) => params.recipient.id);
      assert.equal(new Set(arrived).size, arrived.length, "none arrived twice");
      const idsOf = (status) =>
        new Set(
          byIndex
            .filter((result) => result.status === status)
            .map(({ request }) => request.recipient.id),
        );
      const [sent, unknown] = [idsOf("sent"), idsOf("unknown")];
      const arrivals = new Set(arrived);
      assert.deepEqual(
        [...sent].filter((id) => !arrivals.has(id)),
        [],
        "what is called sent arrived",
      );
      assert.deepEqual(
        arrived.filter((id) => !sent.has(id) && !unknown.has(id)),
        [],
        "what arrived is called sent or unknown",
      );
      const receipts = new Map(
        accepted.map(({ params, message_id }) => [params.recipient.id, message_id]),
      );
      assert.ok(
        byIndex.every(
          ({ status, receipt, request }) =>
            status !== "sent" || receipts.get(request.recipient.id) === receipt.message_id,
        ),
      );
    },
  );
}
