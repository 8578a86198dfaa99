// Takes an answer apart, whatever `fetch` gave: what comes back need not be a `Response` (a test's double, another realm's class).
import { get, letGo, settle } from "./foreign.js";
import { turn } from "./turn.js";

/** As in src/send/response.rs: Graph's bodies are below 1 KiB. */
const MAX_BODY = 1024 * 1024;
/** As in src/send/answer_headers.rs, in that order. In a browser most are hidden from scripts. */
const HEADER_NAMES = ["retry-after", "x-business-use-case-usage", "x-app-usage", "x-page-usage", "x-fb-trace-id"];
/** How a body was read, as the core takes it. */
const WHOLE = 0;
const TOO_LARGE = 1;
const UNREADABLE = 2;
/** After so many reads timers have their turn: a stream that always has something at hand, were it empty, would keep the deadline from it. */
const TURN = 1024;
const NOTHING = new Uint8Array();

/** The headers that matter, one a line. */
export function headersOf(response) {
  const headers = get(response, "headers");
  const line = (name) => {
    try {
      const text = headers.get(name);
      return typeof text === "string" ? text.replaceAll("\n", " ") : "";
    } catch {
      return "";
    }
  };
  return HEADER_NAMES.map(line).join("\n");
}

/**
 * The bytes of the body: no more than the cap, and no longer than the race allows. Rejects with what cut it short, or with what broke it.
 * @returns {Promise<{ bytes: Uint8Array, reading: number }>} after anything but the whole, the rest has been cancelled
 */
export async function bodyOf(response, race) {
  const stream = get(response, "body");
  if (typeof get(stream, "getReader") !== "function") {
    return stream === null ? { bytes: NOTHING, reading: WHOLE } : textOf(response, race);
  }
  let reader;
  try {
    reader = stream.getReader();
  } catch {
    // Somebody has read the body before.
    return { bytes: NOTHING, reading: UNREADABLE };
  }
  let read;
  try {
    read = await chunksOf(reader, race);
    return read;
  } finally {
    if (read?.reading !== WHOLE) {
      letGo(() => reader.cancel());
    }
  }
}

/** Lets go of a body that nobody reads, so that its connection is free again. */
export function cancelBody(response) {
  letGo(() => response.body.cancel());
}

async function chunksOf(reader, race) {
  const chunks = [];
  let length = 0;
  for (let reads = 1; ; reads += 1) {
    const chunk = await race(settle(() => reader.read()));
    if (reads % TURN === 0) {
      await race(turn());
    }
    if (get(chunk, "done")) {
      return { bytes: chunks.length === 1 ? chunks[0] : joined(chunks, length), reading: WHOLE };
    }
    const bytes = viewOf(get(chunk, "value"));
    if (bytes === undefined) {
      return { bytes: NOTHING, reading: UNREADABLE };
    }
    length += bytes.length;
    if (length > MAX_BODY) {
      return { bytes: NOTHING, reading: TOO_LARGE };
    }
    chunks.push(bytes);
  }
}

/** Not `instanceof`: the bytes may be of another realm, as in a test runner. */
function viewOf(chunk) {
  try {
    return ArrayBuffer.isView(chunk) ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : undefined;
  } catch {
    // A view whose memory is gone.
    return undefined;
  }
}

function joined(chunks, length) {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** For answers of other libraries, whose body is no stream of the web. */
async function textOf(response, race) {
  if (typeof get(response, "text") !== "function") {
    return { bytes: NOTHING, reading: UNREADABLE };
  }
  const text = await race(settle(() => response.text()));
  if (typeof text !== "string") {
    return { bytes: NOTHING, reading: UNREADABLE };
  }
  // The length first: a text that is too long is not copied.
  return text.length > MAX_BODY ? { bytes: NOTHING, reading: TOO_LARGE } : { bytes: new TextEncoder().encode(text), reading: WHOLE };
}
