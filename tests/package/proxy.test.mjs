// The proxy of the demo page: it adds the token, never exposes it, and serves only the page.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { describe, it } from "node:test";
import { serveDemo } from "../../scripts/lib/demo.mjs";
import { createProxy } from "../../scripts/lib/proxy.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { raw, resetBefore } from "../local-graph/steps.mjs";
import { askAs, foreign } from "../scripts/ask-as.mjs";
import { folderWith } from "../scripts/folder.mjs";

const TOKEN = "EAABrealtoken";
const PAGE = "1234567890";
const FIELDS = "application/x-www-form-urlencoded";
const RECIPIENT = {
  recipient: '{"id":"7001002003004005"}',
  messaging_type: "RESPONSE",
  message: '{"text":"a&b=é"}',
};

async function started(context) {
  const graph = await startGraph({ token: TOKEN });
  const page = folderWith(context, { "index.html": "<p>page</p>" });
  const demo = await serveDemo({
    graph: graph.url,
    token: "EAABmadeup",
    page,
    live: { pageId: PAGE, token: TOKEN, graph: graph.url },
  });
  context.after(() => Promise.all([graph.close(), demo.close()]));
  return { graph, demo };
}

function post(
  demo,
  {
    path = `/graph/v25.0/${PAGE}/messages`,
    method = "POST",
    type = FIELDS,
    body = new URLSearchParams({ ...RECIPIENT, access_token: "placeholder" }).toString(),
    headers = {},
  } = {},
) {
  return askAs(demo.port, path, {
    method,
    body,
    headers: {
      Host: `127.0.0.1:${demo.port}`,
      Origin: demo.url,
      "Content-Type": type,
      ...headers,
    },
  });
}

describe("what the page sends", () => {
  it("reaches Graph with the token in the field", async (context) => {
    const { graph, demo } = await started(context);
    const answer = await post(demo);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(JSON.parse(answer.text).recipient_id, "7001002003004005");
    assert.equal(graph.requests[0].path, `/v25.0/${PAGE}/messages`);
    assert.equal(graph.requests[0].params.access_token, TOKEN);
    assert.deepEqual(graph.accepted[0].params.message, { text: "a&b=é" });
  });

  it("reaches Graph with the token in the header, and in JSON", async (context) => {
    const { graph, demo } = await started(context);
    const request = {
      recipient: { id: "7001002003004005" },
      messaging_type: "RESPONSE",
      message: { text: "a" },
    };
    const byHeader = await post(demo, {
      type: "application/json",
      body: JSON.stringify(request),
      headers: { Authorization: "Bearer placeholder" },
    });
    const byMember = await post(demo, {
      type: "application/json",
      body: JSON.stringify({ ...request, access_token: "placeholder" }),
    });
    assert.deepEqual([byHeader.status, byMember.status], [200, 200], byHeader.text + byMember.text);
    assert.equal(graph.requests[0].headers.authorization, `Bearer ${TOKEN}`);
    assert.equal(graph.accepted.length, 2);
  });

  it("gets the usage headers back, and not the others", async (context) => {
    const { graph, demo } = await started(context);
    graph.script(
      raw({
        status: 400,
        headers: { "X-App-Usage": '{"call_count":7}', "X-Secret": TOKEN },
        body: { error: { message: "(#100) No matching user found", code: 100 } },
      }),
    );
    const answer = await post(demo);
    assert.equal(answer.status, 400);
    assert.equal(answer.headers["x-app-usage"], '{"call_count":7}');
    assert.equal(answer.headers["x-secret"], undefined);
    assert.equal(JSON.parse(answer.text).error.message, "(#100) No matching user found");
  });

  for (const [how, quoted] of [
    ["as it is", TOKEN],
    ["percent-encoded", [...TOKEN].map((one) => `%${one.charCodeAt(0).toString(16)}`).join("")],
    ["encoded twice", TOKEN.replaceAll("A", "%2541")],
    ["escaped", TOKEN.replaceAll("A", "\\u0041")],
  ]) {
    it(`gets no token back, ${how}`, async (context) => {
      const { graph, demo } = await started(context);
      graph.script(
        raw({
          status: 400,
          headers: { "X-Fb-Debug": `token=${quoted}` },
          body: { error: { message: `bad token ${quoted}.`, code: 190 } },
        }),
      );
      const answer = await post(demo);
      assert.equal(answer.headers["x-fb-debug"], "token=<redacted>");
      assert.equal(JSON.parse(answer.text).error.message, "bad token <redacted>.");
    });
  }

  it("is told when Graph gives no answer", async (context) => {
    const { graph, demo } = await started(context);
    graph.script(resetBefore());
    const answer = await post(demo);
    assert.equal(answer.status, 502);
    assert.match(answer.text, /no answer/);
  });
});

