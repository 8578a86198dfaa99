// `splitText`: splits a long text into messages within the limit, where a reader would split it.
// Plain JavaScript without WebAssembly, so it works before `init`.

/**
 * The maximum that validates without a warning: the sources disagree about exactly 1000 bytes on
 * Instagram.
 */
const LIMITS = new Map([
  ["messenger", 2000],
  ["instagram", 999],
]);

// Ranks of places for a cut. In a fenced code block, blank lines mean less and full stops nothing.
const NONE = 0;
const SPACE = 1;
const CODE_LINE = 2;
const CODE_GAP = 3;
const SENTENCE = 4;
const LINE = 5;
const PARAGRAPH = 6;

/** The number of units after a place that a segmenter must see to judge it. */
const AHEAD = 64;
/** How often the search for a better word or sentence boundary steps back before it gives up. */
const STEPS = 64;
/** The longest URL that is searched for. */
const LONGEST_URL = 2048;

/**
 * Patterns given as strings are compiled at first use: engines compile literals at once, and
 * character classes take them milliseconds.
 */
const made = new Map();

function matches(source, text) {
  let pattern = made.get(source);
  if (pattern === undefined) {
    pattern = new RegExp(source, "u");
    made.set(source, pattern);
  }
  return pattern.test(text);
}

/** The start of a line that opens or closes a code block. */
const FENCE = /^[ \t]*(?:```|~~~)(?!.*(?:```|~~~))/gm;
/** A heading, or a line that announces the next one: it stays with what follows. */
const ANNOUNCES = /(?:^|[\n\r])#{1,6} [^\n\r]*$|[:：]$/;
/** A full stop that does not end a sentence: after an ordinal, an initial, a title. */
const ABBREVIATION = "(?:^|[\\s(])(?:\\d{1,2}|\\p{L}|Mr|Mrs|Ms|Dr|Prof|St|Nr|No|vs)\\.\\s*$";
/** A character allowed in a URL, and a URL at the end of a text. Chinese punctuation ends it. */
const IN_URL = /[^\s\u200b。，、；！？（）「」『』【】《》“”]/;
const URL_BEFORE = /(?:\b[a-z]{2,10}:\/\/|\bwww\.)[^\s\u200b。，、；！？（）「」『』【】《》“”]*$/i;
const NOT_FIRST =
  "^[\\p{Pe}\\p{Pf}\\p{Po}\\p{Pd}\\p{Lm}\\p{Sk}ぁぃぅぇぉっゃゅょァィゥェォッャュョ]";
const NOT_LAST = "[\\p{Ps}\\p{Pi}]$";

export function splitText(text, options = {}) {
  const { platform, limit, locale } = readOptions(text, options);
  const fill =
    platform === "instagram"
      ? (start) => fillBytes(text, start, limit)
      : (start) => fillUnits(text, start, limit);
  const parts = [];
  let cut;
  for (let start = 0; start < text.length; ) {
    let end = fill(start);
    if (end < text.length) {
      cut ??= cutter(text, limit, fill, breaksOf(text, locale, limit));
      end = cut(start, end);
    }
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

function readOptions(text, options) {
  if (typeof text !== "string") {
    throw new TypeError("splitText: the text must be a string.");
  }
  if (typeof options !== "object" || options === null) {
    throw new TypeError("splitText: the options must be an object.");
  }
  const { platform = "messenger", locale } = options;
  if (!LIMITS.has(platform)) {
    throw new RangeError('splitText: platform must be "messenger" or "instagram".');
  }
  const { limit = LIMITS.get(platform) } = options;
  if (typeof limit !== "number") {
    throw new TypeError("splitText: limit must be a number.");
  }
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RangeError("splitText: limit must be a whole number, at least 1.");
  }
  if (locale !== undefined) {
    if (typeof locale !== "string") {
      throw new TypeError("splitText: locale must be a string.");
    }
    // Throws a RangeError for an invalid language tag, even if a short text needs no segmenter.
    Intl.getCanonicalLocales(locale);
  }
  return { platform, limit, locale };
}

// --- Length --------------------------------------------------------------------------------------

/**
 * The end of the longest part that starts at `start`: at least one code point, even if that alone
 * exceeds the limit.
 */
function fillUnits(text, start, limit) {
  const end = start + limit;
  if (end >= text.length) {
    return text.length;
  }
  if (!insidePair(text, end)) {
    return end;
  }
  return end - 1 > start ? end - 1 : end + 1;
}

function fillBytes(text, start, limit) {
  let bytes = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const pair = insidePair(text, at + 1);
    // A lone surrogate is sent as U+FFFD, which has three bytes.
    bytes += pair ? 4 : code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
    if (bytes > limit && at > start) {
      return at;
    }
    at += pair ? 2 : 1;
  }
  return at;
}

