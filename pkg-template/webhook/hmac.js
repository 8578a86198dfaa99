// HMAC-SHA256 by WebCrypto, which every runtime of the package has.

/**
 * @param {string} secret
 * @param {Uint8Array} data
 * @returns {Promise<string>} in hexadecimal digits, lower case
 * @throws {TypeError} without WebCrypto: a page that is not served over https, an old jsdom
 */
export async function hmacSha256(secret, data) {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) {
    throw new TypeError("WebCrypto (crypto.subtle) is missing in this environment");
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign"]);
  return hex(new Uint8Array(await subtle.sign(algorithm, key, data)));
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
