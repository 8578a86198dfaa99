// Reads a body up to a limit.
import { Problem } from "./problem.ts";

/** How much of a too large body is read and discarded: a client that is cut off while it writes may not see the response. */
const DRAINED_BYTES = 16 * 1024 * 1024;

export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length <= limit) {
      chunks.push(chunk);
    } else {
      chunks.length = 0;
    }
    if (length > limit + DRAINED_BYTES) {
      break;
    }
  }
  if (length > limit) {
    throw new Problem("body-too-large", `A body may have ${limit} bytes.`, {
      limit,
      unit: "bytes",
    });
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

export async function readJson(request: Request, limit: number): Promise<unknown> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^application\/json(;|$)/i.test(type.trim())) {
    throw new Problem("not-json", "The header Content-Type must be application/json.");
  }
  const body = await readBody(request, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    // Not the parser's message, which quotes the body.
    throw new Problem("invalid-json", "The body is not JSON in UTF-8.");
  }
}
