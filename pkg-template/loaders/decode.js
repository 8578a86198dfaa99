// Decodes the module from the base64 that the build writes into wasm-inline.js.

/** @param {string} base64 */
export function decode(base64) {
  if (Uint8Array.fromBase64 !== undefined) {
    return Uint8Array.fromBase64(base64);
  }
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = binary.charCodeAt(at);
  }
  return bytes;
}
