#!/usr/bin/env node
// A stand-in for graph.facebook.com, for tests and the demo page: receives, answers, fails on demand, and remembers what came.
// As a library: `startGraph(options)`. As a command: `node server.mjs --port 0` prints its address. See README.md.
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { createServer } from "node:http";
import { isIP } from "node:net";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { answerHeaders, Answers, errorBody, JSON_TYPE, readPath } from "./answers.mjs";
import { readBody } from "./bodies.mjs";
import { Script } from "./script.mjs";
import { play } from "./wire.mjs";

export { stepNames, steps } from "./steps.mjs";

const MAX_BODY = 64 * 1024 * 1024;
/** Of raw bodies that are kept for assertions; beyond it the oldest requests go first. */
const KEEP_BYTES = 128 * 1024 * 1024;
const ADMIN = "/__graph/";
const OPTIONS = ["token", "port", "host", "appSecret", "perSecond", "limitError", "preflight", "keep", "usage", "now"];

/**
 * Starts a server; the README has the options and what comes back.
 * @param {object} [options]
 */
export async function startGraph(options = {}) {
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new TypeError(`startGraph has no option ${unknown.join(", ")}, only ${OPTIONS.join(", ")}`);
  }
  const graph = new Graph(options);
  await graph.listen();
  return graph;
}

class Graph {
  /** What was received, oldest first; the last `keep` of it. The array stays the same one. */
  requests = [];
  /** Messages, sender actions and uploads that were accepted, oldest first; the last `keep`. The array stays the same one. */
  accepted = [];
  /** Preflights (OPTIONS) are no sends, so they stand apart: { time, path, headers }. */
  preflights = [];
  /** Figures of the usage headers for every answer: { business?, app?, page? }, each an object or null. May be set at any time. */
  usage;

  #options;
  #answers;
  #script;
  #server;
  #sockets = new Set();
  #counts = zeroCounts();
  #keptBytes = 0;
  #sequence = 0;
  #closed = null;

