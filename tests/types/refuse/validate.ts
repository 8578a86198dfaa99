// What `messenger-send/validate` does not offer. Each line that is wrong follows its `@ts-expect-error`.
// @ts-expect-error it does not send
import { send } from "messenger-send/validate";
// @ts-expect-error it does not send many
import { sendAll } from "messenger-send/validate";
// @ts-expect-error it uploads nothing
import { uploadAttachment } from "messenger-send/validate";
// @ts-expect-error it has no client
import { createClient } from "messenger-send/validate";
// @ts-expect-error it has no error of sending
import { SendError, type SendRequest } from "messenger-send/validate";
// @ts-expect-error nor its guard
import { isSendError } from "messenger-send/validate/slim";
// @ts-expect-error nor its options
import type { SendOptions } from "messenger-send/validate";
import { validate } from "messenger-send/validate";

// @ts-expect-error a recipient without an identity
export const request: SendRequest = { recipient: {}, message: { text: "x" } };
// @ts-expect-error an unknown platform
validate({}, { platform: "whatsapp" });
export const used = [send, sendAll, uploadAttachment, createClient, SendError, isSendError];
export type Used = SendOptions;
