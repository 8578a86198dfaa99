// The environment of a send: wrappers of `fetch`, one signal for many sends, frozen primordials, an
// abort during signing.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { before, test } from "node:test";
import { startGraph } from "../local-graph/server.mjs";
import { installed, project, runIn } from "./lib/project.mjs";

const TOKEN = "EAABtesttoken";
const SECRET = "0123456789abcdef0123456789abcdef";
const REQUEST = {
  recipient: { id: "4815162342" },
  messaging_type: "RESPONSE",
  message: { text: "hello" },
};
const LIMIT = { timeout: 20_000 };
const turn = (ms = 20) => new Promise((resolve) => setTimeout(resolve, ms));
const receipt = () => new Response('{"recipient_id":"4815162342","message_id":"m_1"}');

let api;
before(async () => {
  api = await installed();
});

test(
  "a wrapper of the global fetch that passes one argument on gets the whole request, and a new one each time",
  LIMIT,
  async (t) => {
    const graph = await startGraph({ token: TOKEN });
    t.after(() => graph.close());
    const own = globalThis.fetch;
    t.after(() => (globalThis.fetch = own));
    const inputs = new Set();
    globalThis.fetch = (input) => {
      inputs.add(input);
      input.headers.set("traceparent", String(inputs.size));
      return own(input);
    };
    const options = { accessToken: TOKEN, baseUrl: graph.url };
    const receipts = [await api.send(REQUEST, options), await api.send(REQUEST, options)];
    assert.ok(receipts.every(({ message_id }) => message_id));
    assert.equal(inputs.size, 2);
    assert.deepEqual(
      graph.accepted.map(({ params }) => params.message),
      [REQUEST.message, REQUEST.message],
    );
    assert.deepEqual(
      graph.requests.map(({ headers }) => headers.traceparent),
      ["1", "2"],
    );
  },
);

test("with an app secret, nothing is sent after an abort", LIMIT, async () => {
  // Signing is asynchronous: the abort can come before, during and after it.
  for (let turns = 0; turns < 12; turns += 1) {
    const controller = new AbortController();
    const calls = [];
    const fetch = () => {
      calls.push(controller.signal.aborted);
      return receipt();
    };
    const sending = api
      .send(REQUEST, { accessToken: TOKEN, appSecret: SECRET, signal: controller.signal, fetch })
      .catch((error) => error);
    for (let at = 0; at < turns; at += 1) await null;
    controller.abort();
    const outcome = await sending;
    await turn();
    assert.deepEqual(
      calls.filter((aborted) => aborted),
      [],
      `${turns} turns`,
    );
    if (calls.length === 0)
      assert.deepEqual([outcome.kind, outcome.delivery], ["aborted", "not_sent"]);
  }
});

test(
  "thirty sends with one signal cause no leak warning, and leave no listener",
  LIMIT,
  async (t) => {
    const warnings = [];
    const onWarning = ({ name }) => warnings.push(name);
    process.on("warning", onWarning);
    t.after(() => process.off("warning", onWarning));
    const { signal } = new AbortController();
    const fetch = async () => {
      await turn(5);
      return receipt();
    };
    await Promise.all(
      Array.from({ length: 30 }, () => api.send(REQUEST, { accessToken: TOKEN, signal, fetch })),
    );
    await turn();
    assert.deepEqual(warnings, []);
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  },
);

test("with frozen primordials a network error is a network error", LIMIT, async () => {
  const folder = await project({
    "frozen.js": `
      [Error, TypeError, Object, Array, Promise, Function].forEach((one) => Object.freeze(one.prototype));
      const { send } = await import("messenger-send");
      const fetch = () => Promise.reject(new TypeError("fetch failed"));
      const request = ${JSON.stringify(REQUEST)};
      const error = await send(request, { accessToken: "test", fetch, retry: { attempts: 1 } }).catch((caught) => caught);
      console.log(error.name, error.kind, error.delivery, error instanceof Error);
      const receipt = await send(request, { accessToken: "test", fetch: async () => new Response('{"message_id":"m_1"}') });
      console.log(receipt.message_id);
    `,
  });
  const { code, output } = await runIn(folder, process.execPath, ["frozen.js"]);
  assert.equal(code, 0, output);
  assert.equal(output.trim(), "SendError network unknown true\nm_1");
});

test(
  "a source whose length throws is sent: its length is only for the progress",
  LIMIT,
  async () => {
    const source = {
      get length() {
        throw new Error("no length");
      },
      *[Symbol.iterator]() {
        yield REQUEST;
      },
    };
    const { sent } = await api.sendAll(source, {
      accessToken: TOKEN,
      fetch: async () => receipt(),
    });
    assert.equal(sent, 1);
  },
);
