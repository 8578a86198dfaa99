// Reads the arguments of `fetch`: a URL and options, or a `Request`, of any realm.
import { isPairs } from "./bodies.js";

const FORM = "application/x-www-form-urlencoded;charset=UTF-8";

/**
 * @returns {{ method: string, url: URL, headers: Record<string, string>, redirect: string, signal:
 * AbortSignal | undefined, body: () => Promise<string | Uint8Array | FormData | URLSearchParams> }}
 */
export function readRequest(input, init = {}) {
  const request = isRequest(input) ? input : undefined;
  const address = request === undefined ? input : request.url;
  const given = init?.body ?? undefined;
  const headers = headersOf(init?.headers ?? request?.headers);
  if (headers["content-type"] === undefined) {
    const type = contentTypeOf(given);
    Object.assign(headers, type !== undefined && { "content-type": type });
  }
  return {
    method: String(init?.method ?? request?.method ?? "GET").toUpperCase(),
    url: new URL(String(address), "https://graph.facebook.com"),
    headers,
    redirect: init?.redirect ?? request?.redirect ?? "follow",
    signal: init?.signal ?? request?.signal ?? undefined,
    body: () => bodyOf(given ?? request),
  };
}

/** `new Request` does not accept a `Request` of another realm, so its members are read. */
function isRequest(input) {
  return (
    typeof input === "object" &&
    input !== null &&
    typeof input.url === "string" &&
    typeof input.arrayBuffer === "function"
  );
}

function headersOf(given) {
  const headers = {};
  if (given === undefined || given === null) {
    return headers;
  }
  const pairs = typeof given[Symbol.iterator] === "function" ? given : Object.entries(given);
  for (const [name, value] of pairs) {
    headers[name.toLowerCase()] = String(value).trim();
  }
  return headers;
}

/** The content type that `fetch` adds automatically. */
function contentTypeOf(body) {
  if (typeof body === "string") {
    return "text/plain;charset=UTF-8";
  }
  if (isPairs(body)) {
    return body[Symbol.toStringTag] === "FormData" ? "multipart/form-data" : FORM;
  }
  return typeof body?.type === "string" && body.type !== "" ? body.type : undefined;
}

async function bodyOf(given) {
  if (given === undefined) {
    return "";
  }
  if (typeof given === "string" || isPairs(given)) {
    return given;
  }
  if (ArrayBuffer.isView(given)) {
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice();
  }
  if (typeof given.arrayBuffer === "function") {
    return new Uint8Array(await given.arrayBuffer());
  }
  if (given[Symbol.toStringTag] === "ArrayBuffer") {
    return new Uint8Array(given).slice();
  }
  if (typeof given[Symbol.asyncIterator] === "function" || typeof given.getReader === "function") {
    return new Uint8Array(await new Response(given).arrayBuffer());
  }
  return String(given);
}
