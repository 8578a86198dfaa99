// Maps the path of an issue in a built request to its path in the draft.

/** The contents of a draft that become `message.attachment`. */
const ATTACHMENTS = ["image", "audio", "video", "file", "template"];
/** Members of a message with another name in a draft. */
const RENAMED = { attachments: "images", template: "utility", sticker_id: "sticker" };

/**
 * @param {(string | number)[]} path in the request
 * @param {object} draft
 * @returns {(string | number)[]} in the draft
 */
export function draftPath(path, draft) {
  const [first, second, ...rest] = path;
  if (first === "recipient") {
    return typeof draft.to === "object" && draft.to !== null ? ["to", ...path.slice(1)] : ["to"];
  }
  if (first === "payload") {
    return [draft.react === undefined ? "unreact" : "react", ...path.slice(1)];
  }
  if (first !== "message" || draft.message !== undefined) {
    return path;
  }
  if (second === "attachment") {
    const content = ATTACHMENTS.find((name) => draft[name] !== undefined) ?? "text";
    // It is followed by `payload`, which is the content itself in a draft.
    return [content, ...(typeof draft[content] === "object" ? rest.slice(1) : [])];
  }
  return second === undefined ? [] : [RENAMED[second] ?? second, ...rest];
}
