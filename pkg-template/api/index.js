// The exports of `messenger-send`, the same in every runtime.
export { isSendError, SendError } from "../errors/errors.js";
export { createClient } from "./client.js";
export { send } from "./send.js";
export { sendAll } from "./send-all.js";
export { uploadAttachment } from "./upload-attachment.js";
export * from "./validate.js";
