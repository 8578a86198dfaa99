// Each entry has its declarations.
import { validate } from "messenger-send/inline";
import { messagingWindow } from "messenger-send/messaging-window";
import { splitText } from "messenger-send/split-text";
import { fakeGraph } from "messenger-send/testing";
import { isValidationError } from "messenger-send/validate";
import { validate as validateInline } from "messenger-send/validate/inline";
import { readEvents } from "messenger-send/webhook";

export const valid: boolean = validate({}).valid;
export const isKnown: boolean = isValidationError(validateInline({}));
export const parts: string[] = splitText("hello");
export const isOpen = messagingWindow({ lastInboundAt: 0 }).options.length > 0;
export const accepted = fakeGraph().accepted.length + readEvents("").length;
