//! Reads JSON token by token, within bounds, without storing anything.
//!
//! Not a crate, because the checks need what no parser offers: the exact location of lone
//! surrogates and duplicate members, lengths without decoding, and slices of the text. It is tested
//! against `serde_json`.
//!
//! The error type is zero-sized and the reader keeps the reason, so that each `?` tests one
//! register; this takes a third of the code. Hot paths are inlined by hand, since the crate is
//! built with a low inlining threshold.

use super::text::{Scan, Text, same, same_inlined, scan, utf8};

/// The maximum nesting depth of objects and lists.
pub const MAX_DEPTH: u32 = 128;

/// Why reading ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The text is not JSON from this byte on.
    Malformed(usize),
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
}

/// Reading has ended early. [`Reader::stop`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// The next member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// No further member.
    End,
    /// A member with the guessed name.
    Guessed,
    /// A member with this name.
    Named(Text<'a>),
}

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// An object.
    Object,
    /// A list.
    Array,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
}

impl ValueKind {
    /// The name of the kind, with its article.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Array => "a list",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Null => "null",
        }
    }
}

/// A JSON text, and how far it has been read.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
    /// Whether the last string has a lone surrogate.
    lone: bool,
    too_deep: bool,
}

/// A number of JSON.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    /// As written.
    pub text: Text<'a>,
    /// The number of digits after the decimal point.
    pub decimals: usize,
    /// Whether it has an exponent.
    pub has_exponent: bool,
}

/// The text.
pub type Read<T> = Result<T, Stopped>;

