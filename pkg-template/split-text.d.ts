// Types of `splitText`, which splits a long text into messages.

/** The options of `splitText`. */
export interface SplitTextOptions {
  /**
   * The platform, which decides how the length is counted: UTF-16 units for Messenger, bytes of
   * UTF-8 for Instagram. Default: `"messenger"`.
   */
  platform?: "messenger" | "instagram" | undefined;
  /**
   * The maximum length of a part, in the platform's unit: a whole number, at least 1. Default: 2000
   * units or 999 bytes, which validate without a warning, since Meta's pages disagree on whether
   * Instagram accepts exactly 1000 bytes. Set less to leave room for an addition such as "(1/3)".
   */
  limit?: number | undefined;
  /**
   * The language of the text, as a BCP 47 tag such as `"th"`, for finding sentences and words.
   * Default: the runtime's locale. It has no effect in a runtime without `Intl.Segmenter`.
   */
  locale?: string | undefined;
}

/**
 * Splits a long text, such as the answer of a language model, into parts that can each be sent as
 * one message.
 *
 * A part is filled, then cut at the best place in its second half: at a blank line, otherwise at
 * the end of a line or sentence or after white space, otherwise between two words written without a
 * space (Chinese, Thai). It is cut in its first half rather than within a URL or another token that
 * fits into one part. Only a token that is too long for a part, or for what the white space before
 * it leaves of one, is cut within, between two graphemes. Places outside a fenced code block are
 * preferred to those within, and a heading or a line that ends with a colon stays with what
 * follows.
 *
 * Nothing is lost: `splitText(text).join("") === text`. White space at a cut stays at the end of
 * the part before it; white space that does not fit there, and the indentation of a line, start the
 * next part.
 *
 * Three things happen only if they cannot be avoided. A grapheme (an emoji with its joiners, a
 * letter with its marks, a line break of two characters) is cut if it is longer than the limit, but
 * never within a surrogate pair. A part is only white space if the text has white space that fills
 * about a part or more; skip it when you send. And a part exceeds the limit if the limit is smaller
 * than a single code point, of 2 units or 4 bytes.
 *
 * It needs no `init`, and its time is proportional to the length of the text. Without
 * `Intl.Segmenter`, simpler rules find sentences, Chinese and Japanese words, and graphemes; Thai,
 * Lao and Khmer are then cut between graphemes.
 *
 * @example
 * for (const text of splitText(answer)) {
 *   await send(buildMessage({ to, text }), { accessToken });
 * }
 *
 * @param text The text. Lone surrogates are kept, and count three bytes. An empty text has no
 * parts: `[]`.
 * @returns The parts, in order.
 * @throws {TypeError} If the text, `options`, `limit` or `locale` has the wrong type.
 * @throws {RangeError} If `limit` is not a whole number of at least 1, `platform` is unknown, or
 * `locale` is not a language tag.
 * @see https://developers.facebook.com/docs/messenger-platform/reference/send-api (Messenger: 2000 characters)
 * @see https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/messaging-api (Instagram: 1000 bytes)
 */
export function splitText(text: string, options?: SplitTextOptions): string[];
