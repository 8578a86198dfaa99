import { createClient, isSendError } from "messenger-send";
import { readEvents, verifySignature } from "messenger-send/webhook";

interface Env {
  PAGE_TOKEN: string;
  APP_SECRET: string;
  VERIFY_TOKEN: string;
}

interface Context {
  waitUntil(promise: Promise<unknown>): void;
}

export default {
  async fetch(
    request: Request,
    env: Env,
    context: Context,
  ): Promise<Response> {
    if (request.method === "GET") {
      return subscribe(new URL(request.url).searchParams, env);
    }
    const body = await request.text();
    const signature = request.headers.get("x-hub-signature-256");
    if (!(await verifySignature(body, signature, env.APP_SECRET))) {
      return new Response("Wrong signature", { status: 403 });
    }
    // Meta expects its 200 at once, so the answers are sent after it.
    context.waitUntil(answer(body, env));
    return new Response("EVENT_RECEIVED");
  },
};

// #region answer
async function answer(body: string, env: Env) {
  const messenger = createClient({
    accessToken: env.PAGE_TOKEN,
    appSecret: env.APP_SECRET,
  });
  for (const event of readEvents(body)) {
    if (event.kind === "message" && event.text !== undefined) {
      try {
        const text = `You wrote ${event.text.length} characters.`;
        await messenger.send({
          to: event.personId,
          text,
          reply_to: event.mid,
        });
      } catch (error) {
        // No error of the package holds the token or the app secret.
        console.error(
          isSendError(error) ? error.delivery : "not_sent",
          error,
        );
      }
    }
  }
}
// #endregion answer

/** Meta asks once whether this address wants the webhooks. */
function subscribe(query: URLSearchParams, env: Env) {
  return query.get("hub.verify_token") === env.VERIFY_TOKEN
    ? new Response(query.get("hub.challenge"))
    : new Response("Wrong verify token", { status: 403 });
}