  constructor(options) {
    this.#options = { port: 0, host: "127.0.0.1", preflight: true, keep: 10_000, ...options };
    const { keep } = this.#options;
    if (!Number.isInteger(keep) || keep < 0) {
      throw new TypeError("keep must be a whole number, at least 0");
    }
    this.usage = options.usage;
    this.#answers = new Answers(options);
    this.#script = new Script(this.#answers);
    // Time limits of its own would break connections that a test wants held.
    this.#server = createServer({ requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 600_000 }, (request, response) => {
      this.#receive(request, response);
    });
    this.#server.on("connection", (socket) => {
      this.#counts.connections += 1;
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  async listen() {
    const { port, host } = this.#options;
    await new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    this.port = this.#server.address().port;
    this.url = `http://${isIP(host) === 6 ? `[${host}]` : host}:${this.port}`;
  }

  /** Queues steps, one for each coming request; a function (request) => step becomes the standing behaviour. */
  script(...given) {
    this.#script.add(given);
    return this;
  }

  /** The standing behaviour once the queue is empty: a step, a function, or null for the normal one. */
  always(given) {
    this.#script.always(given);
    return this;
  }

  /** Calls (items of batches too) that the enforced rate refused. */
  get refused() {
    return this.#answers.refused;
  }

  /** Unbounded counters, since the start or the last reset. */
  get counts() {
    return { ...this.#counts, refused: this.refused, throttled: this.#script.throttled, open: this.#sockets.size, queued: this.#script.queued };
  }

  /** Forgets everything but the options and `usage`. Requests that are being held stay held. */
  reset() {
    this.requests.length = 0;
    this.accepted.length = 0;
    this.preflights.length = 0;
    this.#keptBytes = 0;
    this.#counts = zeroCounts();
    this.#answers.reset();
    this.#script.reset();
  }

  /** Ends every open connection at once. */
  close() {
    this.#closed ??= new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) {
        socket.destroy();
      }
    });
    return this.#closed;
  }

  [Symbol.for("nodejs.asyncDispose")]() {
    return this.close();
  }

  #receive(request, response) {
    const at = performance.now();
    const chunks = [];
    let bytes = 0;
    request.on("data", (chunk) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY) {
        chunks.push(chunk);
      }
    });
    // A client that goes away in the middle of its request has sent none.
    request.on("error", () => {});
    response.on("error", () => {});
    request.on("end", () => {
      try {
        if (bytes > MAX_BODY) {
          this.#send(response, 413, errorBody({ code: 100, message: `(#100) The request is larger than ${MAX_BODY} bytes` }));
        } else {
          this.#route(request, response, Buffer.concat(chunks, bytes), at);
        }
      } catch (error) {
        this.#fail(response, error);
      }
    });
  }

  #route(request, response, body, at) {
    const url = new URL(request.url, "http://graph.invalid");
    if (url.pathname.startsWith(ADMIN)) {
      this.#administer(request, response, url, body);
    } else if (request.method === "OPTIONS") {
      this.#preflight(request, response, url);
    } else {
      this.#serve(request, response, url, body, at);
    }
  }

  #serve(request, response, url, body, at) {
    const contentType = request.headers["content-type"] ?? null;
    const { depth, ...target } = readPath(url.pathname);
    const read = readBody(contentType, body, url.searchParams);
    const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "");
    const call = {
      method: request.method,
      ...target,
      ...read,
      token: read.fields.access_token ?? bearer?.[1] ?? null,
      isBatch: depth <= 1 && read.fields.batch !== undefined,
    };
    call.pageId = this.#answers.pageIdOf(call);
    const record = {
      seq: (this.#sequence += 1),
      time: Date.now(),
      at,
      method: request.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      version: call.version,
      page: call.page,
      edge: call.isBatch ? "batch" : call.edge,
      headers: request.headers,
      contentType,
      body: isUtf8(body) && !contentType?.toLowerCase().startsWith("multipart/") ? body.toString("utf8") : body,
      bytes: body.length,
      fields: read.fields,
      files: read.files,
      token: call.token,
    };
    this.#counts.requests += 1;
    this.#keepRequest(record);
    if (!call.isBatch && !this.#answers.admit(call)) {
      const { status, body: refusal } = this.#answers.limitAnswer();
      const figures = { call_count: 100, ...this.usage?.business };
      this.#finish(response, call, record, {
        how: "answer",
        name: "limit",
        status,
        usage: { ...this.usage, business: figures },
        body: JSON.stringify(refusal),
        accepted: [],
        options: {},
      });
      return;
    }
    const step = this.#script.next(record);
    if (typeof step.then === "function") {
      step
        .then((settled) => this.#finish(response, call, record, this.#script.compose(settled, call)))
        .catch((error) => this.#fail(response, error));
    } else {
      this.#finish(response, call, record, this.#script.compose(step, call));
    }
  }

  #finish(response, call, record, plan) {
    record.step = plan.name;
    record.status = plan.how === "silence" || plan.how === "resetBefore" ? null : plan.status;
    record.accepted = plan.accepted.length;
    if (call.items !== undefined) {
      record.items = call.items.map(({ method, relativeUrl, page, edge, fields, token }) => ({ method, relativeUrl, page, edge, fields, token }));
    }
    for (const one of plan.accepted) {
      this.#counts.accepted += 1;
      this.accepted.push({ ...one, time: record.time, at: record.at, seq: record.seq });
      if (this.accepted.length > this.#options.keep) {
        this.accepted.shift();
      }
    }
    play(response, { ...plan, headers: answerHeaders(call, { ...this.usage, ...plan.usage }, plan.headers) });
  }

  #keepRequest(record) {
    this.requests.push(record);
    this.#keptBytes += record.bytes;
    while (this.requests.length > this.#options.keep || (this.#keptBytes > KEEP_BYTES && this.requests.length > 1)) {
      this.#keptBytes -= this.requests.shift().bytes;
    }
  }

  #preflight(request, response, url) {
    this.#counts.preflights += 1;
    this.preflights.push({ time: Date.now(), path: url.pathname, headers: request.headers });
    if (this.preflights.length > this.#options.keep) {
      this.preflights.shift();
    }
    if (this.#options.preflight) {
      allow(request, response);
    } else {
      this.#send(response, 400, errorBody({ code: 100, message: "(#100) Preflights are refused" }));
    }
  }

  /** The same controls over HTTP, for tests in other processes. They are open to every origin, whatever `preflight` says. */
  #administer(request, response, url, body) {
    const name = url.pathname.slice(ADMIN.length);
    if (request.method === "OPTIONS") {
      allow(request, response);
      return;
    }
    switch (`${request.method} ${name}`) {
      case "POST script": {
        try {
          const given = JSON.parse(body.toString("utf8"));
          const { queue = [], always } = Array.isArray(given) ? { queue: given } : given;
          this.script(...queue);
          if (always !== undefined) {
            this.always(always);
          }
        } catch (error) {
          this.#send(response, 400, { error: error.message });
          return;
        }
        this.#send(response, 200, { queued: this.#script.queued });
        return;
      }
      case "GET requests":
        this.#send(response, 200, this.requests.map((one) => portable(one, url.searchParams.has("redact"))));
        return;
      case "GET accepted":
        this.#send(response, 200, this.accepted);
        return;
      case "GET counts":
        this.#send(response, 200, this.counts);
        return;
      case "POST reset":
        this.reset();
        this.#send(response, 200, {});
        return;
      default:
        this.#send(response, 404, { error: "served are POST script, POST reset, GET requests, GET accepted, GET counts" });
    }
  }

  #send(response, status, body) {
    response.writeHead(status, { "Content-Type": JSON_TYPE, "Access-Control-Allow-Origin": "*", Vary: "Origin", "Cache-Control": "no-store" });
    response.end(JSON.stringify(body));
  }

  /** A mistake in a scripted function must be seen by the one who wrote it, and not look like an answer of Graph. */
  #fail(response, error) {
    console.error("local-graph:", error);
    if (response.headersSent) {
      response.destroy();
    } else {
      response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8", "Access-Control-Allow-Origin": "*" });
      response.end(`local-graph: ${error?.message ?? error}`);
    }
  }
}

