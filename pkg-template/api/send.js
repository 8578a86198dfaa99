// `send`: sends one message, a request or a draft.
import { configurationError } from "../errors/errors.js";
import { fileOf } from "../input/files.js";
import { jsonOf } from "../input/json.js";
import { sendOptions } from "../input/options.js";
import { send as sendInCore } from "../module/bindings.js";
import { callCore } from "./call.js";

export async function send(message, options) {
  return sendThrough(undefined, message, options);
}

/** @param {number | undefined} client whose rate limits apply */
export async function sendThrough(client, message, options) {
  // Everything is read before the first await, so that later changes by the caller have no effect.
  const { text, reason } = jsonOf(message);
  const read = sendOptions(options);
  const file = readFile(read.filedata);
  return callCore(sendInCore, read, { client, json: text, reason, ...file });
}

function readFile(given) {
  if (given === undefined) {
    return undefined;
  }
  const file = fileOf(given);
  if (file === undefined) {
    throw configurationError("filedata must be a Blob, a File or a Uint8Array.");
  }
  return file;
}
