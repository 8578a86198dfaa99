#!/usr/bin/env node
// A stand-in for graph.facebook.com, for tests and the demo page: the engine of messenger-send/testing behind a socket. It receives,
// answers, fails on demand and remembers what came. As a library: `startGraph(options)`. As a command: `node server.mjs --port 4100 --token X`. What can be scripted is in steps.mjs.
// It prints nothing of what it receives, so no token gets into a log. What it remembers holds the tokens: use made-up ones.
import { randomBytes } from "node:crypto";
import { realpathSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Engine } from "../../pkg-template/testing/engine.js";
import { Ids } from "../../pkg-template/testing/ids.js";
import { isLoopbackOrigin, refusalOf } from "../../scripts/lib/own-site.mjs";
import { play } from "./wire.mjs";

const ADMIN = "/__graph/";
const OPTIONS = ["token", "port", "host", "appSecret", "perSecond", "preflight", "keep"];

/**
 * Starts a server.
 * @param {object} [options]
 * @param {string | string[]} [options.token] what is a valid token; of several each is another Page's
 * @param {number} [options.port] 0 is any free port
 * @param {string} [options.host]
 * @param {string} [options.appSecret] turns the check of appsecret_proof on
 * @param {number | { text?: number, media?: number }} [options.perSecond] calls in a second for each Page; 613 above it
 * @param {boolean} [options.preflight] whether OPTIONS is answered so that a browser goes on
 * @param {number} [options.keep] how many of the last requests, accepted messages and refusals are remembered
 */
export async function startGraph(options = {}) {
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(
      `startGraph has no option ${unknown.join(", ")}, only ${OPTIONS.join(", ")}`,
    );
  }
  const {
    token = "EAABtesttoken",
    port = 0,
    host = "127.0.0.1",
    appSecret,
    perSecond,
    preflight = true,
    keep = 1000,
  } = options;
  const graph = new Graph({ token, appSecret, perSecond, preflight, keep });
  await graph.listen(port, host);
  return graph;
}

class Graph {
  #engine;
  #isWelcome = isLoopbackOrigin;
  #preflight;
  #server;
  #sockets = new Set();

