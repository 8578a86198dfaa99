// Converts a decision of the engine to the result of `fetch`: a `Response`, or the error of a
// connection. In an environment without `Response` (jsdom), a plain object with the same methods.

const CHUNK = "a".repeat(64 * 1024);
/** The statuses of a `Response` without a body. */
const WITHOUT_BODY = [204, 205, 304];

/**
 * The rejection of `fetch` for a failed connection, as in Node, with the system's code in `cause`.
 */
export function connectionError(code, text) {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(text), { code }) });
}

export const resetError = (fin) =>
  fin
    ? connectionError("UND_ERR_SOCKET", "other side closed")
    : connectionError("ECONNRESET", "read ECONNRESET");

/**
 * @param {object} plan of `Engine.answer`, whose `how` has a response
 * @param {import("./waiting.js").Waiting} waiting ends when the caller's signal aborts
 */
export function responseTo(plan, waiting) {
  const { status, headers, how } = plan;
  const init = { status, headers };
  if (how === "answer" || WITHOUT_BODY.includes(status)) {
    waiting.end();
    return respond(WITHOUT_BODY.includes(status) ? null : plan.body, init);
  }
  if (plan.declared) {
    headers["Content-Length"] = String(plan.bytes);
  }
  const chunks = chunksOf(plan, waiting);
  return typeof Response === "function" && typeof ReadableStream === "function"
    ? new Response(streamOf(chunks, waiting), init)
    : new PlainResponse(chunks, init);
}

function respond(body, init) {
  return typeof Response === "function"
    ? new Response(body, init)
    : new PlainResponse([body ?? ""], init);
}

/** The chunks of a body as they arrive. */
async function* chunksOf(plan, waiting) {
  try {
    yield* piecesOf(plan, waiting);
  } finally {
    waiting.end();
  }
}

async function* piecesOf({ how, body, everyMs, fin, bytes }, waiting) {
  const half = body.slice(0, Math.ceil(body.length / 2));
  switch (how) {
    case "headersThenSilence":
      return await waiting.forEver();
    case "stall":
      yield half;
      return await waiting.forEver();
    case "resetInside":
      yield half;
      throw resetError(fin);
    case "drip":
      for (const character of body) {
        yield character;
        await waiting.pause(everyMs);
      }
      return;
    case "huge":
      yield body;
      for (let left = bytes - body.length - 2; left > 0; left -= CHUNK.length) {
        yield CHUNK.slice(0, left);
      }
      yield '"}';
      return;
    default:
      throw new TypeError(`there is no way to answer ${how}`);
  }
}

/** The bytes are generated while they are read, so a reader that stops costs nothing. */
function streamOf(chunks, waiting) {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(new TextEncoder().encode(value));
        }
      },
      cancel: () => waiting.end(),
    },
    { highWaterMark: 0 },
  );
}

class PlainResponse {
  #chunks;

  constructor(chunks, { status, headers }) {
    this.#chunks = chunks;
    this.status = status;
    this.ok = status >= 200 && status < 300;
    const lower = new Map(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    this.headers = {
      get: (name) => lower.get(name.toLowerCase()) ?? null,
      has: (name) => lower.has(name.toLowerCase()),
      forEach: (call) => lower.forEach((value, name) => void call(value, name)),
    };
  }

  async text() {
    let text = "";
    for await (const chunk of this.#chunks) {
      text += chunk;
    }
    return text;
  }

  async json() {
    return JSON.parse(await this.text());
  }
}
