// Stamps: ids in `message.metadata` that the echo of the message repeats.
// https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-echoes
import { hex } from "./hmac.js";

/** Enough random bits that no two sends share a stamp. */
const BYTES = 16;
/** A stamp is the whole metadata, or follows the caller's own metadata and a space. */
const STAMP = /(?:^| )(ms-[0-9a-f]{32})$/;

/** A new stamp: `ms-` and 32 hexadecimal digits. */
export function newStamp() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `ms-${hex(bytes)}`;
}

/** The metadata of a message with a stamp, after the caller's own metadata. */
export function stampMetadata(metadata, stamp) {
  return metadata === undefined || metadata === "" ? stamp : `${metadata} ${stamp}`;
}

/** The stamp in the metadata of an echo, if there is one. */
export function stampOf(metadata) {
  return typeof metadata === "string" ? STAMP.exec(metadata.slice(-36))?.[1] : undefined;
}
