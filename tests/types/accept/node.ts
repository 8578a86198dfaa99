// Beside @types/node alone: its own types fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type SendRequest, send, validateJson } from "messenger-send";
import { init } from "messenger-send/slim";

const request: SendRequest = { recipient: { id: "1" }, message: { text: "x" } };

export async function start(): Promise<void> {
  await init(readFileSync(createRequire(import.meta.url).resolve("messenger-send/wasm")));
  await init(new URL("https://example.org/a.wasm"));
  await init(fetch("https://example.org/a.wasm"));
  validateJson(Buffer.from("{}"));
}

export async function deliver(): Promise<void> {
  const accessToken = process.env.PAGE_TOKEN ?? "EAABtesttoken";
  await send(request, {
    accessToken,
    fetch: globalThis.fetch,
    signal: AbortSignal.any([AbortSignal.timeout(5), new AbortController().signal]),
  });
  await send(request, {
    accessToken,
    fetch: async (url, init) => new Response(`${url} ${init.body}`),
  });
  await send(request, { accessToken, fetch: async () => Response.json({ message_id: "m_1" }) });
}
