// The proof of the app's secret, by WebCrypto: no hashing code to ship, and every runtime that a server uses has it.
import { get, settle } from "./foreign.js";
import { isCut } from "./interrupt.js";
import { Trouble } from "./trouble.js";

/** SHA-256's. */
const BYTES = 32;
const encoder = new TextEncoder();

/** The body with the proof and its time, which holds for five minutes. */
export async function proven(core, body, { options, appSecret }, race) {
  const subtle = get(globalThis.crypto, "subtle");
  if (typeof get(subtle, "sign") !== "function") {
    throw new Trouble("no_crypto");
  }
  const time = Math.floor(Date.now() / 1000);
  const text = encoder.encode(core.proofText(options, time));
  const proof = await signed(subtle, encoder.encode(appSecret), text, race);
  return core.withProof(options, { proof, time }, body);
}

async function signed(subtle, secret, text, race) {
  try {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await race(settle(() => subtle.importKey("raw", secret, algorithm, false, ["sign"])));
    const bytes = new Uint8Array(await race(settle(() => subtle.sign("HMAC", key, text))));
    if (bytes.length === BYTES) {
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    }
  } catch (error) {
    if (isCut(error)) {
      throw error;
    }
    // What the runtime says to it is dropped: it may quote the secret.
  }
  throw new Trouble("not_signed");
}
