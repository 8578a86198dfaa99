// examples/workers-rs, built and run in workerd: it answers a webhook through the crate's Fetch.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { at } from "../../scripts/lib/root.mjs";
import { run } from "../../scripts/lib/run.mjs";
import { startGraph } from "../local-graph/server.mjs";
import { serveWorker } from "../package/lib/workerd.mjs";

const LIMIT = { timeout: 20 * 60_000 };
const TOKEN = "EAABtesttoken0123456789";
const APP_SECRET = "0123456789abcdef0123456789abcdef";
/** Shared with the other programs, so that their common dependencies are compiled once. */
const TARGET = at("target", "foreign");

/** What worker-build, which brings its own tools, makes around the module. `snippets`: JavaScript that the `worker` crate brings. */
const shim = (snippets) => `
  import * as worker from "./worker_bg.js";
  import module from "./worker_bg.wasm";
  ${snippets.map((path, index) => `import * as snippet${index} from "./${path}";`).join("\n")}
  const imports = { "./worker_bg.js": worker, ${snippets.map((path, index) => `"./${path}": snippet${index}`).join(", ")} };
  const { exports } = new WebAssembly.Instance(module, imports);
  worker.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  export default { fetch: (request, env, context) => worker.fetch(request, env, context) };
`;

let folder;
let snippets;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "messenger-send-workers-rs-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  await must("cargo", ["build", "--release", "--target", "wasm32-unknown-unknown"], {
    cwd: at("examples", "workers-rs"),
    env: { CARGO_TARGET_DIR: TARGET },
  });
  const wasm = join(TARGET, "wasm32-unknown-unknown", "release", "messenger_send_workers_rs.wasm");
  await must(
    at(".tools", "bin", "wasm-bindgen"),
    [wasm, "--target", "bundler", "--no-typescript", "--out-dir", folder, "--out-name", "worker"],
    {},
  );
  snippets = readdirSync(folder, { recursive: true }).filter(
    (path) => path.startsWith("snippets") && path.endsWith(".js"),
  );
  writeFileSync(join(folder, "index.js"), shim(snippets));
}, LIMIT);

async function must(command, args, options) {
  const { code, output } = await run(command, args, {
    quiet: true,
    timeoutMs: LIMIT.timeout,
    ...options,
  });
  assert.equal(code, 0, output);
}

async function serve(t) {
  const graph = await startGraph({ token: TOKEN, appSecret: APP_SECRET });
  t.after(() => graph.close());
  const modules = [
    ["index.js", "esModule", "index.js"],
    ["worker_bg.js", "esModule", "worker_bg.js"],
    ["worker_bg.wasm", "wasm", "worker_bg.wasm"],
    ...snippets.map((path) => [path, "esModule", path]),
  ];
  const secrets = {
    ACCESS_TOKEN: TOKEN,
    APP_SECRET,
    VERIFY_TOKEN: "open sesame",
    BASE_URL: graph.url,
  };
  const worker = await serveWorker(folder, modules, secrets, graph.url);
  t.after(() => worker.stop());
  return { graph, url: worker.url };
}

function deliver(url, body, secret = APP_SECRET) {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return fetch(url, {
    method: "POST",
    body,
    headers: { "X-Hub-Signature-256": `sha256=${signature}` },
  });
}

const webhook = (...texts) =>
  JSON.stringify({
    object: "page",
    entry: [
      {
        id: "1234567890",
        messaging: texts.map((text) => ({
          sender: { id: "7001002003004005" },
          message: { mid: "m_1", text },
        })),
      },
    ],
  });

test("it answers Meta's question", LIMIT, async (t) => {
  const { url } = await serve(t);
  const ask = (token) =>
    fetch(
      `${url}?${new URLSearchParams({ "hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "4711" })}`,
    );
  const right = await ask("open sesame");
  assert.deepEqual([right.status, await right.text()], [200, "4711"]);
  assert.equal((await ask("open barley")).status, 403);
});

test("it answers what people write", LIMIT, async (t) => {
  const { graph, url } = await serve(t);
  assert.equal(await deliver(url, webhook("hello", "Grüße & =")).then(({ status }) => status), 200);
  // The answers go out behind the response.
  while (graph.accepted.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual(
    graph.accepted.map(({ params }) => params.message.text),
    ["You wrote: hello", "You wrote: Grüße & ="],
  );
  assert.ok(
    graph.requests.every(({ params }) => /^[0-9a-f]{64}$/.test(params.appsecret_proof)),
    "each request carries a proof",
  );
});

test("it does not listen to others", LIMIT, async (t) => {
  const { graph, url } = await serve(t);
  assert.equal((await deliver(url, webhook("hello"), "another secret")).status, 401);
  assert.equal((await fetch(url, { method: "POST", body: webhook("hello") })).status, 401);
  assert.equal((await deliver(url, "no webhook")).status, 400);
  assert.equal(graph.requests.length, 0);
});
