// Reads a body with a limit: what is too large is not read to its end.
import { Problem } from "./problem.ts";

export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new Problem("body-too-large", `A body may have ${limit} bytes.`, { limit, unit: "bytes" });
  if (Number(request.headers.get("Content-Length") ?? 0) > limit) {
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > limit) {
      throw tooLarge();
    }
    chunks.push(chunk);
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
    // The parser's own message would quote the body.
    throw new Problem("invalid-json", "The body is not JSON in UTF-8.");
  }
}
