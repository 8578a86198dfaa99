// Writes a response, or a failure, to the socket. Everything that waits is tied to its response and
// ends with it.

const CHUNK = Buffer.alloc(64 * 1024, "a");
/** Long enough for the bytes before a reset to reach the client: a reset throws away what was not read yet. */
const BEFORE_RESET_MS = 50;

export function play(response, plan) {
  if (plan.delayMs !== undefined) {
    after(response, plan.delayMs, () => play(response, { ...plan, delayMs: undefined }));
    return;
  }
  const { how, status, headers } = plan;
  const body = Buffer.from(plan.body ?? "");
  const half = body.subarray(0, Math.ceil(body.length / 2));
  // A status without a body must not announce one.
  const open = () =>
    response.writeHead(
      status,
      status === 204 || status === 304 ? headers : { ...headers, "Content-Length": body.length },
    );
  switch (how) {
    case "silence":
      return;
    case "reset":
      reset(response, plan.fin);
      return;
    case "headersThenSilence":
      open().flushHeaders();
      return;
    case "stall":
      open().write(half);
      return;
    case "resetInside":
      open().write(half);
      after(response, BEFORE_RESET_MS, () => reset(response, plan.fin));
      return;
    case "drip":
      open();
      drip(response, body, plan.everyMs);
      return;
    case "huge":
      huge(response, plan, body);
      return;
    default:
      open().end(body);
  }
}

function drip(response, body, everyMs) {
  if (body.length === 0) {
    response.end();
    return;
  }
  response.write(body.subarray(0, 1));
  after(response, everyMs, () => drip(response, body.subarray(1), everyMs));
}

/** The bytes are generated while they are read, so a client that stops reading costs nothing. */
function huge(response, { status, headers, bytes, declared }, opening) {
  const closing = '"}';
  let left = Math.max(0, bytes - opening.length - closing.length);
  response.writeHead(status, {
    ...headers,
    ...(declared && { "Content-Length": opening.length + left + closing.length }),
  });
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

function reset({ socket }, fin) {
  if (fin) {
    socket?.destroy();
  } else {
    socket?.resetAndDestroy();
  }
}

function after(response, ms, act) {
  if (response.destroyed) {
    return;
  }
  const cancel = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    response.off("close", cancel);
    act();
  }, ms);
  response.once("close", cancel);
}
