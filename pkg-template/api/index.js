// The exports of `messenger-send`, the same in every runtime.
export { isSendError, isValidationError, SendError, ValidationError } from "../errors/errors.js";
export { messagingWindow } from "../messaging-window/messaging-window.js";
export { init } from "../module/instance.js";
export { splitText } from "../split-text/split-text.js";
export { createClient } from "./client.js";
export { send } from "./send.js";
export { sendAll } from "./send-all.js";
export { uploadAttachment } from "./upload-attachment.js";
export {
  buildMessage,
  draftSchema,
  requestSchema,
  rules,
  sendRequestSchema,
  validate,
  validateJson,
} from "./validation.js";
