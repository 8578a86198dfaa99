// The exports of `messenger-send/validate`, the same in every runtime: everything except sending.
export { isValidationError, ValidationError } from "../errors/errors.js";
export { messagingWindow } from "../messaging-window/messaging-window.js";
export { init } from "../module/instance.js";
export { splitText } from "../split-text/split-text.js";
export {
  buildMessage,
  draftSchema,
  requestSchema,
  rules,
  sendRequestSchema,
  validate,
  validateJson,
} from "./validation.js";
