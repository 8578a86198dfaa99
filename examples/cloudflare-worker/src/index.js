// A Worker that answers Messenger: it takes the webhook of a Page, and answers each text with the same text.
// Secrets: PAGE_TOKEN, APP_SECRET, VERIFY_TOKEN. Webhooks: https://developers.facebook.com/docs/messenger-platform/webhooks
import { buildMessage, isSendError, isValidationError, send } from "messenger-send";

/** The limit of a message's text. */
const MAX_TEXT = 2000;

export default {
  async fetch(request, env, context) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/webhook") {
      return new Response("Not found", { status: 404 });
    }
    if (request.method === "GET") {
      return subscribe(searchParams, env);
    }
    if (request.method !== "POST") {
      return new Response("Method not allowed", { status: 405, headers: { Allow: "GET, POST" } });
    }
    const body = await request.arrayBuffer();
    if (!(await isFromMeta(request.headers.get("X-Hub-Signature-256"), body, env.APP_SECRET))) {
      return new Response("Wrong signature", { status: 403 });
    }
    const event = parse(body);
    if (event?.object !== "page") {
      return new Response("Not a webhook of a Page", { status: 400 });
    }
    // Meta wants its 200 at once, and delivers again what did not get one: so the answers are sent after it.
    context.waitUntil(Promise.all(texts(event).map((text) => answer(text, env))));
    return new Response("EVENT_RECEIVED");
  },
};

/** Meta asks once whether this address wants the webhooks. */
function subscribe(query, env) {
  const isOurs =
    query.get("hub.mode") === "subscribe" && query.get("hub.verify_token") === env.VERIFY_TOKEN;
  return isOurs
    ? new Response(query.get("hub.challenge"))
    : new Response("Wrong verify token", { status: 403 });
}

/** Anybody can post here; only Meta can sign with the app secret. */
async function isFromMeta(signature, body, secret) {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "")?.[1];
  if (hex === undefined) {
    return false;
  }
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["verify"],
  );
  const bytes = Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.verify("HMAC", key, bytes, body);
}

function parse(body) {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Texts that people wrote; not the echoes of what the Page itself wrote. */
function texts(event) {
  return (event.entry ?? [])
    .flatMap(({ messaging }) => messaging ?? [])
    .filter(({ message }) => typeof message?.text === "string" && message.is_echo !== true)
    .map(({ sender, message }) => ({ from: sender.id, text: message.text }));
}

async function answer({ from, text }, env) {
  try {
    const request = buildMessage({
      to: from,
      text: `You wrote: ${text}`.slice(0, MAX_TEXT - 1).toWellFormed(),
      quick_replies: ["Thanks", "More"],
    });
    const { message_id } = await send(request, {
      accessToken: env.PAGE_TOKEN,
      appSecret: env.APP_SECRET,
      baseUrl: env.GRAPH_URL,
    });
    console.log("sent", message_id);
  } catch (error) {
    // Neither error holds a token, so both may be logged.
    if (isValidationError(error)) {
      console.error("not sent:", error.message);
    } else if (isSendError(error)) {
      console.error(
        `${error.delivery}: ${error.kind} ${error.code ?? ""} ${error.hint ?? error.message}`,
      );
    } else {
      throw error;
    }
  }
}
