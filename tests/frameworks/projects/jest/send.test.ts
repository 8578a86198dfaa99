import { buildMessage, init, isSendError, send, validate } from "messenger-send";
import { fakeGraph, steps } from "messenger-send/testing";

// ts-jest transforms no JavaScript by default, so this is exercise.js once more.
test("sends", async () => {
  const options = { accessToken: process.env.GRAPH_TOKEN!, baseUrl: process.env.GRAPH_URL! };
  await init();
  const request = buildMessage({ to: "7001002003004005", text: "hello, world" });
  const { issues } = validate({ ...request, message: { text: "a".repeat(2001) } });
  const receipt = await send(request, options);
  const refused = await send(request, { ...options, accessToken: "EAABno" }).catch(
    (error: unknown) => (isSendError(error) ? error.kind : String(error)),
  );
  const result = { issues: issues.map(({ code }) => code), messageId: receipt.message_id, refused };
  process.stdout.write(`\nRESULT ${JSON.stringify(result)}\n`);
});

test("is refused by a double of Graph", async () => {
  const graph = fakeGraph();
  graph.script(steps.error({ code: 10, subcode: 2018278 }));
  const sent = send(buildMessage({ to: "7001002003004005", text: "hello, world" }), {
    accessToken: "test",
    fetch: graph.fetch,
  });
  await expect(sent).rejects.toMatchObject({ kind: "window", delivery: "rejected" });
});
