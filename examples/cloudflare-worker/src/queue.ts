// The consumers of the two queues. Each message is acknowledged, retried or given up separately, as the object of its Page decides.
import type { Env } from "./env.ts";
import { log } from "./log.ts";
import { PageObject } from "./page-object.ts";
import { readMessageId } from "./sender/ids.ts";
import type { Verdict } from "./sender/page-sender.ts";

/** The suffix of the name of the dead-letter queue. */
const DEAD_LETTERS = "dead-letters";
const LONGEST_DELAY_SECONDS = 300;

export async function consume(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const isDead = batch.queue.endsWith(DEAD_LETTERS);
  const pages = new Map<string, { id: string; message: Message<unknown> }[]>();
  const strange: Message<unknown>[] = [];
  for (const message of batch.messages) {
    const id = (message.body as { id?: unknown } | null)?.id;
    const place = typeof id === "string" ? readMessageId(id) : undefined;
    if (typeof id === "string" && place !== undefined) {
      pages.set(place.pageId, [...(pages.get(place.pageId) ?? []), { id, message }]);
    } else {
      strange.push(message);
    }
  }
  await Promise.all([
    ...strange.map((message) => giveUp(message, isDead, env)),
    ...[...pages].map(([pageId, list]) => handOver(pageId, list, isDead, env)),
  ]);
}

async function handOver(
  pageId: string,
  list: { id: string; message: Message<unknown> }[],
  isDead: boolean,
  env: Env,
): Promise<void> {
  let verdicts: Verdict[];
  try {
    const ids = list.map(({ id }) => id);
    const page = PageObject.of(env, pageId);
    verdicts = await (isDead ? page.bury(pageId, ids) : page.deliver(pageId, ids));
  } catch (error) {
    // The object has stored what was sent, and recognizes a message that is delivered again.
    log("warn", "the object of a Page did not answer", { page_id: pageId, error: String(error) });
    for (const { message } of list) {
      message.retry({ delaySeconds: Math.min(LONGEST_DELAY_SECONDS, 2 ** message.attempts) });
    }
    return;
  }
  await Promise.all(
    list.map(async ({ message }, index) => {
      const verdict = verdicts[index] ?? { action: "acknowledge" };
      if (verdict.action === "retry") {
        message.retry({ delaySeconds: Math.ceil(verdict.delayMs / 1000) });
      } else if (verdict.action === "dead_letter") {
        await giveUp(message, isDead, env);
      } else {
        message.ack();
      }
    }),
  );
}

/** Moves a message to the dead-letter queue, or drops it if it comes from there. */
async function giveUp(message: Message<unknown>, isDead: boolean, env: Env): Promise<void> {
  if (isDead) {
    log("error", "a dead letter names no message", { queue_message_id: message.id });
    message.ack();
    return;
  }
  try {
    await env.DEAD_LETTERS.send(message.body);
    message.ack();
  } catch (error) {
    log("warn", "the dead-letter queue did not take a message", { error: String(error) });
    message.retry({ delaySeconds: Math.min(LONGEST_DELAY_SECONDS, 2 ** message.attempts) });
  }
}
