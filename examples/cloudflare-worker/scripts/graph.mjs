// A local stand-in for graph.facebook.com: the fake Graph of messenger-send/testing as an HTTP server. Like Meta, it sends a signed echo of
// each accepted message to the webhook. POST /__graph/script takes steps, to simulate failures.
import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { fakeGraph } from "messenger-send/testing";

const ECHO_AFTER_MS = 300;

/**
 * @param {{ port: number, tokens: string[], appSecret: string, webhook: string }} options webhook: the URL for echoes
 * @returns {Promise<{ url: string, close: () => void }>}
 */
export async function startGraph({ port, tokens, appSecret, webhook }) {
  const graph = fakeGraph({ token: tokens, appSecret });
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request, response) {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    if (request.url === "/__graph/script") {
      return script(response, body);
    }
    const before = graph.accepted.length;
    const url = new URL(request.url, "http://graph.invalid");
    // A step may withhold the response for ever, so accepted messages are looked up before it arrives.
    const answered = graph.fetch(url.href, {
      method: request.method,
      headers: request.headers,
      ...(body.length > 0 && { body: body.toString("utf8") }),
    });
    setTimeout(() => echo(url.pathname.split("/")[2], graph.accepted.slice(before)), ECHO_AFTER_MS);
    const { status, headers, body: stream } = await answered;
    response.writeHead(status, Object.fromEntries(headers));
    for await (const chunk of stream ?? []) {
      response.write(chunk);
    }
    response.end();
  }

  function script(response, body) {
    try {
      graph.script(...[JSON.parse(body.toString("utf8"))].flat());
      response.end("{}\n");
    } catch (error) {
      response.writeHead(400).end(`${error.message}\n`);
    }
  }

  function echo(page, accepted) {
    const messaging = accepted
      .filter(({ params, recipient_id }) => params.message && recipient_id)
      .map(({ params, recipient_id, message_id, at }) => ({
        sender: { id: page },
        recipient: { id: recipient_id },
        timestamp: at,
        message: { is_echo: true, app_id: 1, mid: message_id, metadata: params.message.metadata },
      }));
    if (messaging.length === 0) {
      return;
    }
    const body = JSON.stringify({
      object: "page",
      entry: [{ id: page, time: Date.now(), messaging }],
    });
    const signature = createHmac("sha256", appSecret).update(body).digest("hex");
    fetch(webhook, {
      method: "POST",
      body,
      headers: { "X-Hub-Signature-256": `sha256=${signature}` },
    }).catch(() => {});
  }

  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
  };
}
