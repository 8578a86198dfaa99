//! Reads JSON piece by piece, within bounds, without keeping anything.
//!
//! Our own because the checks need what no parser of the field gives: the exact place of half a surrogate pair and of a member
//! that stands twice, lengths without decoding, and slices of the text. It is tested against `serde_json`.

use super::text::{Scan, Text, scan};

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

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
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

impl Next {
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
    text: &'a str,
    at: usize,
    depth: u32,
    /// The last text that was read has half a surrogate pair.
    lone: bool,
}

type Read<T> = Result<T, Stop>;

impl<'a> Reader<'a> {
    /// Reads a text from its beginning.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0, lone: false }
    }

    /// How many bytes have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The bytes between two places.
    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The last text that was read has half a surrogate pair.
    pub fn lone_surrogate(&self) -> bool {
        self.lone
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn malformed<T>(&self) -> Read<T> {
        Err(Stop::Malformed(self.at))
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    /// What kind of value comes next. Nothing but white space is passed.
    pub fn peek(&mut self) -> Read<Next> {
        self.space();
        match self.byte() {
            Some(b'"') => Ok(Next::String),
            Some(b'{') => Ok(Next::Object),
            Some(b'[') => Ok(Next::Array),
            Some(b't' | b'f') => Ok(Next::Boolean),
            Some(b'n') => Ok(Next::Null),
            Some(b'-' | b'0'..=b'9') => Ok(Next::Number),
            _ => self.malformed(),
        }
    }

    /// Goes into the object or list that comes next.
    pub fn open(&mut self) -> Read<()> {
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(Stop::TooDeep) } else { Ok(()) }
    }

    /// Goes to the next member of the object, and reads its name; `None`: the object has ended. `first`: none was read yet.
    pub fn member(&mut self, first: bool) -> Read<Option<Text<'a>>> {
        if !self.separated(b'}', first)? {
            return Ok(None);
        }
        if self.byte() != Some(b'"') {
            return self.malformed();
        }
        let name = self.string()?;
        self.space();
        if self.byte() != Some(b':') {
            return self.malformed();
        }
        self.at += 1;
        Ok(Some(name))
    }

    /// Goes to the next item of the list; `false`: the list has ended.
    pub fn item(&mut self, first: bool) -> Read<bool> {
        self.separated(b']', first)
    }

    fn separated(&mut self, end: u8, first: bool) -> Read<bool> {
        self.space();
        match self.byte() {
            Some(byte) if byte == end => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            Some(_) if first => Ok(true),
            Some(b',') => {
                self.at += 1;
                self.space();
                // A comma before the end.
                if self.byte() == Some(end) { self.malformed() } else { Ok(true) }
            }
            _ => self.malformed(),
        }
    }

    /// Reads the text that comes next.
    pub fn string(&mut self) -> Read<Text<'a>> {
        self.at += 1;
        match scan(self.text.get(self.at..).unwrap_or_default()) {
            Scan::Text(text, lone) => {
                self.at += text.raw.len() + 1;
                self.lone = lone;
                Ok(text)
            }
            Scan::Broken(read) => {
                self.at += read;
                self.malformed()
            }
        }
    }

    /// Reads the number that comes next.
    pub fn number(&mut self) -> Read<&'a str> {
        let from = self.at;
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(self.slice(from, self.at))
    }

    fn digits(&mut self) -> Read<()> {
        if !self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.malformed();
        }
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    /// Reads the boolean that comes next.
    pub fn boolean(&mut self) -> Read<bool> {
        if self.byte() == Some(b't') { self.word("true").map(|()| true) } else { self.word("false").map(|()| false) }
    }

    /// Reads the `null` that comes next.
    pub fn null(&mut self) -> Read<()> {
        self.word("null")
    }

    fn word(&mut self, word: &str) -> Read<()> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            Ok(())
        } else {
            self.malformed()
        }
    }

    /// Passes the value that comes next, whatever it is.
    pub fn skip(&mut self) -> Read<()> {
        match self.peek()? {
            Next::String => self.string().map(drop),
            Next::Number => self.number().map(drop),
            Next::Boolean => self.boolean().map(drop),
            Next::Null => self.null(),
            Next::Array => {
                self.open()?;
                let mut first = true;
                while self.item(first)? {
                    first = false;
                    self.skip()?;
                }
                Ok(())
            }
            Next::Object => {
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

    /// Nothing but white space may follow.
    pub fn end(&mut self) -> Read<()> {
        self.space();
        if self.at == self.text.len() { Ok(()) } else { self.malformed() }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reads(text: &str) -> Result<(), Stop> {
        let mut reader = Reader::new(text);
        reader.skip()?;
        reader.end()
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
        for (text, at) in [("", 0), ("{", 1), ("[1,]", 3), ("{\"a\" 1}", 5), ("[1 2]", 3), ("nul", 0), ("01", 1), ("1.", 2), ("[1]]", 3), ("{,}", 1)]
        {
            assert_eq!(reads(text), Err(Stop::Malformed(at)), "{text}");
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
