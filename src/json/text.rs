//! JSON strings: finds their end, eight bytes at a time, and decodes them.

use std::borrow::Cow;

/// A string as written in the JSON, between its quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text<'a> {
    /// The string with its escapes. It is UTF-8.
    pub raw: &'a [u8],
    /// Whether it has escapes, so that `raw` is not the decoded string.
    pub escaped: bool,
    /// Whether it may have non-ASCII bytes. If `false`, it has none.
    pub wide: bool,
}

/// The length of a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lengths {
    /// In Unicode code points.
    pub characters: u32,
    /// In UTF-16 units, as JavaScript counts.
    pub utf16: u32,
    /// In bytes of UTF-8.
    pub bytes: u32,
}

impl<'a> Text<'a> {
    /// An ASCII string without escapes, such as a number.
    pub fn plain(raw: &'a [u8]) -> Self {
        Self {
            raw,
            escaped: false,
            wide: false,
        }
    }

    /// Whether it equals this string.
    #[inline(always)]
    pub fn is(&self, text: &str) -> bool {
        if self.escaped {
            self.decoded() == text
        } else {
            same(self.raw, text.as_bytes())
        }
    }

    /// Whether every byte is one character.
    pub fn is_plain(&self) -> bool {
        !self.escaped && !self.wide
    }

    /// Whether its JSON contains an ASCII byte. Compares eight bytes at a time; the last eight
    /// overlap the previous ones. With `contains` of the standard library, which is not inlined, a
    /// message of 4 KB takes a tenth longer.
    #[inline(always)]
    pub fn has_byte(&self, byte: u8) -> bool {
        let has = |chunk: &[u8; 8]| {
            zero_bytes(u64::from_le_bytes(*chunk) ^ (ONES * u64::from(byte))) != 0
        };
        match self.raw.last_chunk::<8>() {
            Some(end) => has(end) || self.raw.as_chunks::<8>().0.iter().any(has),
            None => self.raw.contains(&byte),
        }
    }

    /// Counts its lengths.
    #[inline(never)]
    pub fn lengths(&self) -> Lengths {
        let text = self.decoded();
        Lengths {
            characters: text.chars().count() as u32,
            utf16: utf16_length(&text) as u32,
            bytes: text.len() as u32,
        }
    }

    /// The decoded string. A lone surrogate becomes U+FFFD.
    #[inline(never)]
    pub fn decoded(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(utf8(self.raw));
        }
        let mut out = String::with_capacity(self.raw.len());
        self.decode(|piece| match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Character(character) => out.push(character),
            Piece::LoneSurrogate(_) => out.push(char::REPLACEMENT_CHARACTER),
        });
        Cow::Owned(out)
    }

    /// The decoded string in WTF-8, which preserves lone surrogates. Two names are equal in
    /// JavaScript if their WTF-8 is equal.
    pub fn decoded_bytes(&self) -> Cow<'a, [u8]> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut out = Vec::with_capacity(self.raw.len());
        self.decode(|piece| match piece {
            Piece::Text(text) => out.extend_from_slice(text.as_bytes()),
            Piece::Character(character) => {
                out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            }
            Piece::LoneSurrogate(unit) => {
                let low_six = |bits: u32| 0x80 | (bits & 0x3f) as u8;
                out.extend_from_slice(&[
                    0xe0 | (unit >> 12) as u8,
                    low_six(unit >> 6),
                    low_six(unit),
                ]);
            }
        });
        Cow::Owned(out)
    }

    fn decode(&self, mut take: impl FnMut(Piece<'a>)) {
        let mut rest = utf8(self.raw);
        while let Some((before, escape)) = rest.split_once('\\') {
            take(Piece::Text(before));
            let escape = escape.as_bytes();
            let mut length = 1;
            let code = match escape.first() {
                Some(b'b') => 0x08,
                Some(b'f') => 0x0c,
                Some(b'n') => 0x0a,
                Some(b'r') => 0x0d,
                Some(b't') => 0x09,
                Some(b'u') => {
                    length = 5;
                    let unit = hex4(escape, 1).unwrap_or(0xfffd);
                    match low_surrogate(escape, 5).filter(|_| is_high(unit)) {
                        Some(low) => {
                            length = 11;
                            0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
                        }
                        None => unit,
                    }
                }
                // A quote, a backslash or a slash.
                sign => sign.copied().unwrap_or_default().into(),
            };
            take(char::from_u32(code).map_or(Piece::LoneSurrogate(code), Piece::Character));
            let behind = rest.len() - escape.len() + length;
            rest = rest.get(behind..).unwrap_or_default();
        }
        take(Piece::Text(rest));
    }
}

/// A part of a string that is being decoded.
enum Piece<'a> {
    Text(&'a str),
    Character(char),
    LoneSurrogate(u32),
}

