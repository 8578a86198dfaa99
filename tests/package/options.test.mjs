// What is wrong with the names and the types of options, in a sentence.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { installed } from "./lib/project.mjs";

const REQUEST = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "hello" } };
const LONG = "x".repeat(61);

/** Of every call. */
const OPTIONS = [
  [{ acessToken: "EAAB" }, "There is no option acessToken. Did you mean accessToken?"],
  [{ colour: null }, "There is no option colour."],
  [{ [LONG]: 1 }, `There is no option ${LONG.slice(0, 60)}….`],
  [{ retry: { attempt: 1 } }, "There is no option retry.attempt. Did you mean retry.attempts?"],
  [{ accessToken: 1 }, "accessToken must be a string or a function that returns one."],
  [{ pageId: 5 }, "pageId must be a string."],
  [{ timeoutMs: "30" }, "timeoutMs must be a number."],
  [{ stamp: 1 }, "stamp must be true or false."],
  [{ retry: 3 }, "retry must be an object."],
  [{ retry: { unknown: "yes" } }, "retry.unknown must be true or false."],
  [{ retry: [] }, "The options cannot be read: pass an object with an accessToken."],
  [{ fetch: {} }, "fetch must be a function."],
  [{ onRequest: "log" }, "onRequest must be a function."],
  [{ signal: {} }, "signal must be an AbortSignal."],
  [{ signal: { aborted: true } }, "signal must be an AbortSignal."],
];
const OF_SEND = [
  [{ filedata: "a text" }, "filedata must be a Blob, a File or a Uint8Array."],
  [{ concurrency: 1 }, "There is no option concurrency."],
];
const OF_UPLOAD = [
  [{ typ: "image" }, "There is no option typ. Did you mean type?"],
  [{ type: 1 }, "type must be a string."],
  [{ is_reusable: "no" }, "is_reusable must be true or false."],
  [{ filename: "" }, "filename must be a non-empty string."],
];
const OF_SEND_ALL = [
  [{ concurency: 1 }, "There is no option concurency. Did you mean concurrency?"],
  [{ concurrency: 1.5 }, "concurrency must be a whole number above 0."],
  [{ concurrency: "1" }, "concurrency must be a whole number above 0."],
  [{ perSecond: 0 }, "perSecond must be a number above 0."],
  [{ perSecond: Number.NaN }, "perSecond must be a number above 0."],
  [{ batch: 1 }, "batch must be true or false."],
  [{ outageMs: -1 }, "outageMs must be a number of milliseconds above 0."],
  [{ onResult: 1 }, "onResult must be a function."],
  [{ onProgress: 1 }, "onProgress must be a function."],
];

let api;
before(async () => {
  api = await installed();
});

async function assertRefused(call, cases) {
  for (const [options, message] of cases) {
    const fetch = () => assert.fail("nothing must be sent");
    await assert.rejects(call({ accessToken: "EAABtesttoken", fetch, ...options }), (error) => {
      const essence = [error.name, error.kind, error.delivery, error.retryable, error.attempts];
      assert.deepEqual(essence, ["SendError", "configuration", "not_sent", false, 0]);
      assert.equal(error.message, message);
      return true;
    });
  }
}

test("send", () =>
  assertRefused((options) => api.send(REQUEST, options), [...OPTIONS, ...OF_SEND]));

test("uploadAttachment", async () => {
  const upload = (source) => (options) => api.uploadAttachment(source, options);
  await assertRefused(upload("https://example.org/a.png"), [...OPTIONS, ...OF_UPLOAD]);
  const message = "The source must be a Blob, a File, a Uint8Array or a URL.";
  await assertRefused(upload(5), [[{}, message]]);
});

test("sendAll", () =>
  assertRefused((options) => api.sendAll([REQUEST], options), [...OPTIONS, ...OF_SEND_ALL]));
