// A send settles whatever the reason of an abort is.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { installed } from "./lib/project.mjs";

const REQUEST = { recipient: { id: "1" }, messaging_type: "RESPONSE", message: { text: "hello" } };

let api;
before(async () => {
  api = await installed();
});

test("the reason is a buffer that was detached", { timeout: 10_000 }, async () => {
  const reason = new ArrayBuffer(8);
  structuredClone(reason, { transfer: [reason] });
  const sendAll = async (options) => {
    const { stopped } = await api.sendAll([REQUEST, REQUEST], options);
    throw stopped;
  };
  for (const start of [(options) => api.send(REQUEST, options), sendAll]) {
    const abort = new AbortController();
    const fetch = () => {
      abort.abort(reason);
      return new Promise(() => {});
    };
    const sending = start({ accessToken: "EAABtesttoken", fetch, signal: abort.signal });
    await assert.rejects(sending, { name: "SendError", kind: "aborted" });
  }
});
