// Graph's checks of media: its source, the size of its file, and whether the file matches its type.
// Sources: https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/saving-assets
//          https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes

const TYPES = ["image", "audio", "video", "file"];
const MEBIBYTE = 1024 * 1024;
const MOST = { image: 8 * MEBIBYTE };
const MOST_OF_OTHERS = 25 * MEBIBYTE;

/**
 * The error of the media in a message or an upload, or null. `files` are the file parts of the
 * request.
 */
export function wrongMedium(message, files) {
  const { type, payload } = message?.attachment ?? {};
  const { filedata } = files;
  if (!TYPES.includes(type)) {
    return filedata === undefined
      ? null
      : { message: "(#100) filedata needs an attachment of type image, audio, video or file" };
  }
  const sources = [payload?.url, payload?.attachment_id, filedata].filter(
    (source) => source !== undefined && source !== null && source !== "",
  );
  if (sources.length !== 1) {
    return { message: "(#100) A medium needs exactly one of url, attachment_id and filedata" };
  }
  if (filedata === undefined) {
    return null;
  }
  if (filedata.size > (MOST[type] ?? MOST_OF_OTHERS)) {
    return { subcode: 2018109, message: "(#100) Attachment size exceeds allowable limit" };
  }
  const [kind] = filedata.type.split("/");
  if (type !== "file" && ["image", "audio", "video"].includes(kind) && kind !== type) {
    return { subcode: 2018047, message: "(#100) Upload attachment failure" };
  }
  return null;
}
