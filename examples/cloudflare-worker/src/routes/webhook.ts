// GET and POST /webhook: Meta's challenge, and Meta's events, whose echoes settle unknown outcomes.
import { readEvents, verifySignature } from "messenger-send/webhook";
import type { Env } from "../env.ts";
import { readBody } from "../http/body.ts";
import { Problem } from "../http/problem.ts";
import { PageObject } from "../page-object.ts";
import { hasToken } from "../tokens.ts";

const MAX_BODY_BYTES = 2 * 1024 * 1024;

export async function getWebhook(request: Request, env: Env): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const isSubscription = query.get("hub.mode") === "subscribe";
  const isOurs = await sameText(query.get("hub.verify_token") ?? "", env.VERIFY_TOKEN ?? "");
  if (!isSubscription || !env.VERIFY_TOKEN || !isOurs) {
    throw new Problem("wrong-verify-token", "hub.verify_token is not the secret VERIFY_TOKEN.");
  }
  return new Response(query.get("hub.challenge") ?? "", {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}

export async function postWebhook(request: Request, env: Env): Promise<Response> {
  if (!env.APP_SECRET) {
    throw new Problem("not-configured", "The secret APP_SECRET is missing.");
  }
  const body = await readBody(request, MAX_BODY_BYTES);
  const signature = request.headers.get("X-Hub-Signature-256");
  if (!(await verifySignature(body, signature, env.APP_SECRET))) {
    throw new Problem("wrong-signature", "X-Hub-Signature-256 does not fit the body.");
  }
  const object = objectOf(body);
  if (object !== "page" && object !== "instagram") {
    throw new Problem("invalid-webhook", 'Its "object" is neither "page" nor "instagram".');
  }
  const pages = new Map<string, { stamp: string; mid?: string }[]>();
  for (const event of readEvents(body)) {
    // Echoes of unknown Pages, and of messages from other apps, are ignored.
    if (event.kind === "echo" && event.stamp !== undefined && hasToken(env, event.pageId)) {
      const { pageId, stamp, mid } = event;
      const echo = mid === undefined ? { stamp } : { stamp, mid };
      pages.set(pageId, [...(pages.get(pageId) ?? []), echo]);
    }
  }
  // Meta redelivers a webhook that is not answered with 200, so the response waits until the echoes are stored.
  await Promise.all(
    [...pages].map(([pageId, echoes]) => PageObject.of(env, pageId).settle(pageId, echoes)),
  );
  return new Response("EVENT_RECEIVED");
}

function objectOf(body: Uint8Array): unknown {
  try {
    return (JSON.parse(new TextDecoder().decode(body)) as { object?: unknown } | null)?.object;
  } catch {
    throw new Problem("invalid-json", "The body is not JSON.");
  }
}

/** Compares digests, so that the time reveals neither the texts nor their lengths. */
async function sameText(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [one, other].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return (
    first !== undefined && second !== undefined && crypto.subtle.timingSafeEqual(first, second)
  );
}