describe("a package that does not redact", () => {
  for (const [name, send] of [
    ["since it sends", async () => ({})],
    ["since it fails otherwise", () => Promise.reject(new TypeError("token"))],
  ]) {
    it(`brings no answer to the page, ${name}`, async () => {
      const proxy = createProxy({
        pageId: PAGE,
        token: TOKEN,
        send,
        fetch: async () => Response.json({ error: { message: `bad token ${TOKEN}` } }),
      });
      const ended = [];
      const server = createServer((request, response) =>
        proxy(request, response, `/v25.0/${PAGE}/messages`).catch(() => {
          ended.push(response.headersSent);
          response.writeHead(500).end();
        }),
      );
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address();
      try {
        const headers = { Origin: `http://127.0.0.1:${port}`, "Content-Type": "application/json" };
        const answer = await askAs(port, "/", { method: "POST", headers, body: "{}" });
        assert.deepEqual([answer.status, answer.text, ended], [500, "", [false]]);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  }
});

describe("whoever else asks", () => {
  for (const [name, options, status] of [
    ["another page", { headers: { Origin: "https://evil.example" } }, 403],
    ["no page", { headers: { Origin: "" } }, 403],
    ["an opaque page", { headers: { Origin: "null" } }, 403],
    ["a page of another server here", { headers: { Origin: "http://127.0.0.1:1" } }, 403],
    ["for another Page", { path: "/graph/v25.0/999/messages" }, 404],
    ["for another edge", { path: `/graph/v25.0/${PAGE}/feed` }, 404],
    ["for a way out", { path: `/graph/v25.0/${PAGE}/messages/../../me` }, 405],
    ["with another method", { method: "PUT" }, 405],
    ["with another kind of body", { type: "text/plain" }, 415],
    ["with too much", { body: `message=${"x".repeat(3 * 1024 * 1024)}` }, 413],
  ]) {
    it(`is refused: ${name}`, async (context) => {
      const { graph, demo } = await started(context);
      const answer = await post(demo, options);
      assert.equal(answer.status, status, answer.text);
      assert.equal(graph.requests.length, 0);
    });
  }

  it("is refused under every foreign Host and Origin", async (context) => {
    const { graph, demo } = await started(context);
    for (const [name, headers, status] of foreign(demo.port)) {
      assert.equal((await post(demo, { headers })).status, status, name);
    }
    assert.equal(graph.requests.length, 0);
  });

  it("is refused without an origin: a program has the token already", async (context) => {
    const { graph, demo } = await started(context);
    const answer = await askAs(demo.port, `/graph/v25.0/${PAGE}/messages`, { method: "POST" });
    assert.deepEqual([answer.status, graph.requests.length], [403, 0]);
  });
});

describe("the proxy alone", () => {
  it("refuses foreign pages even where no server has refused them before", async () => {
    const proxy = createProxy({
      pageId: PAGE,
      token: TOKEN,
      send: () => assert.fail("nothing to redact"),
      fetch: () => assert.fail("nothing to send"),
    });
    const server = createServer((request, response) =>
      proxy(request, response, `/v25.0/${PAGE}/messages`),
    );
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    try {
      for (const [name, headers, status] of foreign(port)) {
        assert.equal((await askAs(port, "/", { method: "POST", headers })).status, status, name);
      }
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe("the page", () => {
  it("learns which Page it is, and no token", async (context) => {
    const { demo } = await started(context);
    const text = await (await fetch(`${demo.url}/config.json`)).text();
    assert.ok(!text.includes(TOKEN));
    assert.deepEqual(JSON.parse(text).live, { graph: "/graph", page: PAGE });
  });
});
