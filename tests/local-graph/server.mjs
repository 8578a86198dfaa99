#!/usr/bin/env node
// A stand-in for graph.facebook.com, for tests and the demo page: the engine of
// messenger-send/testing behind a socket. It answers, fails on demand and records what it receives.
// As a library: `startGraph(options)`. As a command: `node server.mjs --port 4100 --token X`.
// steps.mjs has the steps to script. It prints nothing that it receives, so no token gets into a
// log. Its records contain the tokens: use made-up ones.
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
 * @param {string | string[]} [options.token] the valid tokens, each of a different Page
 * @param {number} [options.port] 0 is any free port
 * @param {string} [options.host]
 * @param {string} [options.appSecret] enables the check of appsecret_proof
 * @param {number | { text?: number, media?: number }} [options.perSecond] calls per second for each
 * Page; 613 above it
 * @param {boolean} [options.preflight] whether OPTIONS is answered so that a browser continues
 * @param {number} [options.keep] how many of the latest requests, accepted messages and refusals
 * are kept
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
    // The ids of two servers must differ.
    this.#engine = new Engine({
      ...options,
      ids: new Ids(`${randomBytes(9).toString("base64url")}-`),
      now: () => performance.now(),
    });
    this.#preflight = preflight;
    // Its own timeouts would break connections that a test wants to keep open.
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

  /** The received requests, including preflights, oldest first. Always the same array. */
  get requests() {
    return this.#engine.requests;
  }

  /**
   * The accepted messages, oldest first: { page, recipient_id?, message_id, attachment_id?,
   * params, at }.
   */
  get accepted() {
    return this.#engine.accepted;
  }

  /**
   * The calls refused by a check, the rate or a script, oldest first: { page, code, subcode?,
   * message, at }.
   */
  get refused() {
    return this.#engine.refused;
  }

  /**
   * Queues steps, one for each coming request. A function (request) => step applies to every
   * request after them.
   */
  script(...given) {
    if (given.some((one) => (one?.then ?? one)?.step === "unreachable")) {
      throw new TypeError("a server that is reached cannot play the step unreachable");
    }
    this.#engine.script(...given);
    return this;
  }

  /** Clears the records and the script. Requests that are kept open stay open. */
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
    // The time of arrival is that of the headers: a slow body must not look like a late request.
    const at = Date.now();
    const chunks = [];
    // Writing to a client that has disconnected is not a failure.
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
      // A client that disconnects during its request has sent none.
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

/**
 * A mistake in a scripted function must be visible to its author, and not look like a response
 * from Graph.
 */
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
    // The message would quote the command line, which may contain a token.
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
