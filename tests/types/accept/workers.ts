// Beside @cloudflare/workers-types alone: its own types fit, a service binding's fetch too.
import { buildMessage, send } from "messenger-send";
import { init } from "messenger-send/slim";
import wasm from "messenger-send/wasm";

interface Env {
  PAGE_TOKEN: string;
  GRAPH: Fetcher;
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const module: WebAssembly.Module = wasm;
    await init(module);
    await init(new URL("https://example.org/a.wasm"));
    const { to, text } = await request.json<{ to: string; text: string }>();
    const receipt = await send(buildMessage({ to, text }), {
      accessToken: env.PAGE_TOKEN,
      fetch: env.GRAPH.fetch.bind(env.GRAPH),
      signal: request.signal,
    });
    await send(buildMessage({ to, text }), {
      accessToken: env.PAGE_TOKEN,
      fetch,
      signal: AbortSignal.timeout(5),
    });
    await send(buildMessage({ to, text }), {
      accessToken: env.PAGE_TOKEN,
      fetch: (input) => env.GRAPH.fetch(input),
    });
    return Response.json(receipt);
  },
} satisfies ExportedHandler<Env>;
