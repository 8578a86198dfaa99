//! Takes secrets out of texts that come from outside.
//!
//! Graph's text, an injected `fetch`'s error or a proxy's page may quote the request, and with it the access token: as it is,
//! percent-encoded (the form's way), or escaped inside a JSON text.

use crate::json;
use crate::words::{add, owned};

/// What stands in a secret's place; the later ones are for a secret that is part of the first.
const PLACEHOLDERS: [&str; 3] = ["<redacted>", "***", ""];

/// Taking one secret out can put another together. Texts that need more rounds than this are made on purpose.
const MAX_ROUNDS: usize = 8;

/// Knows the secrets of one send.
#[derive(Clone)]
pub struct Redactor<'a> {
    secrets: Vec<&'a str>,
    placeholder: &'static str,
}

impl<'a> Redactor<'a> {
    /// Empty secrets are none.
    pub fn new(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let mut redactor = Self { secrets: secrets.into_iter().collect(), placeholder: "" };
        redactor.placeholder = PLACEHOLDERS.into_iter().find(|text| !redactor.finds(text)).unwrap_or("");
        redactor
    }

    /// Is any secret in it, in any of its forms?
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| stands_in(secret, text))
    }

    /// The text without them.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut clean = owned(text);
        for _ in 0..MAX_ROUNDS {
            if !self.finds(&clean) {
                return clean;
            }
            for secret in &self.secrets {
                clean = self.replace(&clean, secret);
            }
        }
        owned(self.placeholder)
    }

    /// The text of a JSON value without them, still JSON.
    #[must_use]
    pub fn json(&self, text: &str) -> String {
        let clean = self.text(text);
        // A secret made of JSON's own signs, or of digits, takes away more than a piece of a text: then nothing is left of it.
        if json::whole(&clean).is_ok() { clean } else { json::text(self.placeholder) }
    }

    #[inline(never)]
    fn replace(&self, text: &str, secret: &str) -> String {
        let mut clean = String::new();
        let mut from = 0;
        // Only whole characters are taken out, so each cut is between two.
        while let Some((start, end)) = find(text.as_bytes(), secret.as_bytes(), from) {
            add(&mut clean, text.get(from..start).unwrap_or_default());
            add(&mut clean, self.placeholder);
            from = end;
        }
        add(&mut clean, text.get(from..).unwrap_or_default());
        clean
    }
}

/// Is the secret in the text, in any of its forms?
pub(super) fn stands_in(secret: &str, text: &str) -> bool {
    find(text.as_bytes(), secret.as_bytes(), 0).is_some()
}

/// The first place of the secret at or after `from`. An empty one is none.
#[inline(never)]
fn find(text: &[u8], secret: &[u8], from: usize) -> Option<(usize, usize)> {
    if secret.is_empty() {
        return None;
    }
    (from..text.len()).find_map(|start| {
        let rest = text.get(start..)?;
        let length = if rest.starts_with(secret) { Some(secret.len()) } else { encoded_length(rest, secret) };
        length.map(|length| (start, start + length))
    })
}

/// How many bytes of the text read as the secret, if they do.
fn encoded_length(text: &[u8], secret: &[u8]) -> Option<usize> {
    let mut at = 0;
    for wanted in secret {
        at += encoded_byte(text.get(at..)?, *wanted)?;
    }
    Some(at)
}

/// How many bytes of the text stand for this byte. The encoded readings go first: `%25` is a percent sign before it is three bytes.
fn encoded_byte(text: &[u8], wanted: u8) -> Option<usize> {
    let first = *text.first()?;
    if first == b'%' {
        // Encoded twice, or more often: %257C is %7C is |.
        let mut last = 1;
        while text.get(last..last + 2) == Some(b"25") {
            last += 2;
        }
        for digits in [last, 1] {
            if is_hex_of(wanted, text.get(digits..digits + 2)) {
                return Some(digits + 2);
            }
        }
    }
    if first == b'\\' {
        let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
        let letter = text.get(slashes).copied();
        if letter == Some(b'u') && is_hex_of(wanted, text.get(slashes + 1..slashes + 5)) {
            return Some(slashes + 5);
        }
        if wanted == b'\\' && slashes >= 2 {
            return Some(2);
        }
        if letter == Some(wanted) {
            return Some(slashes + 1);
        }
    }
    (first == wanted).then_some(1)
}

/// Are these the hexadecimal digits of that byte?
#[inline(never)]
fn is_hex_of(byte: u8, digits: Option<&[u8]>) -> bool {
    let add = |value, digit: &u8| Some(value * 16 + char::from(*digit).to_digit(16)?);
    digits.is_some_and(|digits| digits.iter().try_fold(0, add) == Some(u32::from(byte)))
}
