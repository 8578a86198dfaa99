// What the module exports, for the door that does everything.
import {
  abort,
  buildMessage,
  nearestName,
  redact,
  releaseClient,
  reportUnreadable,
  rules,
  send,
  sendAll,
  uploadAttachment,
  validateJson,
} from "./bindings.js";

export const core = {
  abort,
  buildMessage,
  nearestName,
  redact,
  releaseClient,
  reportUnreadable,
  rules,
  send,
  sendAll,
  uploadAttachment,
  validateJson,
};
