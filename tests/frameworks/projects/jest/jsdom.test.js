import { fakeGraph, receipt, sendError, steps } from "messenger-send/testing";

const post = (graph) =>
  graph.fetch("https://graph.facebook.com/v25.0/me/messages", {
    method: "POST",
    body: new URLSearchParams({
      recipient: '{"id":"1"}',
      message: '{"text":"hello"}',
      access_token: "test",
    }),
  });

test("answers without fetch, Response and streams", async () => {
  const graph = fakeGraph();
  expect(await (await post(graph)).json()).toEqual({ recipient_id: "1", message_id: "m_fake1" });
  expect(graph.accepted).toHaveLength(1);
  expect(sendError({ kind: "window" })).toMatchObject({ name: "SendError", delivery: "rejected" });
  expect(receipt().attempts).toBe(1);
});

test("waits on Jest's fake timers", async () => {
  jest.useFakeTimers();
  const graph = fakeGraph();
  graph.script(steps.delay(60_000));
  const answer = post(graph);
  await jest.advanceTimersByTimeAsync(60_000);
  expect((await answer).status).toBe(200);
});
