// A message in a link: in the fragment, which browsers do not send to any server. base64url of JSON, compressed where the browser can.

const PACKED = "m";
const PLAIN = "j";
// What a link may unpack to: as much as the package reads. A small link must not fill the memory.
const MOST_BYTES = 1024 * 1024;

/** The fragment, without its "#", that holds a message: { platform, request }, and the text that it is typed as, if any. */
export async function toFragment(
  { platform, request, source, broken },
  { Compression = globalThis.CompressionStream } = {},
) {
  const bytes = new TextEncoder().encode(JSON.stringify({ platform, request, source, broken }));
  if (!Compression) return `${PLAIN}=${toBase64Url(bytes)}`;
  return `${PACKED}=${toBase64Url(await piped(bytes, new Compression("deflate-raw")))}`;
}

/** The message of a fragment; undefined where it holds none. Throws where what it holds is broken. */
export async function fromFragment(
  fragment,
  { Decompression = globalThis.DecompressionStream } = {},
) {
  const [, kind, data] = /^#?([mj])=([\w-]+)$/.exec(fragment) ?? [];
  if (kind === undefined) return undefined;
  const bytes = fromBase64Url(data);
  const text = new TextDecoder("utf-8", { fatal: true }).decode(
    kind === PACKED ? await piped(bytes, new Decompression("deflate-raw")) : bytes,
  );
  const { platform, request, source, broken } = JSON.parse(text);
  if (request === undefined) throw new TypeError("the link holds no message");
  return {
    platform: platform === "instagram" ? "instagram" : "messenger",
    request,
    ...(typeof source === "string" && { source, ...(broken === true && { broken }) }),
  };
}

async function piped(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) throw new RangeError("the link holds too much");
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64Url(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(data) {
  return Uint8Array.from(atob(data.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );
}
