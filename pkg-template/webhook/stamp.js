// Stamps: ids that a send puts into `message.metadata`, and that Graph repeats in the echo of the message.
// https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-echoes
import { hex } from "./hmac.js";

/** Random bits enough that no two sends ever share one. */
const BYTES = 16;
/** A stamp stands alone, or behind the caller's own metadata and a space. */
const STAMP = /(?:^| )(ms-[0-9a-f]{32})$/;

/** A new stamp: `ms-` and 32 hexadecimal digits. */
export function newStamp() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return `ms-${hex(bytes)}`;
}

/** The metadata of a message with a stamp: the caller's own comes first. */
export function stampMetadata(metadata, stamp) {
  return metadata === undefined || metadata === "" ? stamp : `${metadata} ${stamp}`;
}

/** The stamp in the metadata of an echo, if there is one. */
export function stampOf(metadata) {
  return typeof metadata === "string" ? STAMP.exec(metadata.slice(-36))?.[1] : undefined;
}
