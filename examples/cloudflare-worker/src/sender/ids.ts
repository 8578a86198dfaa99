// A message's id consists of its Page, its place in the Page's order and 80 random bits: `<page>.<12 hex digits><20 hex digits>`.
// The 32 digits are also its stamp, so an echo leads to the message without an index.

const ID = /^(\d{1,32})\.([0-9a-f]{12})([0-9a-f]{20})$/;
const STAMP = /^ms-([0-9a-f]{12})([0-9a-f]{20})$/;
const SEQ_DIGITS = 12;
export const TAIL_DIGITS = 20;

export interface Place {
  seq: number;
  tail: string;
}

export function messageId(pageId: string, place: Place): string {
  return `${pageId}.${digits(place)}`;
}

/** Parses an id; `undefined` if it is invalid. */
export function readMessageId(id: string): (Place & { pageId: string }) | undefined {
  const [, pageId, seq, tail] = ID.exec(id) ?? [];
  return pageId === undefined || seq === undefined || tail === undefined
    ? undefined
    : { pageId, seq: Number.parseInt(seq, 16), tail };
}

export function stampOf(place: Place): string {
  return `ms-${digits(place)}`;
}

export function readStamp(stamp: string): Place | undefined {
  const [, seq, tail] = STAMP.exec(stamp) ?? [];
  return seq === undefined || tail === undefined
    ? undefined
    : { seq: Number.parseInt(seq, 16), tail };
}

function digits({ seq, tail }: Place): string {
  return seq.toString(16).padStart(SEQ_DIGITS, "0") + tail;
}
