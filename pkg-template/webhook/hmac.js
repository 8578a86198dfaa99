// HMAC-SHA256 with WebCrypto, which every supported runtime has.

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

/**
 * @param {string} secret
 * @param {Uint8Array} data
 * @returns {Promise<string>} in lower-case hexadecimal digits
 */
export async function signHmac(secret, data) {
  const key = await keyOf(secret, "sign");
  return hex(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, data)));
}

/**
 * Compares in constant time, with WebCrypto's `verify`.
 * @param {string} secret
 * @param {Uint8Array} signature
 * @param {Uint8Array} data
 * @returns {Promise<boolean>}
 */
export async function verifyHmac(secret, signature, data) {
  return crypto.subtle.verify(ALGORITHM, await keyOf(secret, "verify"), signature, data);
}

/** @param {Uint8Array} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @throws {TypeError} without WebCrypto: in a page not served over https, in jsdom */
function keyOf(secret, use) {
  if (globalThis.crypto?.subtle === undefined) {
    throw new TypeError("WebCrypto (crypto.subtle) is missing in this environment.");
  }
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), ALGORITHM, false, [use]);
}
