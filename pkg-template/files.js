// Files that go along with a request, as multipart/form-data: https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
import { get, kindOf } from "./foreign.js";
import { Trouble } from "./trouble.js";

const NAMELESS = "file";

/**
 * Takes hold of a file: what the caller changes in an array afterwards is not sent. `undefined`: it is none.
 * @returns {{ blob: Blob, name: string, bytes: number, mime: string } | undefined}
 */
export function fileOf(source) {
  try {
    const blob = ArrayBuffer.isView(source) ? new Blob([source]) : source;
    if (["Blob", "File"].includes(kindOf(blob))) {
      const name = get(blob, "name");
      return { blob, name: typeof name === "string" && name !== "" ? name : NAMELESS, bytes: blob.size, mime: String(blob.type) };
    }
  } catch {
    // Memory that is gone or shared, or a runtime without Blob.
  }
  return undefined;
}

/** What a plan needs to send the file along. The runtime's FormData streams it, and names the content type. */
export function multipart({ blob, name }) {
  const wrap = (text) => {
    try {
      const form = new FormData();
      new URLSearchParams(text).forEach((value, field) => form.append(field, value));
      form.append("filedata", blob, name);
      return form;
    } catch {
      throw new Trouble("no_file");
    }
  };
  return { contentType: undefined, wrap };
}