function zeroCounts() {
  return { requests: 0, accepted: 0, preflights: 0, connections: 0 };
}

/** What is asked for is allowed by name: a wildcard would not cover Authorization. */
function allow(request, response) {
  response.writeHead(200, {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": request.headers["access-control-request-headers"] ?? "content-type, authorization",
    ...(request.headers["access-control-request-private-network"] === "true" && { "Access-Control-Allow-Private-Network": "true" }),
    "Access-Control-Max-Age": "0",
    Vary: "Origin",
    "Content-Length": 0,
  });
  response.end();
}

/** A request as JSON: bytes as base64, files by their size and SHA-256; the token blanked out where that is asked. */
function portable(record, redact) {
  const isText = typeof record.body === "string";
  const plain = {
    ...record,
    body: isText ? record.body : record.body.toString("base64"),
    bodyEncoding: isText ? "utf8" : "base64",
    files: Object.fromEntries(
      Object.entries(record.files).map(([name, { data, ...file }]) => [
        name,
        { ...file, sha256: createHash("sha256").update(data).digest("hex") },
      ]),
    ),
  };
  if (!redact) {
    return plain;
  }
  if (!isText) {
    plain.body = "";
  }
  const tokens = new Set([record.token, ...(record.items ?? []).map((item) => item.token)]);
  let text = JSON.stringify(plain);
  for (const token of tokens) {
    if (typeof token === "string" && token !== "") {
      text = text.replaceAll(JSON.stringify(token).slice(1, -1), "***").replaceAll(encodeURIComponent(token), "***");
    }
  }
  return JSON.parse(text);
}

const USAGE = `usage: node server.mjs [--port 0] [--host 127.0.0.1] [--token TOKEN]... [--app-secret SECRET] [--per-second N]
                       [--keep N] [--no-preflight]
Prints its address, then serves until it is stopped.`;

async function main() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        port: { type: "string", default: "0" },
        host: { type: "string", default: "127.0.0.1" },
        token: { type: "string", multiple: true },
        "app-secret": { type: "string" },
        "per-second": { type: "string" },
        keep: { type: "string", default: "10000" },
        "no-preflight": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const graph = await startGraph({
    port: Number(values.port),
    host: values.host,
    token: values.token,
    appSecret: values["app-secret"],
    perSecond: values["per-second"] === undefined ? undefined : Number(values["per-second"]),
    keep: Number(values.keep),
    preflight: !values["no-preflight"],
  });
  console.log(graph.url);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => graph.close());
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
