import assert from "node:assert/strict";
import { test } from "node:test";
import { isSendError } from "messenger-send";
import { fakeGraph, steps } from "messenger-send/testing";
import { greet } from "./greet.js";

test("greets", async () => {
  const graph = fakeGraph();
  await greet("7001002003004005", {
    accessToken: "test",
    fetch: graph.fetch,
  });
  assert.deepEqual(graph.accepted[0]?.params.message, {
    text: "hello, world",
  });
});

test("says that the window is closed", async () => {
  const graph = fakeGraph();
  graph.script(steps.error({ code: 10, subcode: 2018278 }));
  await assert.rejects(
    greet("7001002003004005", { accessToken: "test", fetch: graph.fetch }),
    (error) =>
      isSendError(error) &&
      error.kind === "window" &&
      error.delivery === "rejected",
  );
});

test("does not repeat what may have arrived", async () => {
  const graph = fakeGraph();
  graph.script(steps.acceptThenReset());
  await assert.rejects(
    greet("7001002003004005", { accessToken: "test", fetch: graph.fetch }),
    (error) =>
      isSendError(error) &&
      error.delivery === "unknown" &&
      error.attempts === 1,
  );
  assert.equal(graph.accepted.length, 1);
});
