// How fast `sendAll` of the packed package sends: with a fake clock, and against a local Graph that
// enforces the rate.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { startGraphThread } from "../local-graph/thread.mjs";
import { fakeClock } from "./lib/fake-clock.mjs";
import { installed } from "./lib/project.mjs";

const TOKEN = "EAABtesttoken";
const LIMIT = { timeout: 120_000 };

let api;
before(async () => {
  api = await installed();
});

const messageTo = (id, message = { text: `to ${id}` }) => ({
  recipient: { id: String(id) },
  messaging_type: "RESPONSE",
  message,
});
const messages = (count, message) =>
  Array.from({ length: count }, (_, index) => messageTo(1000 + index, message));
const VIDEO = { attachment: { type: "video", payload: { url: "https://example.org/a.mp4" } } };

/**
 * Sends on the fake clock to a Graph that answers after `latencyMs` and enforces a rate in any second, wherever it begins.
 * `answer(number, at)` may give `{ error, headers }` instead of a receipt.
 */
async function timed(
  t,
  source,
  { latencyMs = 100, limit = 300, answer = () => ({}), options = {}, batchSize } = {},
) {
  const clock = fakeClock(t);
  const arrivals = [];
  let refused = 0;
  const one = (number) => {
    const at = clock.now();
    arrivals.push(at);
    const exceeds = arrivals.length > limit && at - arrivals[arrivals.length - 1 - limit] < 1000;
    refused += exceeds ? 1 : 0;
    const { error = exceeds ? { code: 613 } : undefined, headers } = answer(number, at);
    const body = error === undefined ? { message_id: `m_${number}` } : { error };
    return { body, status: error === undefined ? 200 : 400, headers };
  };
  const fetch = async () => {
    const first = arrivals.length;
    const items = Array.from({ length: batchSize ?? 1 }, (_, index) => one(first + index));
    await clock.sleep(latencyMs);
    if (batchSize === undefined) {
      return Response.json(items[0].body, items[0]);
    }
    return Response.json(
      items.map(({ body, status }) => ({ code: status, body: JSON.stringify(body) })),
    );
  };
  const results = [];
  const running = api.sendAll(source, {
    accessToken: TOKEN,
    fetch,
    ...options,
    onResult: (result) => results.push(result),
  });
  const summary = await clock.run(running);
  return {
    summary,
    results,
    arrivals,
    refused,
    perSecond: (summary.done * 1000) / summary.durationMs,
  };
}

test(
  "the rates that Meta documents: none is refused, and at least 95 percent is reached",
  LIMIT,
  async (t) => {
    const cases = [
      ["Messenger", 300, messages(1500), {}],
      ["Instagram", 100, messages(600), { platform: "instagram" }],
      ["Instagram's own host", 100, messages(600), { baseUrl: "https://graph.instagram.com" }],
      ["audio and video", 10, messages(100, VIDEO), {}],
      ["a rate of one's own", 40, messages(200), { perSecond: 40 }],
      ["a rate of one's own for audio and video", 40, messages(200, VIDEO), { perSecond: 40 }],
    ];
    for (const [name, limit, source, options] of cases) {
      await t.test(name, async (t) => {
        const { summary, refused, perSecond } = await timed(t, source, { limit, options });
        assert.deepEqual([summary.sent, refused], [source.length, 0]);
        assert.ok(perSecond >= limit * 0.95 && perSecond <= limit, `${perSecond} a second`);
      });
    }
  },
);

test("they are spread over the second", LIMIT, async (t) => {
  const { arrivals } = await timed(t, messages(600));
  for (let at = 30; at < arrivals.length; at += 1) {
    // A tenth of a second's messages; half of its time may have been made up for.
    assert.ok(arrivals[at] - arrivals[at - 30] > 45, `${arrivals[at] - arrivals[at - 30]} ms`);
  }
});

test("in batches each message counts", LIMIT, async (t) => {
  const { summary, refused, perSecond } = await timed(t, messages(1500), {
    batchSize: 50,
    options: { batch: true },
  });
  assert.deepEqual([summary.sent, refused], [1500, 0]);
  assert.ok(perSecond >= 285 && perSecond <= 300, `${perSecond} a second`);
});

test("text does not wait for video", LIMIT, async (t) => {
  const { results } = await timed(t, [
    ...messages(20, VIDEO),
    ...messages(100).map((message) => ({
      ...message,
      recipient: { user_ref: message.recipient.id },
    })),
  ]);
  const lastText = results.findLastIndex(({ request }) => request.message.text !== undefined);
  assert.ok(results.slice(lastText).length > 10, "most videos come after the last text");
});

test(
  "a refusal for the rate pauses all, for as long as Graph says, and nothing is lost",
  LIMIT,
  async (t) => {
    const answer = (number) =>
      number === 50 ? { error: { code: 613 }, headers: { "Retry-After": "20" } } : {};
    const { summary, arrivals } = await timed(t, messages(300), { answer });
    assert.equal(summary.sent, 300);
    const gaps = arrivals.slice(1).map((at, index) => at - arrivals[index]);
    assert.equal(gaps.filter((gap) => gap > 1000).length, 1);
    assert.ok(Math.max(...gaps) > 19_800 && Math.max(...gaps) < 22_000, String(Math.max(...gaps)));
  },
);

