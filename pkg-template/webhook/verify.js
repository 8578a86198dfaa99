// Verifies that Meta sent a webhook:
// https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
import { verifyHmac } from "./hmac.js";

const HEADER = /^sha256=([0-9a-f]{64})$/i;

export async function verifySignature(body, header, appSecret) {
  if (typeof appSecret !== "string" || appSecret === "") {
    throw new TypeError(
      "verifySignature needs the app's secret, found in the App Dashboard under Settings > Basic.",
    );
  }
  const data = bytesOf(body);
  const digits = HEADER.exec(typeof header === "string" ? header.trim() : "")?.[1];
  if (digits === undefined) {
    return false;
  }
  const signature = Uint8Array.from(digits.match(/../g), (pair) => Number.parseInt(pair, 16));
  return verifyHmac(appSecret, signature, data);
}

/** Checks the tag, not `instanceof`, since bytes may be from another realm, as in a test runner. */
function bytesOf(body) {
  if (typeof body === "string") {
    return new TextEncoder().encode(body);
  }
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }
  if (body?.[Symbol.toStringTag] === "ArrayBuffer") {
    return new Uint8Array(body);
  }
  throw new TypeError(
    "verifySignature needs the body as it came, a string or bytes: the signature covers these, not the parsed JSON.",
  );
}
