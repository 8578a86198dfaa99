// `send`: sends one message, a request or a draft.
import { fileOf } from "../input/files.js";
import { jsonOf } from "../input/json.js";
import { readOptions } from "../input/options.js";
import { send as sendInCore } from "../module/bindings.js";
import { callCore } from "./call.js";

export const send = (message, options) => sendThrough(undefined, message, options);

/** @param {number | undefined} client whose rate limits apply */
export async function sendThrough(client, message, options) {
  // Everything is read before the first await, so that later changes by the caller have no effect.
  const json = jsonOf(message);
  const read = readOptions(options);
  return callCore(sendInCore, { client, ...read, ...json, ...fileOf(read.options.filedata) });
}
