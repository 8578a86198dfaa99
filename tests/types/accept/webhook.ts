// What a webhook's handler writes.
import { messagingWindow, type SendRequest } from "messenger-send";
import {
  newStamp,
  readEvents,
  settle,
  verifySignature,
  type WebhookEvent,
} from "messenger-send/webhook";

export async function handle(
  request: Request,
  appSecret: string,
  stamps: string[],
): Promise<SendRequest[]> {
  const body = await request.text();
  if (!(await verifySignature(body, request.headers.get("x-hub-signature-256"), appSecret))) {
    return [];
  }
  const events: WebhookEvent[] = readEvents(body);
  const settled: ("delivered" | undefined)[] = [...stamps, newStamp()].map((stamp) =>
    settle(stamp, events),
  );
  return events.flatMap((event) => {
    if (event.kind !== "message" || settled.length === 0) {
      return [];
    }
    const { options } = messagingWindow({ lastInboundAt: event.at });
    return options.length === 0
      ? []
      : [
          {
            recipient: { id: event.personId },
            message: { text: "Thank you" },
            reply_to: { mid: event.mid },
          },
        ];
  });
}
