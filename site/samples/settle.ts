import {
  createClient,
  isSendError,
  type MessageDraft,
} from "messenger-send";
import {
  readEvents,
  settle,
  verifySignature,
} from "messenger-send/webhook";

const messenger = createClient({
  accessToken: process.env.PAGE_TOKEN ?? "",
  stamp: true,
});

/** Messages whose outcome is unknown, by stamp. A real program keeps them in its database. */
export const unsettled = new Map<string, MessageDraft>();

export async function deliver(draft: MessageDraft) {
  try {
    await messenger.send(draft);
  } catch (error) {
    if (
      isSendError(error) &&
      error.delivery === "unknown" &&
      error.stamp !== undefined
    ) {
      unsettled.set(error.stamp, draft);
    }
    throw error;
  }
}

export async function onWebhook(request: Request): Promise<Response> {
  const body = await request.text();
  const signature = request.headers.get("x-hub-signature-256");
  if (
    !(await verifySignature(body, signature, process.env.APP_SECRET ?? ""))
  ) {
    return new Response("Wrong signature", { status: 403 });
  }
  const events = readEvents(body);
  for (const stamp of unsettled.keys()) {
    if (settle(stamp, events) === "delivered") {
      unsettled.delete(stamp);
    }
  }
  return new Response("EVENT_RECEIVED");
}
