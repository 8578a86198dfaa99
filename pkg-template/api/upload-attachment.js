// `uploadAttachment`: uploads a file for later messages.
// https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
import { addressOf, fileOf } from "../input/files.js";
import { readOptions } from "../input/options.js";
import { uploadAttachment as uploadInCore } from "../module/bindings.js";
import { callCore } from "./call.js";

export const uploadAttachment = (source, options) => uploadThrough(undefined, source, options);

/** @param {number | undefined} client whose rate limits apply */
export async function uploadThrough(client, source, options) {
  // Everything is read before the first await, so that later changes by the caller have no effect.
  const read = readOptions(options);
  return callCore(uploadInCore, { client, ...read, url: addressOf(source), ...fileOf(source) });
}
