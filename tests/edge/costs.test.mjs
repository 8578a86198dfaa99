// What a message costs on the platform, where that can be counted: rows of the object's storage, and operations of the queue.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { echoOf, pageId, startSender } from "./lib/sender.mjs";

const MESSAGES = 500;

let sender;
before(async () => {
  sender = await startSender();
});
after(() => sender?.stop());

test("rows that are written for a message from its acceptance to its echo", async () => {
  const posted = Array.from({ length: MESSAGES }, (_, index) => ({
    page_id: pageId(0),
    to: `7${index}`,
    text: "hello, world",
  }));
  const rows = async () => (await sender.test("rows", { page: pageId(0) })).json();
  await sender.get(`/pages/${pageId(0)}`);
  const empty = await rows();
  const ids = await sender.accept(posted);
  await sender.ended(ids);
  const sent = await rows();
  await sender.webhook(sender.graph.accepted.map((message) => echoOf(message)));
  const delivered = await rows();
  const batches = await (await sender.test("batches")).json();
  const deliveries = batches.reduce((sum, { messages }) => sum + messages, 0);
  const figures = {
    written_until_sent: (sent.written - empty.written) / MESSAGES,
    written_by_the_echo: (delivered.written - sent.written) / MESSAGES,
    deliveries_of_the_queue: deliveries / MESSAGES,
    messages_in_a_batch: deliveries / batches.length,
  };
  console.log(JSON.stringify(figures));
  // Stored, with its place in the order; sending; sent, and out of the order. The rest is shared by many.
  assert.ok(figures.written_until_sent >= 4 && figures.written_until_sent < 6.5);
  assert.ok(figures.written_by_the_echo >= 1 && figures.written_by_the_echo < 1.1);
});
