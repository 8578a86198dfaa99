// Files that are sent with a request:
// https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
import { get, kindOf } from "./foreign.js";

const NAMELESS = "file";

/**
 * Copies the bytes of a file, so that later changes by the caller have no effect. `undefined` if it
 * is not a file.
 * @returns {{ file: Blob, fileName: string } | undefined}
 */
export function fileOf(source) {
  try {
    const file = ArrayBuffer.isView(source) ? new Blob([source]) : source;
    if (
      ["Blob", "File"].includes(kindOf(file)) &&
      typeof file.size === "number" &&
      typeof file.type === "string"
    ) {
      const name = get(file, "name");
      return { file, fileName: typeof name === "string" && name !== "" ? name : NAMELESS };
    }
  } catch {
    // A detached or shared buffer, or a runtime without Blob.
  }
  return undefined;
}

/** A URL as a string. */
export function addressOf(source) {
  if (typeof source === "string") {
    return source;
  }
  const href = kindOf(source) === "URL" ? get(source, "href") : undefined;
  return typeof href === "string" ? href : undefined;
}
