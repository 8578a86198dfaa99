// `send`: one message, which is a request or a draft.
import { configurationError } from "../errors/errors.js";
import { fileOf } from "../input/files.js";
import { jsonOf } from "../input/json.js";
import { sendOptions } from "../input/options.js";
import { send as sendInCore } from "../module/bindings.js";
import { callCore } from "./call.js";

export async function send(message, options) {
  return sendThrough(undefined, message, options);
}

/** @param {number | undefined} client whose rate limits hold */
export async function sendThrough(client, message, options) {
  // All is read before anything is awaited: what the caller changes afterwards is not sent.
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
