//! JSON without a tree: a text is checked once, and then cut into the slices that are wanted.
//!
//! A receipt has three members and an error ten, so a tree of values, with the code that reads and writes numbers for it, would
//! be the larger part of the module that browsers load.

use serde::de::IgnoredAny;

/// How deep a text may be nested.
const MAX_DEPTH: usize = 128;

/// The members of an object: the name with its escapes read, and the value as it is written. `None` where the text is no JSON,
/// no object, or nested too deep.
pub fn object(text: &str) -> Option<Vec<(String, &str)>> {
    let pairs = Scanner::new(text)?.list(b'{', b'}')?;
    pairs.into_iter().map(|(name, value)| Some((string(name)?, value))).collect()
}

/// The items of an array, as they are written.
pub fn array(text: &str) -> Option<Vec<&str>> {
    Some(Scanner::new(text)?.list(b'[', b']')?.into_iter().map(|(_, value)| value).collect())
}

/// Is it one JSON value, and nothing else?
pub fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The value of the last member with this name, which is the one that counts; a null is none.
pub fn member<'a>(members: &[(String, &'a str)], wanted: &str) -> Option<&'a str> {
    members.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| *value).filter(|value| *value != "null")
}

/// A text with its escapes read. `None` where it is no text, or not Unicode (half of a surrogate pair).
pub fn string(value: &str) -> Option<String> {
    serde_json::from_str(value).ok()
}

/// A text, or the digits of a number.
pub fn string_or_number(value: &str) -> Option<String> {
    let is_number = value.bytes().next().is_some_and(|byte| byte == b'-' || byte.is_ascii_digit());
    if is_number { Some(value.to_owned()) } else { string(value) }
}

/// Writes a text with its quotes.
pub fn quoted(text: &str) -> String {
    // A text can always be written.
    serde_json::to_string(text).unwrap_or_default()
}

/// Writes an object, member by member.
pub struct Writer {
    text: String,
}

impl Writer {
    /// An object without members.
    pub fn new() -> Self {
        Self { text: String::from("{") }
    }

    /// A member whose value is JSON already.
    pub fn raw(&mut self, name: &str, json: &str) {
        if self.text.len() > 1 {
            self.text.push(',');
        }
        for part in ["\"", name, "\":", json] {
            self.text.push_str(part);
        }
    }

    /// A text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &quoted(value));
    }

    /// A text that may be absent.
    pub fn optional_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// A number that may be absent.
    pub fn optional_number(&mut self, name: &str, value: Option<i64>) {
        if let Some(value) = value {
            self.raw(name, &value.to_string());
        }
    }

    /// True, false, or absent.
    pub fn optional_truth(&mut self, name: &str, value: Option<bool>) {
        if let Some(value) = value {
            self.raw(name, if value { "true" } else { "false" });
        }
    }

    /// The text of the object.
    pub fn finish(mut self) -> String {
        self.text.push('}');
        self.text
    }
}

/// Finds the ends of values in a text that is JSON. It does not recurse.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Option<Self> {
        is_json(text).then_some(Self { text, at: 0 })
    }

    /// Names, with their quotes, and values. The items of an array have no name.
    fn list(mut self, open: u8, close: u8) -> Option<Vec<(&'a str, &'a str)>> {
        let mut list = Vec::new();
        if self.next()? != open {
            return None;
        }
        self.at += 1;
        while self.next()? != close {
            let mut name = "";
            if open == b'{' {
                name = self.value()?;
                // The colon.
                self.next()?;
                self.at += 1;
                self.next()?;
            }
            list.push((name, self.value()?));
            if self.next()? == b',' {
                self.at += 1;
            }
        }
        Some(list)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no space.
    fn next(&mut self) -> Option<u8> {
        while self.peek()?.is_ascii_whitespace() {
            self.at += 1;
        }
        self.peek()
    }

    fn value(&mut self) -> Option<&'a str> {
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    self.at += 1;
                    depth += 1;
                    // This value's place is the second level already.
                    if depth >= MAX_DEPTH {
                        return None;
                    }
                }
                b'}' | b']' => {
                    self.at += 1;
                    depth = depth.checked_sub(1)?;
                }
                _ if depth == 0 => {
                    while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'}' | b']')) {
                        self.at += 1;
                    }
                }
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            if depth == 0 {
                return self.text.get(start..self.at);
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }
}
