// The server of static files: media types, headers, and nothing outside its folders.
import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, it } from "node:test";
import { policy, serveDemo } from "../../scripts/lib/demo.mjs";
import { serve } from "../../scripts/lib/serve.mjs";
import { askAs, foreign, own } from "./ask-as.mjs";
import { folderWith } from "./folder.mjs";

const FILES = {
  "www/index.html": "<p>page</p>",
  "www/main.js": "export {};",
  "www/sub/index.html": "<p>sub</p>",
  "www/with space.txt": "space",
  "www/data.bin": "bin",
  "pkg/node.js": "export {};",
  "pkg/a.wasm": "\0asm",
  "secret.txt": "secret",
};

async function site(context, options = {}) {
  const folder = folderWith(context, FILES);
  const server = await serve({
    roots: { "/": join(folder, "www"), "/pkg/": join(folder, "pkg") },
    ...options,
  });
  context.after(() => server.close());
  return { ...server, folder };
}

/** Requests a path unchanged; fetch would normalize it. */
function raw(url, path, method = "GET") {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, path, method }, (response) => {
      let body = "";
      response
        .on("data", (chunk) => (body += chunk))
        .on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    })
      .on("error", reject)
      .end();
  });
}

describe("serve", () => {
  it("compresses what a client can unpack, and nothing else", async (context) => {
    const { url } = await site(context);
    const answer = await fetch(`${url}/main.js`);
    assert.deepEqual(
      [answer.headers.get("content-encoding"), answer.headers.get("vary"), await answer.text()],
      ["gzip", "Accept-Encoding", "export {};"],
    );
    const plain = await fetch(`${url}/data.bin`);
    assert.deepEqual([plain.headers.get("content-encoding"), await plain.text()], [null, "bin"]);
  });

  for (const [path, type, body] of [
    ["/", "text/html; charset=utf-8", "<p>page</p>"],
    ["/?q=1", "text/html; charset=utf-8", "<p>page</p>"],
    ["/main.js", "text/javascript; charset=utf-8", "export {};"],
    ["/sub/", "text/html; charset=utf-8", "<p>sub</p>"],
    ["/with%20space.txt", "text/plain; charset=utf-8", "space"],
    ["/data.bin", "application/octet-stream", "bin"],
    ["/pkg/node.js", "text/javascript; charset=utf-8", "export {};"],
    ["/pkg/a.wasm", "application/wasm", "\0asm"],
  ]) {
    it(`answers ${path} as ${type}`, async (context) => {
      const { url } = await site(context);
      const answer = await raw(url, path);
      assert.deepEqual(
        [answer.status, answer.headers["content-type"], answer.body],
        [200, type, body],
      );
    });
  }

  for (const path of [
    "/nowhere",
    "/pkg/",
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/pkg/..%2f..%2fsecret.txt",
    "/..%5csecret.txt",
    "/%00",
    "/%zz",
    "/link.txt",
    "//etc/passwd",
  ]) {
    it(`answers 404 to ${path}`, async (context) => {
      const { url, folder } = await site(context);
      symlinkSync(join(folder, "secret.txt"), join(folder, "www", "link.txt"));
      const answer = await raw(url, path);
      assert.equal(answer.status, 404);
      assert.doesNotMatch(answer.body, /secret|root:/);
    });
  }

  it("puts its headers on every answer", async (context) => {
    const { url } = await site(context, { headers: { "X-Test": "yes" }, config: {} });
    for (const path of ["/", "/nowhere", "/config.json"]) {
      const { headers } = await raw(url, path);
      assert.deepEqual(
        [headers["x-test"], headers["x-content-type-options"], headers["cache-control"]],
        ["yes", "nosniff", "no-store"],
      );
    }
  });

  it("answers HEAD without a body, and no other method", async (context) => {
    const { url } = await site(context);
    const head = await raw(url, "/main.js", "HEAD");
    assert.deepEqual([head.status, head.headers["content-length"], head.body], [200, "10", ""]);
    const post = await raw(url, "/main.js", "POST");
    assert.deepEqual([post.status, post.headers.allow], [405, "GET, HEAD"]);
  });

  it("answers only its own Host and Origin", async (context) => {
    const reached = [];
    const handler = (request, response) => {
      reached.push(request.url);
      response.end();
    };
    const { port } = await site(context, { config: {}, handlers: { "/graph": handler } });
    for (const path of ["/main.js", "/config.json", "/graph/v25.0/1/messages"]) {
      for (const [name, headers, status] of foreign(port)) {
        const answer = await askAs(port, path, { headers });
        assert.equal(answer.status, status, `${name} asks for ${path}`);
        assert.doesNotMatch(answer.text, /export/);
      }
    }
    assert.deepEqual(reached, []);
    for (const [name, headers] of own(port)) {
      assert.equal((await askAs(port, "/main.js", { headers })).status, 200, name);
    }
  });

  it("refuses a page of another server on this machine", async (context) => {
    const { port } = await site(context);
    const headers = { Origin: "http://127.0.0.1:1" };
    assert.equal((await askAs(port, "/main.js", { headers })).status, 403);
    const embedded = { "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors" };
    assert.equal((await askAs(port, "/main.js", { headers: embedded })).status, 403);
  });

  it("serves the configuration, if there is one", async (context) => {
    const given = await site(context, {
      config: { graph: "http://127.0.0.1:1", token: "EAABtesttoken" },
    });
    assert.deepEqual(JSON.parse((await raw(given.url, "/config.json")).body), {
      graph: "http://127.0.0.1:1",
      token: "EAABtesttoken",
    });
    const none = await site(context);
    assert.equal((await raw(none.url, "/config.json")).status, 404);
  });
});

describe("serveDemo", () => {
  it("takes the next port when the one that is asked for is taken", async (context) => {
    const taken = await site(context);
    const demo = await serveDemo({
      graph: "http://127.0.0.1:1",
      token: "EAABtesttoken",
      port: taken.port,
      page: join(taken.folder, "www"),
    });
    context.after(() => demo.close());
    assert.ok(demo.port > taken.port, `${demo.port} after ${taken.port}`);
    const page = await raw(demo.url, "/");
    assert.equal(page.status, 200);
    assert.equal(page.headers["content-security-policy"], policy("http://127.0.0.1:1"));
  });

  it("allows connections to the page's own origin and to Graph only", () => {
    const directives = Object.fromEntries(
      policy("http://127.0.0.1:8080/v25.0")
        .split("; ")
        .map((one) => [one.split(" ")[0], one.split(" ").slice(1)]),
    );
    assert.deepEqual(directives["connect-src"], ["'self'", "http://127.0.0.1:8080"]);
    assert.deepEqual(directives["default-src"], ["'none'"]);
    assert.deepEqual(directives["script-src"], ["'self'", "'wasm-unsafe-eval'"]);
    assert.deepEqual(directives["style-src"], ["'self'"]);
  });
});
