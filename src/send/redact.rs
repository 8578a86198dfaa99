//! Takes secrets out of texts that come from outside.
//!
//! Graph's text, an injected `fetch`'s error or a proxy's page may quote the request, and with it the access token: as it is,
//! percent-encoded (the form's way), or escaped inside a JSON text.

use crate::json;

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
        let secrets = secrets.into_iter().filter(|secret| !secret.is_empty()).collect();
        let mut redactor = Self { secrets, placeholder: "" };
        redactor.placeholder = PLACEHOLDERS.into_iter().find(|text| !redactor.finds(text)).unwrap_or("");
        redactor
    }

    /// Is any secret in it, in any of its forms?
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| find(text.as_bytes(), secret.as_bytes(), 0).is_some())
    }

    /// The text without them.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut clean = text.to_owned();
        for _ in 0..MAX_ROUNDS {
            if !self.finds(&clean) {
                return clean;
            }
            for secret in &self.secrets {
                clean = self.replace(&clean, secret);
            }
        }
        self.placeholder.to_owned()
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
        let bytes = text.as_bytes();
        let mut clean = Vec::with_capacity(bytes.len());
        let mut from = 0;
        while let Some((start, end)) = find(bytes, secret.as_bytes(), from) {
            clean.extend_from_slice(bytes.get(from..start).unwrap_or_default());
            clean.extend_from_slice(self.placeholder.as_bytes());
            from = end;
        }
        clean.extend_from_slice(bytes.get(from..).unwrap_or_default());
        // Only whole characters are taken out, so it is UTF-8 still.
        String::from_utf8(clean).unwrap_or_else(|_| self.placeholder.to_owned())
    }
}

/// The first place of the secret at or after `from`.
#[inline(never)]
fn find(text: &[u8], secret: &[u8], from: usize) -> Option<(usize, usize)> {
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
    match text {
        [b'%', rest @ ..] => {
            // Encoded twice, or more often: %257C is %7C is |.
            let layers = rest.chunks(2).take_while(|pair| pair == b"25").count();
            let read = |skip: usize| hex(rest.get(skip..skip + 2)?).filter(|byte| *byte == u32::from(wanted)).map(|_| skip + 3);
            if let Some(length) = read(layers * 2).or_else(|| read(0)) {
                return Some(length);
            }
        }
        [b'\\', ..] => {
            let slashes = text.iter().take_while(|byte| **byte == b'\\').count();
            let rest = text.get(slashes..).unwrap_or_default();
            if rest.first() == Some(&b'u') && rest.get(1..5).and_then(hex) == Some(u32::from(wanted)) {
                return Some(slashes + 5);
            }
            if wanted == b'\\' && slashes >= 2 {
                return Some(2);
            }
            if rest.first() == Some(&wanted) {
                return Some(slashes + 1);
            }
        }
        _ => {}
    }
    (text.first() == Some(&wanted)).then_some(1)
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))
}
