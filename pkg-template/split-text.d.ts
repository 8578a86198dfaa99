// Types of `splitText`: cutting a long text into messages.

/** How to cut a text. */
export interface SplitTextOptions {
  /** The platform, which says how the text is counted: UTF-16 units for Messenger, bytes of UTF-8 for Instagram. Default: `"messenger"`. */
  platform?: "messenger" | "instagram" | undefined;
  /**
   * The most that a part may have, in the platform's unit: a whole number, at least 1. Default: 2000 units, or 999 bytes: a part of
   * at most so much validates without a warning. The sources disagree whether Instagram takes exactly 1000 bytes.
   * Give less to leave room for something of your own, such as "(1/3)".
   */
  limit?: number | undefined;
  /**
   * The text's language, as a BCP 47 tag such as `"th"`: how sentences and words are told apart. Default: the runtime's own.
   * It is of no use where the runtime has no `Intl.Segmenter`.
   */
  locale?: string | undefined;
}

/**
 * Cuts a long text, such as a language model's answer, into parts that can each be sent as one message.
 *
 * A part is filled, then cut at the best place in its second half: at a blank line, else at the end of a line, of a sentence, or behind
 * white space, else between two words that are written without a space (Chinese, Thai). Rather than within an address or another token
 * that fits into one part, it is cut in its first half; only a token that is too long for a part, or for what the white space before it
 * leaves of one, is cut within, between two graphemes.
 * A place within a fenced code block counts less than one outside, and a heading or a line that ends with a colon stays with what follows.
 *
 * Nothing is lost: `splitText(text).join("") === text`. White space at a cut stays at the end of the part before it; what does not fit
 * there opens the next part, and so does the indentation of a line.
 *
 * Three things happen only where they cannot be avoided. A grapheme (an emoji with its joiners, a letter with its marks, a line break of
 * two characters) is cut if it is itself longer than the limit: then between code points, never within a surrogate pair. A part holds
 * nothing but white space if the text has white space that fills about a part or more; leave it out when you send. And a part is above the
 * limit if the limit is less than a single code point, of 2 units or 4 bytes.
 *
 * It is a plain function: it needs no `init`. The time is proportional to the text's length. Without `Intl.Segmenter` its own simpler
 * rules find sentences, Chinese and Japanese words, and graphemes; Thai, Lao and Khmer are then cut between graphemes.
 *
 * @example
 * for (const text of splitText(answer)) {
 *   await send(buildMessage({ to, text }), { accessToken });
 * }
 *
 * @param text The text. Halves of surrogate pairs are kept as they are, and count three bytes. An empty text has no parts: `[]`.
 * @returns The parts, in order.
 * @throws {TypeError} When the text, `options`, `limit` or `locale` has the wrong type.
 * @throws {RangeError} When `limit` is not a whole number or below 1, `platform` is unknown, or `locale` is no language tag.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api (Messenger: 2000 characters)
 * @see https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api (Instagram: 1000 bytes)
 */
export function splitText(text: string, options?: SplitTextOptions): string[];
