// The sender in workerd, through miniflare, with the configuration of its wrangler.jsonc and the local Graph.
import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startGraph } from "../../local-graph/server.mjs";
import { EXAMPLE, modules, platform } from "./example.mjs";

export const APP_SECRET = "0123456789abcdef0123456789abcdef";
export const VERIFY_TOKEN = "a verify token of some length";
export const KEY = "key-that-only-the-shop-knows-0123456789";
export const OTHER_KEY = "key-for-one-page-only-0123456789abcdef";
/** Linux keeps it in memory: an object waits for the disk after each write, and the disk of a busy machine is slow. */
const MEMORY = "/dev/shm";
const TERMINAL = ["sent", "delivered", "refused", "unknown", "probably_not_delivered", "dead"];

export const pageId = (index) => `10000000000000${String(index).padStart(2, "0")}`;
export const tokenOf = (index) => `EAABpage${index}tokenthatnobodymaysee`;
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/**
 * @param {object} [options]
 * @param {number} [options.pages] how many Pages there are
 * @param {Record<string, string>} [options.vars] variables beside those of wrangler.jsonc
 * @param {object} [options.graph] options of the local Graph
 * @param {number} [options.callsPerMinute] of each key; tests look far more often than a caller may
 */
export async function startSender({
  pages = 2,
  vars = {},
  graph: graphOptions = {},
  callsPerMinute = 1_000_000,
} = {}) {
  const { start: startMiniflare, workerOptions } = await platform();
  const indexes = Array.from({ length: pages }, (_, index) => index);
  const graph = await startGraph({
    token: indexes.map(tokenOf),
    appSecret: APP_SECRET,
    keep: 100_000,
    ...graphOptions,
  });
  const storage = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "edge-storage-"));
  const logs = [];
  const { workerOptions: options } = workerOptions(join(EXAMPLE, "wrangler.jsonc"));
  // A developer's own .dev.vars are no business of a test.
  const configured = Object.entries(options.bindings).filter(
    ([name]) => !name.startsWith("PAGE_TOKEN_"),
  );
  const worker = {
    ...options,
    name: "messenger-sender",
    ...(await modules()),
    modulesRules: undefined,
    // The page is tested elsewhere.
    assets: undefined,
    ratelimits: {
      KEY_LIMIT: {
        ...options.ratelimits.KEY_LIMIT,
        simple: { limit: callsPerMinute, period: 60 },
      },
    },
    bindings: {
      ...Object.fromEntries(configured),
      GRAPH_URL: graph.url,
      APP_SECRET,
      VERIFY_TOKEN,
      API_KEYS: JSON.stringify([
        { name: "shop", sha256: sha256(KEY), pages: ["*"] },
        { name: "one page", sha256: sha256(OTHER_KEY), pages: [pageId(0)] },
      ]),
      ...Object.fromEntries(
        indexes.map((index) => [`PAGE_TOKEN_${pageId(index)}`, tokenOf(index)]),
      ),
      ...vars,
    },
  };
  const start = async () => {
    const miniflare = startMiniflare({
      workers: [worker],
      resourcePersistencePath: storage,
      handleStructuredLogs: ({ message }) => logs.push(message),
    });
    return { miniflare, url: await miniflare.ready };
  };
  let running = await start().catch(async (error) => {
    // An open server would keep the test from ending.
    await graph.close();
    throw error;
  });
  const address = (path) => new URL(path, running.url);
  const authorized = (init = {}, key = KEY) => ({
    ...init,
    headers: { Authorization: `Bearer ${key}`, ...init.headers },
  });
  const sender = {
    graph,
    logs,
    /** What must be seen nowhere. */
    secrets: [KEY, OTHER_KEY, APP_SECRET, VERIFY_TOKEN, ...indexes.map(tokenOf)],
    fetch: (path, init) => fetch(address(path), init),
    get: (path, key) => fetch(address(path), authorized({}, key)),
    post: (body, { path = "/messages", key, headers } = {}) =>
      fetch(
        address(path),
        authorized(
          {
            method: "POST",
            body: typeof body === "string" ? body : JSON.stringify(body),
            headers: { "Content-Type": "application/json", ...headers },
          },
          key,
        ),
      ),
    /** Posts messages that must be accepted, and gives their ids. */
    async accept(body) {
      const response = await sender.post(body);
      const answer = await response.json();
      assert.equal(response.status, 202, JSON.stringify(answer));
      return answer.messages.map(({ id }) => id);
    },
    async status(id) {
      return (await sender.get(`/messages/${id}`)).json();
    },
    /** The messages, when each of them has come to an end. */
    async ended(ids) {
      const views = new Map();
      await until(async () => {
        for (const id of ids) {
          if (!TERMINAL.includes(views.get(id)?.status)) {
            views.set(id, await sender.status(id));
            if (!TERMINAL.includes(views.get(id).status)) {
              return false;
            }
          }
        }
        return true;
      });
      return ids.map((id) => views.get(id));
    },
    webhook(events, { page = pageId(0), signature, object = "page", body } = {}) {
      const text =
        body ?? JSON.stringify({ object, entry: [{ id: page, time: 1, messaging: events }] });
      return fetch(address("/webhook"), {
        method: "POST",
        body: text,
        headers: { "X-Hub-Signature-256": signature ?? sign(text) },
      });
    },
    /** Asks for a fault, or a look: see tested.js. */
    test: (what, query = {}, init = {}) =>
      fetch(address(`/__test/${what}?${new URLSearchParams(query)}`), init),
    async dump(page = pageId(0)) {
      return (await sender.test("dump", { page })).json();
    },
    /** Ends the runtime as a power cut would, and starts it again with what was stored. */
    async restart() {
      await running.miniflare.dispose();
      running = await start();
    },
    async stop() {
      await running.miniflare.dispose();
      await graph.close();
      rmSync(storage, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return sender;
}

export const sign = (body) =>
  `sha256=${createHmac("sha256", APP_SECRET).update(body).digest("hex")}`;

/** The echo of a message that Graph has accepted, as Meta sends it. */
export function echoOf({ recipient_id, message_id, params }, page = pageId(0)) {
  return {
    sender: { id: page },
    recipient: { id: recipient_id },
    timestamp: Date.now(),
    message: { is_echo: true, app_id: 1, mid: message_id, metadata: params.message.metadata },
  };
}

const TOO_LONG_MS = 600_000;

/** Waits for something that must happen; how soon is nobody's business. */
export async function until(condition, everyMs = 50) {
  const end = performance.now() + TOO_LONG_MS;
  while (!(await condition())) {
    assert.ok(performance.now() < end, "it happens at all");
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
