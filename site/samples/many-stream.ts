import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createClient, type MessageDraft } from "messenger-send";

async function* messages(file: string): AsyncGenerator<MessageDraft> {
  for await (const to of createInterface({
    input: createReadStream(file),
  })) {
    yield { to, text: "Your order is on its way." };
  }
}

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
});
const stop = new AbortController();
process.once("SIGINT", () => stop.abort());

const summary = await messenger.sendAll(messages("people.txt"), {
  signal: stop.signal,
  perSecond: 40,
  batch: true,
  onProgress: ({ done, perSecond }) =>
    console.log(done, Math.round(perSecond)),
});
if (summary.stopped)
  console.error("stopped early:", summary.stopped.message);
