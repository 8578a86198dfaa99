// What the module exports, for the door that does everything.
import { abort, buildMessage, nearestName, redact, reportUnreadable, rules, send, uploadAttachment, validateJson } from "./bindings.js";

export const core = { abort, buildMessage, nearestName, redact, reportUnreadable, rules, send, uploadAttachment, validateJson };
