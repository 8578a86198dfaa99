import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { fakeGraph, steps } from "messenger-send/testing";
import { expect, test, vi } from "vitest";
import { exercise } from "./exercise.js";

test("sends", async () => {
  const result = await exercise(
    { buildMessage, init, isSendError, send, validate },
    process.env.GRAPH_URL,
    process.env.GRAPH_TOKEN,
  );
  process.stdout.write(`\nRESULT ${JSON.stringify(result)}\n`);
});

test("repeats on the fake timers of Vitest", async () => {
  vi.useFakeTimers();
  const graph = fakeGraph();
  graph.script(steps.throttle({ times: 2 }));
  const sent = send(buildMessage({ to: "7001002003004005", text: "hello, world" }), {
    accessToken: "test",
    fetch: graph.fetch,
  });
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await sent).attempts).toBe(3);
  vi.useRealTimers();
});
