// The exports of the module for the entry point with everything.
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
