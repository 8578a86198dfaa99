// Files that go along with a request: https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
import { get, kindOf } from "./foreign.js";

const NAMELESS = "file";

/**
 * Takes hold of a file: what the caller changes in an array afterwards is not sent. `undefined`: it is none.
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
    // Memory that is gone or shared, or a runtime without Blob.
  }
  return undefined;
}

/** An address as text. */
export function addressOf(source) {
  if (typeof source === "string") {
    return source;
  }
  const href = kindOf(source) === "URL" ? get(source, "href") : undefined;
  return typeof href === "string" ? href : undefined;
}