/// Compares without calling `memcmp`, whose call dominates for short strings.
#[inline(always)]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && same_called(a, b)
}

#[inline(never)]
fn same_called(a: &[u8], b: &[u8]) -> bool {
    same_inlined(a, b)
}

/// [`same`] on hot paths: compares eight, four or two bytes at a time; the last ones overlap the
/// previous ones.
#[inline(always)]
pub fn same_inlined(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if let (Some(end_a), Some(end_b)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        let pairs = a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0);
        return u64::from_le_bytes(*end_a) == u64::from_le_bytes(*end_b)
            && pairs
                .into_iter()
                .all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b));
    }
    if let (Some(end_a), Some(end_b), Some(start_a), Some(start_b)) = (
        a.last_chunk::<4>(),
        b.last_chunk::<4>(),
        a.first_chunk::<4>(),
        b.first_chunk::<4>(),
    ) {
        return u32::from_le_bytes(*end_a) == u32::from_le_bytes(*end_b)
            && u32::from_le_bytes(*start_a) == u32::from_le_bytes(*start_b);
    }
    if let (Some(end_a), Some(end_b), Some(start_a), Some(start_b)) = (
        a.last_chunk::<2>(),
        b.last_chunk::<2>(),
        a.first_chunk::<2>(),
        b.first_chunk::<2>(),
    ) {
        return u16::from_le_bytes(*end_a) == u16::from_le_bytes(*end_b)
            && u16::from_le_bytes(*start_a) == u16::from_le_bytes(*start_b);
    }
    a == b
}

/// Converts bytes that have been checked to a string.
pub fn utf8(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The length of a text in UTF-16 units.
pub fn utf16_length(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Characters above U+FFFF have two units, and four bytes in UTF-8.
    let pairs = text.bytes().filter(|byte| *byte >= 0xf0).count();
    text.chars().count() + pairs
}

/// The result of scanning a string.
pub(super) enum Scan {
    /// The string is complete.
    Text {
        /// The position of the closing quote.
        end: usize,
        /// Whether it has escapes.
        escaped: bool,
        /// Whether it may have bytes that are not ASCII.
        wide: bool,
        /// Whether it has a lone surrogate.
        lone: bool,
    },
    /// It does not end, or contains something that JSON does not allow in a string, from this
    /// position on.
    Broken(usize),
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Sets a bit for each zero byte of `word`; bits above the first such byte may be wrong.
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// Sets a bit for each byte that is a quote, a backslash or a control character; bits above the
/// first such byte may be wrong.
#[inline(always)]
const fn special(word: u64) -> u64 {
    zero_bytes(word ^ (ONES * 0x22))
        | zero_bytes(word ^ (ONES * 0x5c))
        | (word.wrapping_sub(ONES * 0x20) & !word & HIGHS)
}

/// Scans a string from after its opening quote to its closing quote.
#[inline(always)]
pub(super) fn scan(bytes: &[u8], from: usize) -> Scan {
    let (at, wide) = pass_plain(bytes, from);
    match bytes.get(at) {
        Some(b'"') => Scan::Text {
            end: at,
            escaped: false,
            wide,
            lone: false,
        },
        _ => scan_slowly(bytes, at, wide),
    }
}

/// Returns the position of the first [`special`] byte, or the position from which fewer than eight
/// bytes are left, and whether there may be non-ASCII bytes before it.
#[inline(always)]
fn pass_plain(bytes: &[u8], from: usize) -> (usize, bool) {
    let (mut at, mut wide) = (from, 0_u64);
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let special = special(word);
        // Bytes after the end of the string count too. This is harmless, since a wide string is
        // only checked more closely.
        wide |= word;
        if special != 0 {
            // The lowest bit is the first such byte.
            at += special.trailing_zeros() as usize / 8;
            break;
        }
        at += 8;
    }
    (at, wide & HIGHS != 0)
}

/// The position of the first byte that must be escaped in JSON; the length if there is none.
pub(super) fn plain_end(bytes: &[u8]) -> usize {
    let (at, _) = pass_plain(bytes, 0);
    let rest = bytes.get(at..).unwrap_or_default();
    let special = rest
        .iter()
        .position(|byte| matches!(byte, ..b' ' | b'"' | b'\\'));
    special.map_or(bytes.len(), |behind| at + behind)
}

/// Continues a scan at the first backslash, or where fewer than eight bytes are left.
#[inline(never)]
fn scan_slowly(bytes: &[u8], from: usize, wide: bool) -> Scan {
    let mut at = from;
    let (mut escaped, mut wide, mut lone) = (false, wide, false);
    loop {
        let (special, is_wide) = pass_plain(bytes, at);
        at = special;
        wide |= is_wide;
        match bytes.get(at) {
            Some(b'"') => {
                return Scan::Text {
                    end: at,
                    escaped,
                    wide,
                    lone,
                };
            }
            None | Some(..0x20) => return Scan::Broken(at),
            Some(b'\\') => {
                escaped = true;
                match bytes.get(at + 1) {
                    Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at += 2,
                    Some(b'u') => {
                        let Some(unit) = hex4(bytes, at + 2) else {
                            return Scan::Broken(at);
                        };
                        at += 6;
                        if is_high(unit) && low_surrogate(bytes, at).is_some() {
                            at += 6;
                        } else if (0xd800..=0xdfff).contains(&unit) {
                            lone = true;
                        }
                    }
                    _ => return Scan::Broken(at),
                }
            }
            Some(byte) => {
                wide |= *byte >= 0x80;
                at += 1;
            }
        }
    }
}

fn is_high(unit: u32) -> bool {
    (0xd800..=0xdbff).contains(&unit)
}

/// The four hexadecimal digits at a position.
#[inline(never)]
fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..)?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |value, digit| {
        Some(value << 4 | char::from(*digit).to_digit(16)?)
    })
}