  constructor({ preflight, ...options }) {
    // Ids of two servers must not look alike.
    this.#engine = new Engine({
      ...options,
      ids: new Ids(`${randomBytes(9).toString("base64url")}-`),
      now: () => performance.now(),
    });
    this.#preflight = preflight;
    // Time limits of its own would break connections that a test wants held.
    this.#server = createServer(
      { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 600_000 },
      (request, response) => {
        this.#receive(request, response).catch((error) => fail(response, error));
      },
    );
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  listen(port, host) {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        this.port = this.#server.address().port;
        this.url = `http://${nameOf(host)}:${this.port}`;
        resolve();
      });
    });
  }

  /** What was received, preflights too, oldest first. The array stays the same one. */
  get requests() {
    return this.#engine.requests;
  }

  /** Messages that were accepted, oldest first: { page, recipient_id?, message_id, attachment_id?, params, at }. */
  get accepted() {
    return this.#engine.accepted;
  }

  /** Calls that were refused, oldest first, by a check, the rate or a script: { page, code, subcode?, message, at }. */
  get refused() {
    return this.#engine.refused;
  }

  /** Queues steps, one for each coming request. A function (request) => step stands for every request after them. */
  script(...given) {
    if (given.some((one) => (one?.then ?? one)?.step === "unreachable")) {
      throw new TypeError("a server that is reached cannot play the step unreachable");
    }
    this.#engine.script(...given);
    return this;
  }

  /** Forgets what came and what is scripted. Requests that are being held stay held. */
  reset() {
    this.#engine.reset();
  }

  /** From now on pages of these origins are answered, and not those of all of this machine's servers. */
  answerOnly(...origins) {
    this.#isWelcome = (origin) => origins.includes(origin);
  }

  /** Stops, and ends every open connection at once. */
  close() {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) {
        socket.destroy();
      }
    });
  }

  async #receive(request, response) {
    // The time of arrival is the header's: a slow body must not look like a late request.
    const at = Date.now();
    const chunks = [];
    // Writing to a client that went away is no failure here.
    response.on("error", () => {});
    const refusal = refusalOf(request, this.#isWelcome);
    if (refusal !== undefined) {
      response.writeHead(refusal.status, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ error: refusal.reason }));
      return;
    }
    try {
      for await (const chunk of request) {
        chunks.push(chunk);
      }
    } catch {
      // A client that goes away in the middle of its request has sent none.
      return;
    }
    const body = Buffer.concat(chunks);
    const url = new URL(request.url, "http://graph.invalid");
    if (url.pathname.startsWith(ADMIN)) {
      this.#administer(request, response, url.pathname.slice(ADMIN.length), body);
      return;
    }
    const { method, headers } = request;
    const taken = await this.#engine.take({ method, url, headers, body }, (read) => ({
      method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers,
      body: body.toString("utf8"),
      ...read,
      bytes: body.length,
      at,
    }));
    if (method === "OPTIONS" && this.#preflight) {
      allow(request, response);
      return;
    }
    play(response, await this.#engine.answer(taken));
  }

  /** The same as the methods, for tests that run in another process. */
  #administer(request, response, name, body) {
    switch (`${request.method} ${name}`) {
      case "POST script":
        try {
          this.script(...[JSON.parse(body.toString("utf8"))].flat());
        } catch (error) {
          send(response, 400, { error: error.message });
          return;
        }
        send(response, 200, {});
        return;
      case "POST reset":
        this.reset();
        send(response, 200, {});
        return;
      case "GET requests":
      case "GET accepted":
      case "GET refused":
        send(response, 200, this[name]);
        return;
      default:
        if (request.method === "OPTIONS") {
          allow(request, response);
        } else {
          send(response, 404, {
            error: "served are POST script, POST reset, GET requests, GET accepted, GET refused",
          });
        }
    }
  }
}

/** How a request names the host that is listened on. Every interface is no address. */
function nameOf(host) {
  if (host === "0.0.0.0" || host === "::") {
    return "127.0.0.1";
  }
  return host.includes(":") ? `[${host}]` : host;
}

function send(response, status, body) {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(body));
}

/** What is asked for is allowed by name: a wildcard would not cover Authorization. */
function allow(request, response) {
  response.writeHead(200, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers":
      request.headers["access-control-request-headers"] ?? "content-type, authorization",
    Vary: "Origin",
  });
  response.end();
}

/** A mistake in a scripted function must reach the one who wrote it, and not look like an answer of Graph. */
function fail(response, error) {
  if (response.headersSent) {
    response.destroy();
  } else {
    response.writeHead(500, {
      "Content-Type": "text/plain; charset=utf-8",
      "Access-Control-Allow-Origin": "*",
    });
    response.end(`local-graph: ${error?.message ?? error}`);
  }
}

const USAGE =
  "usage: node server.mjs [--port 0] [--host 127.0.0.1] [--token TOKEN]... [--app-secret SECRET] [--per-second N] [--no-preflight]";

async function main() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: "string", default: "0" },
        host: { type: "string" },
        token: { type: "string", multiple: true },
        "app-secret": { type: "string" },
        "per-second": { type: "string" },
        "no-preflight": { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    // The message would quote the command line, and with it perhaps a token.
    console.error(`${error.code ?? "wrong arguments"}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const graph = await startGraph({
    port: Number(values.port),
    host: values.host,
    token: values.token,
    appSecret: values["app-secret"],
    perSecond: values["per-second"] === undefined ? undefined : Number(values["per-second"]),
    preflight: !values["no-preflight"],
  });
  console.log(`listening on ${graph.url}`);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => graph.close());
  }
}

if (
  process.argv[1] !== undefined &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  await main();
}