impl<'a> Reader<'a> {
    /// Reads a text from the start.
    pub fn new(text: &'a str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    /// Reads bytes from the start. Invalid UTF-8 is malformed.
    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            depth: 0,
            lone: false,
            too_deep: false,
        }
    }

    /// Why reading ended early.
    pub fn stop(&self) -> Stop {
        if self.too_deep {
            Stop::TooDeep
        } else {
            Stop::Malformed(self.at)
        }
    }

    /// The number of bytes read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes back to an earlier position on the same level.
    pub fn back_to(&mut self, position: usize, depth: u32) {
        self.at = position;
        self.depth = depth;
    }

    /// The number of open objects and lists.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// The whole text.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes between two positions.
    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        utf8(self.bytes.get(from..to).unwrap_or_default())
    }

    /// Whether the last string has a lone surrogate.
    pub fn lone_surrogate(&self) -> bool {
        self.lone
    }

    /// The next byte. JSON has no zero byte outside strings, so zero means the end.
    #[inline(always)]
    fn byte(&self) -> u8 {
        match self.bytes.get(self.at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// The next byte that is not white space.
    #[inline(always)]
    fn sign(&mut self) -> u8 {
        loop {
            match self.byte() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// The kind of the next value. Only white space is skipped.
    #[inline(always)]
    pub fn peek(&mut self) -> Read<ValueKind> {
        match self.sign() {
            b'"' => Ok(ValueKind::String),
            b'{' => Ok(ValueKind::Object),
            b'[' => Ok(ValueKind::Array),
            b't' | b'f' => Ok(ValueKind::Boolean),
            b'n' => Ok(ValueKind::Null),
            b'-' | b'0'..=b'9' => Ok(ValueKind::Number),
            _ => Err(Stopped),
        }
    }

    /// Enters the next object or list.
    #[inline(always)]
    pub fn open(&mut self) -> Read<()> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.too_deep = true;
            return Err(Stopped);
        }
        Ok(())
    }

    /// Goes to the next member of the object, and reads its name; `None` at the end of the object.
    /// `first`: no member has been read yet.
    pub fn member(&mut self, first: bool) -> Read<Option<Text<'a>>> {
        // No string can contain this byte, so the guess never matches.
        match self.key(first, b"\0")? {
            Key::Named(name) => Ok(Some(name)),
            Key::Guessed => Err(Stopped),
            Key::End => Ok(None),
        }
    }

    /// Goes to the next member of the object, and reads its name. `guess`: a likely name that needs
    /// no escapes. It is compared in place, which is faster than reading a name and then looking it
    /// up.
    #[inline(always)]
    pub fn key(&mut self, first: bool, guess: &[u8]) -> Read<Key<'a>> {
        if !self.separated(b'}', first)? {
            return Ok(Key::End);
        }
        if self.sign() != b'"' {
            return Err(Stopped);
        }
        let from = self.at + 1;
        let end = from + guess.len();
        let key = match (self.bytes.get(from..end), self.bytes.get(end)) {
            (Some(name), Some(b'"')) if same_inlined(name, guess) => {
                self.at = end + 1;
                self.lone = false;
                Key::Guessed
            }
            _ => Key::Named(self.string()?),
        };
        if self.sign() != b':' {
            return Err(Stopped);
        }
        self.at += 1;
        Ok(key)
    }

    /// Goes to the next item of the list; `false` at its end.
    pub fn item(&mut self, first: bool) -> Read<bool> {
        self.separated(b']', first)
    }

    /// Whether another member or item follows. The caller notices a trailing comma when it reads
    /// on.
    #[inline(always)]
    fn separated(&mut self, end: u8, first: bool) -> Read<bool> {
        let sign = self.sign();
        if sign == end {
            self.at += 1;
            self.depth = self.depth.wrapping_sub(1);
            return Ok(false);
        }
        if !first {
            if sign != b',' {
                return Err(Stopped);
            }
            self.at += 1;
        }
        Ok(true)
    }

    /// Reads the next string.
    #[inline(never)]
    pub fn string(&mut self) -> Read<Text<'a>> {
        self.string_inlined()
    }

    /// [`Reader::string`] on hot paths.
    #[inline(always)]
    pub fn string_inlined(&mut self) -> Read<Text<'a>> {
        let from = self.at + 1;
        match scan(self.bytes, from) {
            Scan::Text {
                end,
                escaped,
                wide,
                lone,
            } => {
                let raw = self.bytes.get(from..end).unwrap_or_default();
                if wide && let Err(error) = std::str::from_utf8(raw) {
                    self.at = from + error.valid_up_to();
                    return Err(Stopped);
                }
                self.at = end + 1;
                self.lone = lone;
                Ok(Text { raw, escaped, wide })
            }
            Scan::Broken(at) => {
                self.at = at;
                Err(Stopped)
            }
        }
    }

    /// Reads the next number.
    pub fn number(&mut self) -> Read<Number<'a>> {
        let from = self.at;
        self.pass(b'-');
        if !self.pass(b'0') {
            self.digits()?;
        }
        let mut decimals = 0;
        if self.pass(b'.') {
            let point = self.at;
            self.digits()?;
            decimals = self.at - point;
        }
        let has_exponent = matches!(self.byte(), b'e' | b'E');
        if has_exponent {
            self.exponent()?;
        }
        Ok(Number {
            text: Text::plain(self.bytes.get(from..self.at).unwrap_or_default()),
            decimals,
            has_exponent,
        })
    }

    #[cold]
    #[inline(never)]
    fn exponent(&mut self) -> Read<()> {
        self.at += 1;
        let _ = self.pass(b'+') || self.pass(b'-');
        self.digits()
    }

    #[inline(always)]
    fn pass(&mut self, byte: u8) -> bool {
        let is_there = self.byte() == byte;
        self.at += usize::from(is_there);
        is_there
    }

    #[inline(always)]
    fn digits(&mut self) -> Read<()> {
        let from = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at == from {
            Err(Stopped)
        } else {
            Ok(())
        }
    }

    /// Reads the next boolean.
    pub fn boolean(&mut self) -> Read<bool> {
        let truth = self.byte() == b't';
        self.word(if truth { b"true" } else { b"false" })?;
        Ok(truth)
    }

    fn word(&mut self, word: &[u8]) -> Read<()> {
        let end = self.at + word.len();
        if !self
            .bytes
            .get(self.at..end)
            .is_some_and(|found| same(found, word))
        {
            return Err(Stopped);
        }
        self.at = end;
        Ok(())
    }

    /// Skips the next value.
    pub fn skip(&mut self) -> Read<()> {
        match self.peek()? {
            ValueKind::String => self.string().map(drop),
            ValueKind::Number => self.number().map(drop),
            ValueKind::Boolean => self.boolean().map(drop),
            ValueKind::Null => self.word(b"null"),
            ValueKind::Array => {
                self.open()?;
                let mut first = true;
                while self.item(first)? {
                    first = false;
                    self.skip()?;
                }
                Ok(())
            }
            ValueKind::Object => {
                self.open()?;
                let mut first = true;
                while self.member(first)?.is_some() {
                    first = false;
                    self.skip()?;
                }
                Ok(())
            }
        }
    }

    /// Skips the next value without checking its grammar, which is twice as fast. For values that
    /// are read again: if this fails, reading fails as well, at the same byte or earlier.
    #[inline(never)]
    pub fn skip_unchecked(&mut self) -> Read<()> {
        if !matches!(self.peek()?, ValueKind::Object | ValueKind::Array) {
            return self.skip();
        }
        let mut open = 0_u32;
        loop {
            match self.bytes.get(self.at) {
                Some(b'"') => match scan(self.bytes, self.at + 1) {
                    Scan::Text { end, .. } => self.at = end,
                    Scan::Broken(_) => return Err(Stopped),
                },
                Some(b'{' | b'[') => open += 1,
                Some(b'}' | b']') => open -= 1,
                Some(_) => {}
                None => return Err(Stopped),
            }
            self.at += 1;
            if open == 0 {
                return Ok(());
            }
        }
    }

    /// Checks that only white space follows.
    pub fn end(&mut self) -> Read<()> {
        self.sign();
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(Stopped)
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reads(text: &str) -> Result<(), Stop> {
        let mut reader = Reader::new(text);
        reader
            .skip()
            .and_then(|()| reader.end())
            .map_err(|Stopped| reader.stop())
    }

    #[test]
    fn keeps_its_bound() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(reads(&nested(128)), Ok(()));
        assert_eq!(reads(&nested(129)), Err(Stop::TooDeep));
        assert_eq!(reads(&"[{\"a\":".repeat(50_000)), Err(Stop::TooDeep));
        // Siblings are not nested.
        assert_eq!(reads(&format!("[{}[]]", "[],".repeat(1000))), Ok(()));
    }

    #[test]
    fn says_where_it_is_malformed() {
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("[1,]", 3),
            ("{\"a\" 1}", 5),
            ("[1 2]", 3),
            ("nul", 0),
            ("01", 1),
            ("1.", 2),
            ("[1]]", 3),
            ("{,}", 1),
        ] {
            assert_eq!(reads(text), Err(Stop::Malformed(at)), "{text}");
        }
    }

    #[test]
    fn keeps_the_spelling_of_a_number() {
        for (text, decimals, has_exponent) in [
            ("1", 0, false),
            ("-0.5", 1, false),
            ("1.250", 3, false),
            ("1.25e9", 2, true),
            ("1E+2", 0, true),
        ] {
            let number = Reader::new(text).number().unwrap();
            assert_eq!(
                (number.text.raw, number.decimals, number.has_exponent),
                (text.as_bytes(), decimals, has_exponent)
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn agrees_with_serde_json(text in r#"([\[\]{}",:0-9.eE+\- \\]|true|null|"a"|"\\u00e9"|\{"a":|\[1,){0,12}"#) {
            let expected = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            prop_assert_eq!(reads(&text).is_ok(), expected, "{}", text);
        }

        #[test]
        fn reads_what_serde_json_writes(text in ".{0,40}", number in any::<f64>()) {
            let value = serde_json::json!({ "text": text, "list": [number, null, true, {"deep": [text]}] });
            prop_assert_eq!(reads(&value.to_string()), Ok(()));
            prop_assert_eq!(reads(&serde_json::to_string_pretty(&value).unwrap()), Ok(()));
        }
    }
}
