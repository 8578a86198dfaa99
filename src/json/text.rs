//! Texts of JSON: finding their end, and counting them, eight bytes at a time.

use std::borrow::Cow;

/// A text as it stands in the JSON, between its quotes, with its lengths counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text<'a> {
    /// The text, with its escapes as they are.
    pub raw: &'a str,
    /// It has escapes: `raw` is not the text itself.
    pub escaped: bool,
    /// Its length in Unicode code points.
    pub characters: u32,
    /// Its length in UTF-16 units, as JavaScript counts.
    pub utf16: u32,
    /// Its length in bytes of UTF-8.
    pub bytes: u32,
}

impl<'a> Text<'a> {
    /// The text itself: with its escapes resolved. Half a surrogate pair becomes U+FFFD.
    pub fn decoded(&self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let bytes = self.raw.as_bytes();
        let mut out = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some((plain, escape)) = rest.split_once('\\') {
            out.push_str(plain);
            let at = self.raw.len() - escape.len();
            let mut used = 1;
            match bytes.get(at) {
                Some(b'b') => out.push('\u{8}'),
                Some(b'f') => out.push('\u{c}'),
                Some(b'n') => out.push('\n'),
                Some(b'r') => out.push('\r'),
                Some(b't') => out.push('\t'),
                Some(b'u') => {
                    used = 5;
                    let unit = hex4(bytes, at + 1).unwrap_or(0xfffd);
                    let low = if (0xd800..=0xdbff).contains(&unit) { low_surrogate(bytes, at + 5) } else { None };
                    let code = match low {
                        Some(low) => {
                            used = 11;
                            0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)
                        }
                        None => unit,
                    };
                    out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
                }
                Some(byte) => out.push(char::from(*byte)),
                None => {}
            }
            rest = escape.get(used..).unwrap_or_default();
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// What a scan of a text found.
pub(super) enum Scan<'a> {
    /// The text, and what stands after its closing quote. The flag: it has half a surrogate pair.
    Text(Text<'a>, bool),
    /// It does not end, or has what JSON does not allow in a text: how many bytes were right.
    Broken(usize),
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Has a bit in each byte of `word` that is zero; bits above the first such byte may be wrong.
const fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// Scans a text from behind its opening quote to its closing quote.
pub(super) fn scan(text: &str) -> Scan<'_> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut continuations = 0;
    let mut four_byte = 0;
    loop {
        if let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
            let word = u64::from_le_bytes(*chunk);
            // A quote, a backslash, or a control character.
            let special = zero_bytes(word ^ (ONES * 0x22)) | zero_bytes(word ^ (ONES * 0x5c)) | (word.wrapping_sub(ONES * 0x20) & !word & HIGHS);
            // The lowest bit is the first such byte: what stands before it is counted.
            let (length, before) = match special {
                0 => (8, word),
                _ => (special.trailing_zeros() as usize / 8, word & ((1 << (special.trailing_zeros() & !7)) - 1)),
            };
            if before & HIGHS != 0 {
                continuations += (((before >> 7) & !(before >> 6)) & ONES).count_ones();
                four_byte += (((before >> 7) & (before >> 6) & (before >> 5) & (before >> 4)) & ONES).count_ones();
            }
            at += length;
            if special == 0 {
                continue;
            }
        }
        match bytes.get(at) {
            Some(b'"') => break,
            Some(b'\\') => return scan_escaped(text, at, continuations, four_byte),
            None | Some(..0x20) => return Scan::Broken(at),
            Some(byte) => {
                continuations += u32::from(byte & 0xc0 == 0x80);
                four_byte += u32::from(*byte >= 0xf0);
                at += 1;
            }
        }
    }
    let length = at as u32;
    let characters = length - continuations;
    let raw = text.get(..at).unwrap_or_default();
    Scan::Text(Text { raw, escaped: false, characters, utf16: characters + four_byte, bytes: length }, false)
}

/// Goes on with a text at its first backslash.
fn scan_escaped(text: &str, first: usize, continuations: u32, four_byte: u32) -> Scan<'_> {
    let bytes = text.as_bytes();
    let mut at = first;
    let mut length = first as u32;
    let mut characters = length - continuations;
    let mut utf16 = characters + four_byte;
    let mut lone = false;
    loop {
        match bytes.get(at) {
            Some(b'"') => break,
            None | Some(..0x20) => return Scan::Broken(at),
            Some(b'\\') => match bytes.get(at + 1) {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                    at += 2;
                    (length, characters, utf16) = (length + 1, characters + 1, utf16 + 1);
                }
                Some(b'u') => {
                    let Some(unit) = hex4(bytes, at + 2) else { return Scan::Broken(at) };
                    at += 6;
                    characters += 1;
                    utf16 += 1;
                    length += match unit {
                        0xd800..=0xdbff => match low_surrogate(bytes, at) {
                            Some(_) => {
                                at += 6;
                                utf16 += 1;
                                4
                            }
                            None => {
                                lone = true;
                                3
                            }
                        },
                        0xdc00..=0xdfff => {
                            lone = true;
                            3
                        }
                        ..0x80 => 1,
                        0x80..0x800 => 2,
                        _ => 3,
                    };
                }
                _ => return Scan::Broken(at),
            },
            Some(byte) => {
                at += 1;
                length += 1;
                if byte & 0xc0 != 0x80 {
                    characters += 1;
                    utf16 += 1 + u32::from(*byte >= 0xf0);
                }
            }
        }
    }
    let raw = text.get(..at).unwrap_or_default();
    Scan::Text(Text { raw, escaped: true, characters, utf16, bytes: length }, lone)
}

/// The four hexadecimal digits at a place.
fn hex4(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..)?.first_chunk::<4>()?;
    digits.iter().try_fold(0, |value, digit| Some(value << 4 | char::from(*digit).to_digit(16)?))
}

/// The second half of a surrogate pair, as an escape, at a place.
fn low_surrogate(bytes: &[u8], at: usize) -> Option<u32> {
    if bytes.get(at) != Some(&b'\\') || bytes.get(at + 1) != Some(&b'u') {
        return None;
    }
    hex4(bytes, at + 2).filter(|unit| (0xdc00..=0xdfff).contains(unit))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// Scans a JSON text, its quotes included.
    #[allow(clippy::panic)]
    fn text(json: &str) -> (Text<'_>, bool) {
        match scan(&json[1..]) {
            Scan::Text(text, lone) => (text, lone),
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
                assert_eq!(text.bytes as usize, sample.len(), "{json}");
                assert_eq!(text.characters as usize, sample.chars().count(), "{json}");
                assert_eq!(text.utf16 as usize, sample.encode_utf16().count(), "{json}");
            }
        }
    }

    /// Every character as an escape.
    fn escaped(sample: &str) -> String {
        let units: String = sample.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
        format!("\"{units}\"")
    }

    #[test]
    fn finds_half_a_surrogate_pair() {
        assert!(text(r#""\ud83d""#).1);
        assert!(text(r#""\ude00""#).1);
        assert!(text(r#""\ud83dx""#).1);
        assert!(text(r#""\ud83d\u0041""#).1);
        assert!(!text(r#""\ud83d\ude00""#).1);
    }

    #[test]
    fn refuses_what_json_does_not_allow() {
        for broken in ["abc", "a\u{1}\"", "a\n\"", "\\x\"", "\\u12g4\"", "\\u12\"", "\\", "12345678\u{1f}\"", "1234567890\\"] {
            assert!(matches!(scan(broken), Scan::Broken(_)), "{broken}");
        }
    }
}