function insidePair(text, at) {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
}

// --- Where to cut --------------------------------------------------------------------------------

/**
 * Returns the function that finds the end of a part that starts at `start` and could extend to
 * `full`.
 */
function cutter(text, limit, fill, breaks) {
  const fences = Array.from(text.matchAll(FENCE), ({ index }) => index);

  return function cut(start, full) {
    if (!isSpace(text.charCodeAt(full))) {
      return choose(start, full);
    }
    // The part is full where white space begins or continues. What does not fit starts the next
    // part.
    const run = spaceAround(full, start);
    const here = breaks.grapheme(full, start) > start ? breaks.grapheme(full, start) : full;
    if (run.from === start) {
      return here;
    }
    if (!leadsToBlank(here, run.to)) {
      const { rank } = placeIn(run.from, run.to);
      const ends = rank === SPACE && endsSentence(run.to, start) && !insideCode(run.to);
      return choose(start, here, ends ? SENTENCE : rank);
    }
    // Some of the text before the white space is moved to the next part with it. It is enough to
    // cut earlier: the next part then reaches this place again.
    const last = breaks.grapheme(run.from - 1, start);
    return last <= start || leadsToBlank(last, run.to) ? here : choose(start, last);
  };

  /** Whether a cut at `at` would leave a part with only the white space that ends at `to`. */
  function leadsToBlank(at, to) {
    if (isSpace(text.charCodeAt(at))) {
      return to === text.length || fill(at) <= to;
    }
    const next = fill(at);
    return next < to && isSpace(text.charCodeAt(next)) && leadsToBlank(next, to);
  }

  /** The best place up to `high`; `highRank` is the rank of `high` itself, if known. */
  function choose(start, high, highRank = NONE) {
    // No place at or before the first visible character: that part would be white space only.
    let low = start;
    while (low < high && isSpace(text.charCodeAt(low))) {
      low += 1;
    }
    const middle = Math.max(low, start + Math.floor((high - start) / 2));
    let best = { at: high, rank: highRank };
    for (const found of spaces(high, middle, low)) {
      if (found.rank > best.rank && found.at > middle && isWhole(found.at, start)) {
        best = found;
      }
      if (best.rank === PARAGRAPH) {
        break;
      }
    }
    if (best.rank < SENTENCE) {
      const at = sentence(high, middle, start);
      best = at > middle ? { at, rank: SENTENCE } : best;
    }
    return best.rank > NONE ? best.at : insideToken(start, high, low, middle);
  }

  /**
   * The places after white space between `low` and `high`, from the last to the first after `stop`.
   */
  function* spaces(high, stop, low) {
    for (let at = high; at > stop; at -= 1) {
      if (isSpace(text.charCodeAt(at - 1))) {
        let from = at - 1;
        while (from > low && isSpace(text.charCodeAt(from - 1))) {
          from -= 1;
        }
        yield placeIn(from, at);
        // The loop steps back by one more, where there is no white space.
        at = from;
      }
    }
  }

  /** The place of a cut in a run of white space, and its rank. */
  function placeIn(from, to) {
    let lines = 0;
    let lineStart = from;
    let breakable = false;
    for (let at = from; at < to; at += 1) {
      const code = text.charCodeAt(at);
      breakable ||= !isGlue(code);
      if (isLineBreak(code) && !(code === 0x0d && text.charCodeAt(at + 1) === 0x0a)) {
        lines += code === 0x2029 ? 2 : 1;
        lineStart = at + 1;
      }
    }
    if (lines === 0) {
      return { at: to, rank: breakable ? SPACE : NONE };
    }
    // An indentation stays with its line, unless it could fill a part.
    const at = to - lineStart <= limit / 8 ? lineStart : to;
    if (ANNOUNCES.test(text.slice(Math.max(0, from - 100), from))) {
      return { at, rank: SPACE };
    }
    if (insideCode(at)) {
      return { at, rank: lines > 1 ? CODE_GAP : CODE_LINE };
    }
    return { at, rank: lines > 1 ? PARAGRAPH : LINE };
  }

  function spaceAround(at, start) {
    let from = at;
    while (from > start && isSpace(text.charCodeAt(from - 1))) {
      from -= 1;
    }
    let to = at;
    // Beyond two parts nothing can be improved.
    while (to < text.length && to - at <= 2 * limit && isSpace(text.charCodeAt(to))) {
      to += 1;
    }
    return { from, to };
  }

  /** The start of the last sentence that starts after `stop`, or a place up to `stop`. */
  function sentence(high, stop, start) {
    let at = high;
    for (let step = 0; step < STEPS; step += 1) {
      at = breaks.sentence(at, start);
      if (at <= stop || (endsSentence(at, start) && maySeparateSentences(at, start))) {
        return at;
      }
      at -= 1;
    }
    return stop;
  }

  function maySeparateSentences(at, start) {
    const code = text.charCodeAt(at - 1);
    // The start of a line was considered as a line, and the question mark of a URL ends no
    // sentence.
    return (
      !isLineBreak(code) &&
      (isSpace(code) || tokenStart(at, start) === at) &&
      !insideCode(at) &&
      isWhole(at, start)
    );
  }

  function endsSentence(at, start) {
    return (
      at < text.length &&
      breaks.sentence(at, start) === at &&
      !matches(ABBREVIATION, text.slice(Math.max(start, at - 12), at))
    );
  }

  /**
   * The cut without white space in the second half of the part: between words written without
   * spaces, before the token, or finally within it.
   */
  function insideToken(start, high, low, middle) {
    let early = betweenWords(start, high, low);
    if (early > middle) {
      return early;
    }
    for (const { at, rank } of spaces(middle, low, low)) {
      if (rank > NONE && isWhole(at, start)) {
        early = Math.max(early, at);
        break;
      }
    }
    if (early > low && fill(early) >= tokenEnd(high)) {
      return early;
    }
    const word = breaks.word(high, start);
    if (word > middle && isWhole(word, start)) {
      return word;
    }
    const grapheme = breaks.grapheme(high, start);
    return grapheme > start ? grapheme : high;
  }

  /**
   * The last place between two words written without spaces, as in Chinese or Thai, never within a
   * URL; or `low`.
   */
  function betweenWords(start, high, low) {
    let at = high;
    for (let step = 0; step < STEPS && at > low; step += 1) {
      at = breaks.word(at, start);
      if (at <= low) {
        break;
      }
      const token = tokenStart(at, low);
      if (token < at) {
        at = token;
      } else if (maySeparate(at) && isWhole(at, start)) {
        return at;
      } else {
        at -= 1;
      }
    }
    return low;
  }

  /** The start of the URL, or of the Latin letters and signs, that extend across `at`. */
  function tokenStart(at, low) {
    if (!isAscii(text.charCodeAt(at - 1)) || !isAscii(text.charCodeAt(at))) {
      const url = IN_URL.test(text.charAt(at))
        ? URL_BEFORE.exec(text.slice(Math.max(low, at - LONGEST_URL), at))
        : null;
      return url === null ? at : at - url[0].length;
    }
    let token = at;
    while (token > low && isAscii(text.charCodeAt(token - 1))) {
      token -= 1;
    }
    return token;
  }

  /** As in typesetting: no closing mark starts a line, no opening mark ends one. */
  function maySeparate(at) {
    const glued = isGlue(text.charCodeAt(at - 1)) || isGlue(text.charCodeAt(at));
    return (
      !glued &&
      !matches(NOT_FIRST, text.slice(at, at + 2)) &&
      !matches(NOT_LAST, text.slice(at - 2, at))
    );
  }

  /**
   * The end of the token around `at`: within a Chinese text, a URL ends at the first Chinese
   * character.
   */
  function tokenEnd(at) {
    const belongs = isAscii(text.charCodeAt(at)) ? isAscii : (code) => !isSpace(code);
    let end = at;
    while (end < text.length && end - at <= limit && belongs(text.charCodeAt(end))) {
      end += 1;
    }
    return end;
  }

  /** Whether no grapheme extends across `at`. */
  function isWhole(at, start) {
    const before = text.charCodeAt(at - 1);
    const after = text.charCodeAt(at);
    // Below U+0300 nothing combines, except these two.
    if (before < 0x300 && after < 0x300 && !(before === 0x0d && after === 0x0a)) {
      return true;
    }
    return breaks.grapheme(at, start) === at;
  }

  function insideCode(at) {
    let low = 0;
    let high = fences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (fences[middle] < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low % 2 === 1;
  }
}

// --- Characters ----------------------------------------------------------------------------------

/**
 * The characters that `trim` removes, and the zero-width space, at which Thai and Khmer are cut.
 */
function isSpace(code) {
  if (code < 0x80) {
    return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  }
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/** Joins the characters on both sides. */
function isGlue(code) {
  return code === 0xa0 || code === 0x2007 || code === 0x202f || code === 0x2060 || code === 0xfeff;
}

function isLineBreak(code) {
  return (code >= 0x0a && code <= 0x0d) || code === 0x2028 || code === 0x2029;
}

function isAscii(code) {
  return code > 0x20 && code < 0x7f;
}

// --- Graphemes, words and sentences --------------------------------------------------------------

/**
 * Three functions `(at, start)` that return the last boundary up to `at`; `start` is known to be
 * one.
 */
function breaksOf(text, locale, limit) {
  if (typeof Intl.Segmenter !== "function") {
    return {
      grapheme: (at, start) => back(at, start, (place) => isGraphemeBoundary(text, place, start)),
      word: (at, start) =>
        back(
          at,
          start,
          (place) =>
            matches(CJK, text.slice(place - 1, place + 1)) &&
            isGraphemeBoundary(text, place, start),
        ),
      sentence: (at, start) => back(at, start, (place) => isSentenceStart(text, place, start)),
    };
  }
  const floorOf = (granularity) =>
    segmentFloor(text, () => new Intl.Segmenter(locale, { granularity }), limit);
  return { grapheme: floorOf("grapheme"), word: floorOf("word"), sentence: floorOf("sentence") };
}

/**
 * Segments one block of the text at a time, hardly more than a part: V8 copies the whole segmented
 * text into each result of `containing`. Not less than 512 units, because a new block takes time as
 * well.
 */
function segmentFloor(text, makeSegmenter, limit) {
  const size = Math.max(512, limit + 2 * AHEAD);
  let segmenter;
  let segments;
  let from = 0;
  let to = 0;
  return (at, start) => {
    if (segments === undefined || (at + AHEAD > to && to < text.length)) {
      segmenter ??= makeSegmenter();
      from = start;
      to = Math.min(text.length, Math.max(start + size, at + AHEAD));
      segments = segmenter.segment(text.slice(from, to));
    }
    return Math.max(start, from + segments.containing(at - from).index);
  };
}

function back(at, start, isBoundary) {
  let place = at;
  while (place > start && !isBoundary(place)) {
    place -= 1;
  }
  return place;
}

// The rest is for engines without Intl.Segmenter. Its simplifications cut less often, never within
// a grapheme.

const CJK =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uff0f]";
/**
 * Belongs to the character before it: marks, joiners, skin tones, tags, vowel signs that are
 * letters.
 */
const JOINS_BACK =
  "^[\\p{M}\\p{Emoji_Modifier}\\u200c\\u200d\\u0e33\\u0eb3\\uff9e\\uff9f\\u{e0020}-\\u{e007f}]";
const PICTURE = "^\\p{Extended_Pictographic}";
const PICTURE_JOINED = "\\p{Extended_Pictographic}[\\p{M}\\p{Emoji_Modifier}]*\\u200d$";
const FLAG_HALF = "^\\p{Regional_Indicator}";
/** Belongs to the character after it. */
const JOINS_ON =
  "[\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u0d4e\\u{110bd}\\u{110cd}\\u{111c2}\\u{111c3}\\u{1193f}\\u{11941}" +
  "\\u{11a3a}\\u{11a84}-\\u{11a89}\\u{11d46}\\u{11f02}]$";
/**
 * Two characters of one Korean syllable: leading consonants, vowels, whole syllables and trailing
 * consonants.
 */
const HANGUL =
  "^(?:[\\u1100-\\u115f\\ua960-\\ua97c][\\u1100-\\u11a7\\ua960-\\ua97c\\uac00-\\ud7c6]" +
  "|[\\u1160-\\u11a7\\uac00-\\ud7c6][\\u1160-\\u11ff\\ud7b0-\\ud7fb]|[\\u11a8-\\u11ff\\ud7cb-\\ud7fb][\\u11a8-\\u11ff\\ud7cb-\\ud7fb])$";
/** A vowel killer (and joiners after it), which joins two consonants to one cluster. */
const CONJUNCT =
  "[\\u094d\\u09cd\\u0acd\\u0b4d\\u0c4d\\u0d4d\\u1039\\u17d2\\u1a60\\u1b44\\u1bab\\ua9c0\\uaaf6\\u{10a3f}\\u{11133}\\u{113d0}" +
  "\\u{1193e}\\u{11a47}\\u{11a99}\\u{11f42}][\\p{M}\\u200d]*$";
/** The scripts that have one. */
const INDIC =
  "^[\\u0900-\\u0dff\\u1000-\\u109f\\u1780-\\u17ff\\u1a20-\\u1aaf\\u1b00-\\u1bbf\\ua980-\\ua9df\\uaae0-\\uaaff\\u{10a00}-\\u{10a5f}\\u{11100}-\\u{11fff}]";
const CONTROL =
  "^[\\p{Cc}\\p{Zl}\\p{Zp}\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]";
const LOWER = "^\\p{Ll}";
const CLOSER = /["'\u2019\u201d\u00bb)\]\u300d\u300f\uff09]/;

function isGraphemeBoundary(text, at, start) {
  if (insidePair(text, at)) {
    return false;
  }
  const after = text.slice(at, at + 2);
  const before = text.slice(insidePair(text, at - 1) ? at - 2 : at - 1, at);
  if (matches(CONTROL, before) || matches(CONTROL, after)) {
    return !(before === "\r" && after.startsWith("\n"));
  }
  if (matches(JOINS_BACK, after) || matches(JOINS_ON, before)) {
    return false;
  }
  const context = text.slice(Math.max(start, at - 8), at);
  if (before === "\u200d" && matches(PICTURE, after)) {
    return !matches(PICTURE_JOINED, context);
  }
  if (matches(HANGUL, before + after.charAt(0))) {
    return false;
  }
  if (matches(FLAG_HALF, before) && matches(FLAG_HALF, after)) {
    let halves = 0;
    for (
      let place = at;
      place - 2 >= start && matches(FLAG_HALF, text.slice(place - 2, place));
      place -= 2
    ) {
      halves += 1;
    }
    return halves % 2 === 0;
  }
  return !(matches(INDIC, after) && matches(CONJUNCT, context));
}

function isSentenceStart(text, at, start) {
  if (isSpace(text.charCodeAt(at)) || CLOSER.test(text.charAt(at)) || insidePair(text, at)) {
    return false;
  }
  let end = at;
  while (end > start && isSpace(text.charCodeAt(end - 1))) {
    end -= 1;
  }
  let mark = end;
  while (mark > start && CLOSER.test(text.charAt(mark - 1))) {
    mark -= 1;
  }
  const ending = text.charAt(mark - 1);
  if (/[。！？｡]/.test(ending)) {
    return !/[。！？｡]/.test(text.charAt(at));
  }
  if (end === at || mark === start) {
    return false;
  }
  return (
    /[!?\u2026\u061f\u06d4\u0964\u0965]/.test(ending) ||
    (ending === "." && !matches(LOWER, text.slice(at, at + 2)))
  );
}