test("after a pause one message is sent as a probe", LIMIT, async (t) => {
  const answer = (_, at) => (at > 500 && at < 5000 ? { error: { code: 4 } } : {});
  const { summary, arrivals } = await timed(t, messages(600), {
    answer,
    options: { retry: { attempts: 20, baseDelayMs: 1000, maxDelayMs: 2000 } },
  });
  assert.equal(summary.sent, 600);
  const during = arrivals.filter((at) => at > 700 && at < 5000).length;
  assert.ok(during > 0 && during < 40, `${during} in the bad time`);
});

test(
  "a refusal for the rate for a while fails nobody, though attempts are few",
  LIMIT,
  async (t) => {
    const answer = (number) => (number >= 10 && number < 30 ? { error: { code: 613 } } : {});
    const { summary } = await timed(t, messages(100), { answer });
    assert.equal(summary.sent, 100);
  },
);

test(
  "where Graph names a longer time than maxDelayMs the message is handed back, and the others wait that long",
  LIMIT,
  async (t) => {
    const usage = JSON.stringify({
      1: [{ type: "messenger", call_count: 100, estimated_time_to_regain_access: 30 }],
    });
    const answer = (number) =>
      number === 5
        ? { error: { code: 80006 }, headers: { "X-Business-Use-Case-Usage": usage } }
        : {};
    const { summary, results, arrivals } = await timed(t, messages(100), { answer });
    const failed = results.filter(({ status }) => status === "failed");
    assert.deepEqual(
      failed.map(({ error }) => [error.kind, error.retryAfterMs]),
      [["rate_limit", 1_800_000]],
    );
    assert.equal(summary.sent, 99);
    assert.ok(arrivals.at(-1) > 1_800_000);
  },
);

test("troubles of Graph's own: one is the message's, many in a row pause all", LIMIT, async (t) => {
  await t.test("one", async (t) => {
    const answer = (number) => (number % 20 === 3 ? { error: { code: 2 } } : {});
    const { summary, perSecond } = await timed(t, messages(600), {
      answer,
      options: { retry: { baseDelayMs: 200 } },
    });
    assert.equal(summary.sent, 600);
    assert.ok(perSecond > 200, `${perSecond} a second`);
  });
  await t.test("many", async (t) => {
    const answer = (_, at) => (at > 300 && at < 3000 ? { error: { code: 2 } } : {});
    const { arrivals } = await timed(t, messages(1200), {
      answer,
      options: { retry: { attempts: 10, baseDelayMs: 5000, maxDelayMs: 5000 } },
    });
    const gaps = arrivals.slice(1).map((at, index) => at - arrivals[index]);
    assert.ok(Math.max(...gaps) > 500, String(Math.max(...gaps)));
  });
});

test(
  "usage slows it down from 80 percent on, and other products' usage does not",
  LIMIT,
  async (t) => {
    const speed = async (t, usage) =>
      (await timed(t, messages(300), { answer: () => ({ headers: usage }) })).perSecond;
    const business = (type, percent) => ({
      "X-Business-Use-Case-Usage": JSON.stringify({ 1: [{ type, call_count: percent }] }),
    });
    const speeds = {};
    const usages = {
      calm: business("messenger", 79),
      busy: business("messenger", 90),
      app: { "X-App-Usage": '{"call_count":10,"total_time":95}' },
      full: business("messenger", 100),
      ads: business("ads_management", 100),
    };
    for (const [name, usage] of Object.entries(usages)) {
      await t.test(name, async (t) => {
        speeds[name] = await speed(t, usage);
      });
    }
    const { calm, busy, app, full, ads } = speeds;
    assert.ok(calm > 250 && ads > 250, JSON.stringify(speeds));
    assert.ok(
      busy < calm * 0.7 && app < busy && full < app * 0.7 && full > 5,
      JSON.stringify(speeds),
    );
  },
);

test("a pause ends at once when the signal is aborted", LIMIT, async (t) => {
  const abort = new AbortController();
  const answer = (number) =>
    number === 3 ? { error: { code: 613 }, headers: { "Retry-After": "29" } } : {};
  const { summary } = await timed(t, messages(100), {
    answer,
    options: { signal: abort.signal, onRetry: () => setTimeout(() => abort.abort(), 500) },
  });
  assert.equal(summary.done, 100);
  assert.ok(summary.durationMs < 2000 && summary.not_sent > 50, JSON.stringify(summary));
});

test("a deadline, a pause and the runtime's timers leave nothing behind", LIMIT, async (t) => {
  const clock = fakeClock(t);
  const summary = await clock.run(
    api.sendAll(messages(20), {
      accessToken: TOKEN,
      fetch: async () => Response.json({ message_id: "m_1" }),
    }),
  );
  assert.equal(summary.sent, 20);
  assert.equal(clock.left(), 0);
});

// --- Against a server ---

for (const batch of [false, true]) {
  test(
    `900 messages to a Graph that enforces 300 a second${batch ? ", in batches" : ""}`,
    LIMIT,
    async (t) => {
      const graph = await startGraphThread({ token: TOKEN, perSecond: 300, latencyMs: 100 });
      t.after(() => graph.close());
      const summary = await api.sendAll(messages(900), {
        accessToken: TOKEN,
        baseUrl: graph.url,
        batch,
      });
      assert.equal(summary.sent, 900);
      const { accepted, refused } = await graph.told();
      assert.equal(accepted.length, 900);
      assert.equal(new Set(accepted.map(({ params }) => params.recipient.id)).size, 900);
      // A busy machine takes longer, and then some messages are refused at first. The rate itself is
      // asserted on the fake clock above.
      assert.ok(summary.durationMs > 2500, `${summary.durationMs} ms`);
      t.diagnostic(`${refused.length} refused, ${summary.durationMs} ms`);
    },
  );
}