/// The escape of the second half of a surrogate pair at a position.
fn low_surrogate(bytes: &[u8], at: usize) -> Option<u32> {
    if bytes.get(at) != Some(&b'\\') || bytes.get(at + 1) != Some(&b'u') {
        return None;
    }
    hex4(bytes, at + 2).filter(|unit| (0xdc00..=0xdfff).contains(unit))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::*;

    /// Scans a JSON string, including its quotes.
    #[allow(clippy::panic)]
    fn text(json: &str) -> (Text<'_>, bool) {
        match scan(json.as_bytes(), 1) {
            Scan::Text {
                end,
                escaped,
                wide,
                lone,
            } => (
                Text {
                    raw: json.as_bytes().get(1..end).unwrap_or_default(),
                    escaped,
                    wide,
                },
                lone,
            ),
            Scan::Broken(at) => panic!("broken at {at}: {json}"),
        }
    }

    #[test]
    fn counts_as_the_decoded_text_does() {
        for sample in [
            "",
            "a",
            "12345678",
            "123456789012345",
            "é",
            "日本語のテキスト",
            "😀",
            "aaaaaaa😀bbbbbbbé",
            "tab\there",
            "\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}\u{10000}",
        ] {
            for json in [serde_json::to_string(sample).unwrap(), escaped(sample)] {
                let (text, lone) = text(&json);
                assert!(!lone);
                assert_eq!(text.decoded(), sample);
                assert!(text.wide || json.is_ascii(), "{json}");
                assert!(text.is(sample) && !text.is("another"), "{json}");
                let lengths = text.lengths();
                assert_eq!(lengths.bytes as usize, sample.len(), "{json}");
                assert_eq!(
                    lengths.characters as usize,
                    sample.chars().count(),
                    "{json}"
                );
                assert_eq!(
                    lengths.utf16 as usize,
                    sample.encode_utf16().count(),
                    "{json}"
                );
            }
        }
    }

    #[test]
    fn compares_as_the_standard_library_does() {
        for length in 0..40 {
            let text: Vec<u8> = (0..length).map(|byte| b'a' + byte % 26).collect();
            assert!(same(&text, &text.clone()));
            assert!(!same(&text, &[&text[..], b"x"].concat()));
            for at in 0..text.len() {
                let mut other = text.clone();
                other[at] = b'-';
                assert!(!same(&text, &other), "{length} {at}");
            }
        }
    }

    /// Writes every character as an escape.
    fn escaped(sample: &str) -> String {
        let units: String = sample
            .encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect();
        format!("\"{units}\"")
    }

    #[test]
    fn finds_half_a_surrogate_pair() {
        assert!(text(r#""\ud83d""#).1);
        assert!(text(r#""\ude00""#).1);
        assert!(text(r#""\ud83dx""#).1);
        assert!(text(r#""\ud83d\u0041""#).1);
        assert!(!text(r#""\ud83d\ude00""#).1);
        assert_eq!(text(r#""a\ud83dx""#).0.decoded(), "a\u{fffd}x");
    }

    #[test]
    fn refuses_what_json_does_not_allow() {
        for broken in [
            "abc",
            "a\u{1}\"",
            "a\n\"",
            "\\x\"",
            "\\u12g4\"",
            "\\u12\"",
            "\\",
            "12345678\u{1f}\"",
            "1234567890\\",
            "é\u{1}234567\"",
        ] {
            assert!(
                matches!(scan(broken.as_bytes(), 0), Scan::Broken(_)),
                "{broken}"
            );
        }
    }
}
