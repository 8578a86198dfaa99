// `uploadAttachment`: uploads a file for later messages.
// https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
import { configurationError } from "../errors/errors.js";
import { addressOf, fileOf } from "../input/files.js";
import { uploadOptions } from "../input/options.js";
import { uploadAttachment as uploadInCore } from "../module/bindings.js";
import { callCore } from "./call.js";

export async function uploadAttachment(source, options) {
  return uploadThrough(undefined, source, options);
}

/** @param {number | undefined} client whose rate limits apply */
export async function uploadThrough(client, source, options) {
  // Everything is read before the first await, so that later changes by the caller have no effect.
  const read = uploadOptions(options);
  const url = addressOf(source);
  const file = url === undefined ? fileOf(source) : undefined;
  if (url === undefined && file === undefined) {
    throw configurationError("The source must be a Blob, a File, a Uint8Array or a URL.");
  }
  return callCore(uploadInCore, read, {
    client,
    url,
    file: file?.file,
    fileName: read.filename ?? file?.fileName,
    fileType: read.type,
    isReusable: read.is_reusable ?? true,
  });
}
