// Beside the DOM lib: its own types fit.
import { init, type SendRequest, send } from "messenger-send";
import wasm from "messenger-send/wasm";

const request: SendRequest = { recipient: { id: "1" }, message: { text: "x" } };

export async function start(
  response: Response,
  module: WebAssembly.Module,
  source: BufferSource,
): Promise<void> {
  await init(new URL("https://example.org/a.wasm"));
  await init(fetch("https://example.org/a.wasm"));
  await init(response);
  await init(module);
  await init(source);
  const compiled: WebAssembly.Module = wasm;
  await init(compiled);
}

export async function deliver(): Promise<void> {
  const accessToken = "EAABtesttoken";
  await send(request, { accessToken, fetch: window.fetch, signal: AbortSignal.timeout(5) });
  await send(request, {
    accessToken,
    fetch: async (url, init) => new Response(`${url} ${init.body}`),
    signal: new AbortController().signal,
  });
  await send(request, { accessToken, fetch: async () => new Response("{}") });
  await send(request, {
    accessToken,
    fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
  });
}
