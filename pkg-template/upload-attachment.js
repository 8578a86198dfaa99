// `uploadAttachment`: saves a file with Graph, for messages to come. https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api
import { core } from "./core.js";
import { notSent, SendError } from "./errors.js";
import { deliver } from "./exchange.js";
import { fileOf, multipart } from "./files.js";
import { get, kindOf } from "./foreign.js";
import { carriedOut, started } from "./send.js";
import { fitting, forFile, readSettings } from "./settings.js";

export async function uploadAttachment(source, options) {
  // All is read before anything is awaited: what the caller changes afterwards is not sent.
  const read = readSettings(options, ["type", "is_reusable", "filename"]);
  const isText = (value) => typeof value === "string";
  const type = fitting("type", read.more.type, isText, "a string");
  const name = fitting("filename", read.more.filename, (value) => isText(value) && value !== "", "a string that is not empty");
  const isReusable = fitting("is_reusable", read.more.is_reusable, (value) => typeof value === "boolean", "true or false") ?? true;
  const platform = fitting("platform", read.platform, (value) => ["messenger", "instagram"].includes(value), '"messenger" or "instagram"');
  const url = addressOf(source);
  const file = url === undefined ? fileOf(source) : undefined;
  if (url === undefined && file === undefined) {
    throw notSent("configuration", "The source must be a Blob, a File, a Uint8Array, or an address.");
  }
  const settings = file === undefined ? read : forFile(read);
  await started(settings.signal);
  return carriedOut(async () => {
    const facts = { bytes: file?.bytes, mime: file?.mime, kind: type, reusable: isReusable || undefined, instagram: platform === "instagram" || undefined };
    const plan = core.prepareUpload(settings, url, facts);
    if (file !== undefined) {
      Object.assign(plan, multipart({ ...file, name: name ?? file.name }));
    }
    const { attachment_id, attempts, usage } = await deliver(core, plan, settings);
    if (attachment_id === undefined) {
      throw new SendError(JSON.parse(core.readTrouble(settings.options, { attempts }, "no_attachment")).error);
    }
    return { attachment_id, attempts, ...(usage !== undefined && { usage }) };
  });
}

/** An address as text. */
function addressOf(source) {
  if (typeof source === "string") {
    return source;
  }
  return kindOf(source) === "URL" ? String(get(source, "href")) : undefined;
}
