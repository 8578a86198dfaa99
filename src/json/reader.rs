//! Reads JSON piece by piece, within bounds, without keeping anything.
//!
//! Our own because the checks need what no parser of the field gives: the exact place of half a
//! surrogate pair and of a member that stands twice, lengths without decoding, and slices of the
//! text. It is tested against `serde_json`.
//!
//! An error has no size, and its reason is kept in the reader: that makes each `?` one test of a
//! register, a third of the code. What every message passes through is inlined by hand, since the
//! crate is built with a low inlining threshold.

use super::text::{Scan, Text, same, same_inlined, scan, utf8};

/// How deep objects and lists may be nested.
pub const MAX_DEPTH: u32 = 128;

/// Why reading ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The text is not JSON: at this byte.
    Malformed(usize),
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
}

/// Reading has ended early. [`Reader::stop`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

/// What comes next in an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    /// No further member.
    End,
    /// A member of the name that was guessed.
    Guessed,
    /// A member of this name.
    Named(Text<'a>),
}

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// An object.
    Object,
    /// A list.
    Array,
    /// A text.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
}

impl ValueKind {
    /// Its name, with its article.
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

/// A text of JSON, and how far it has been read.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
    /// The last text that was read has half a surrogate pair.
    lone: bool,
    too_deep: bool,
}

/// A number of JSON.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    /// As it is written.
    pub text: Text<'a>,
    /// How many digits stand behind its point.
    pub decimals: usize,
    /// It has an exponent.
    pub has_exponent: bool,
}

/// What was read.
pub type Read<T> = Result<T, Stopped>;

impl<'a> Reader<'a> {
    /// Reads a text from its beginning.
    pub fn new(text: &'a str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    /// Reads bytes from their beginning. What is not UTF-8 is malformed.
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

    /// How many bytes have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes back to a place where it was before, on the same level.
    pub fn back_to(&mut self, position: usize, depth: u32) {
        self.at = position;
        self.depth = depth;
    }

    /// How many objects and lists are open.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// The whole text.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes between two places.
    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        utf8(self.bytes.get(from..to).unwrap_or_default())
    }

    /// The last text that was read has half a surrogate pair.
    pub fn lone_surrogate(&self) -> bool {
        self.lone
    }

    /// The next byte. No JSON has a zero outside its texts, so that one stands for the end.
    #[inline(always)]
    fn byte(&self) -> u8 {
        match self.bytes.get(self.at) {
            Some(byte) => *byte,
            None => 0,
        }
    }

    /// The next byte that is no white space.
    #[inline(always)]
    fn sign(&mut self) -> u8 {
        loop {
            match self.byte() {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// What kind of value comes next. Nothing but white space is passed.
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

    /// Goes into the object or list that comes next.
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

    /// Goes to the next member of the object, and reads its name; `None`: the object has ended.
    /// `first`: none was read yet.
    pub fn member(&mut self, first: bool) -> Read<Option<Text<'a>>> {
        // No text holds that byte, so the guess is never right.
        match self.key(first, b"\0")? {
            Key::Named(name) => Ok(Some(name)),
            Key::Guessed => Err(Stopped),
            Key::End => Ok(None),
        }
    }

    /// Goes to the next member of the object, and reads its name. `guess`: a name that is likely,
    /// without anything to escape: it is compared where it stands, which is faster than to read a
    /// name and then to look for it.
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

    /// Goes to the next item of the list; `false`: the list has ended.
    pub fn item(&mut self, first: bool) -> Read<bool> {
        self.separated(b']', first)
    }

    /// Whether something follows. A comma before the end is found by who reads what follows.
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

    /// Reads the text that comes next.
    #[inline(never)]
    pub fn string(&mut self) -> Read<Text<'a>> {
        self.string_inlined()
    }

    /// [`Reader::string`], where every message passes through.
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

    /// Reads the number that comes next.
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

    /// Reads the boolean that comes next.
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

    /// Passes the value that comes next, whatever it is.
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

    /// Passes the value that comes next without a look at its grammar, which is twice as fast: for
    /// what is read once more. Where this fails, reading fails as well, there or before.
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

    /// Nothing but white space may follow.
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
        // Side by side is not nested.
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
    fn tells_how_a_number_is_written() {
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
