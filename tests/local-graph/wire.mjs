// Puts an answer, or a failure, on the wire. Everything that waits is tied to its response and ends with it.
import { half } from "./script.mjs";

const CHUNK = Buffer.alloc(64 * 1024, 0x61);
/** Long enough for the bytes before a reset to reach the client: a reset throws away what was not read yet. */
const BEFORE_RESET_MS = 25;

export function play(response, plan) {
  if (plan.delayMs > 0) {
    after(response, plan.delayMs, () => play(response, { ...plan, delayMs: 0 }));
    return;
  }
  const { how, status, headers, options } = plan;
  const body = typeof plan.body === "string" ? Buffer.from(plan.body) : plan.body;
  switch (how) {
    case "silence":
      return;
    case "resetBefore":
      reset(response, options.fin);
      return;
    case "headersThenSilence":
      open(response, status, headers, body.length);
      return;
    case "stall":
      open(response, status, headers, body.length);
      response.write(half(body));
      return;
    case "resetInside":
      open(response, status, headers, body.length);
      response.write(half(body));
      after(response, BEFORE_RESET_MS, () => reset(response, options.fin));
      return;
    case "drip":
      open(response, status, headers, body.length);
      drip(response, body, options.bytes ?? 1, options.everyMs ?? 100);
      return;
    case "huge":
      huge(response, plan, body);
      return;
    default:
      // A status without a body, as 204, must not announce one.
      response.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, "Content-Length": body.length });
      response.end(body);
  }
}

function open(response, status, headers, length) {
  response.writeHead(status, { ...headers, "Content-Length": length });
  response.flushHeaders();
}

function drip(response, body, bytes, everyMs) {
  response.write(body.subarray(0, bytes));
  if (bytes >= body.length) {
    response.end();
    return;
  }
  after(response, everyMs, () => drip(response, body.subarray(bytes), bytes, everyMs));
}

/** The bytes are made while they are read: a client that stops reading costs nothing. */
function huge(response, { status, headers, options }, opening) {
  const closing = Buffer.from('"}');
  const total = Math.max(options.bytes, opening.length + closing.length);
  let left = total - opening.length - closing.length;
  response.writeHead(status, { ...headers, ...(options.declared && { "Content-Length": total }) });
  response.write(opening);
  const fill = () => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, CHUNK.length);
      left -= size;
      if (!response.write(CHUNK.subarray(0, size))) {
        response.once("drain", fill);
        return;
      }
    }
    response.end(closing);
  };
  fill();
}

function reset(response, fin) {
  const { socket } = response;
  if (socket === null || socket.destroyed) {
    return;
  }
  if (fin) {
    socket.destroy();
  } else {
    socket.resetAndDestroy();
  }
}

function after(response, ms, act) {
  if (response.destroyed) {
    return;
  }
  const timer = setTimeout(() => {
    response.off("close", cancel);
    if (!response.destroyed) {
      act();
    }
  }, ms);
  const cancel = () => clearTimeout(timer);
  response.once("close", cancel);
}
