// What the Worker of bench/edge.mjs runs: `?step=send&calls=500`.
import { createClient, validate } from "messenger-send";
import { readEvents, verifySignature } from "messenger-send/webhook";
import { sample } from "../payloads.mjs";

const { value, text } = sample("1 KB");
const SECRET = "0123456789abcdef0123456789abcdef";
const ECHO = JSON.stringify({
  object: "page",
  entry: [
    {
      id: "104215889910231",
      time: 1795860000000,
      messaging: [
        {
          sender: { id: "104215889910231" },
          recipient: { id: "7001002003004005" },
          timestamp: 1795860000000,
          message: {
            mid: "m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP_5cgXIbu7I3rBN0P",
            is_echo: true,
            app_id: 1517776481860111,
            metadata: "ms-0000000000ffa1b2c3d4e5f60718293a",
            text: value.message.text,
          },
        },
      ],
    },
  ],
});
const RECEIPT = JSON.stringify({ recipient_id: "7001002003004005", message_id: "m_1" });

// The body that the client posts, for the comparison.
let posted;
const answers = async (url, init) => {
  posted = { url, init };
  return new Response(RECEIPT, { headers: { "Content-Type": "application/json" } });
};
const client = createClient({
  accessToken: "EAABtoken",
  pageId: "104215889910231",
  fetch: answers,
  retry: { attempts: 1 },
});
// So many Pages in turn that none reaches its rate: what is measured is work, not waiting.
const PAGES = 2_000;
let calls = 0;
const signature = signed();

const STEPS = {
  idle: async () => {},
  send: () => {
    calls += 1;
    return client.send(value, { pageId: String(104215889910000 + (calls % PAGES)) });
  },
  fetch: async () => (await answers(posted.url, posted.init)).json(),
  validate: async () => {
    if (!validate(JSON.parse(text)).valid) {
      throw new Error("the sample is not valid");
    }
  },
  webhook: async () => {
    if (!(await verifySignature(ECHO, await signature, SECRET))) {
      throw new Error("the signature is wrong");
    }
    return readEvents(JSON.parse(ECHO));
  },
};

export default {
  async fetch(request) {
    const { searchParams } = new URL(request.url);
    try {
      if (posted === undefined) {
        await client.send(value);
      }
      const step = STEPS[searchParams.get("step")];
      for (let call = Number(searchParams.get("calls")); call > 0; call -= 1) {
        await step();
      }
      return new Response("ok");
    } catch (error) {
      return new Response(String(error));
    }
  },
};

async function signed() {
  const bytes = new TextEncoder();
  const key = await crypto.subtle.importKey(
    "raw",
    bytes.encode(SECRET),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(ECHO)));
  return `sha256=${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
