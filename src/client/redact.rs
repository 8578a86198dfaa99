//! Redacts secrets in texts that come from outside.
//!
//! Graph's message, the platform's error or a proxy's page may quote the request, and with it the
//! access token: plain, percent-encoded or escaped in JSON, once or several times, nested, and with
//! all or some of its characters encoded.
//!
//! Text and secrets are normalized to a form without percent-encoding and escapes, in which the
//! secrets are searched for. Each step is linear in the length of the text.

use std::collections::BinaryHeap;

use super::secret::Secret;

/// The replacement of a secret.
const PLACEHOLDER: &str = "<redacted>";

/// A shorter secret is not searched for: it is a word used in a test, and occurs in ordinary texts.
const MIN_SECRET: usize = 16;

/// The prefixes of Meta's access tokens. A string with such a prefix is not an ordinary word, so it
/// is searched for even if it is shorter, as test tokens are.
const TOKEN_PREFIXES: [&str; 2] = ["EAA", "IGAA"];

/// A prefix with hardly anything after it is an ordinary word again.
const MIN_TOKEN: usize = 8;

/// How much of the start of a secret a preceding `%` or `\` can absorb: `u` and four digits. An end
/// that begins such a code is at most as long.
const HEAD: usize = 5;

/// Redacts the secrets of one send.
#[derive(Clone, Default)]
pub struct Redactor {
    /// The normalized secrets.
    secrets: Vec<String>,
}

impl Redactor {
    /// A redactor for these secrets.
    pub fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut redactor = Self::default();
        for secret in secrets {
            redactor.add(secret.expose());
        }
        redactor
    }

    /// Adds a secret.
    pub fn add(&mut self, secret: &str) {
        let is_token = TOKEN_PREFIXES
            .iter()
            .any(|prefix| secret.starts_with(prefix));
        if secret.len() < if is_token { MIN_TOKEN } else { MIN_SECRET } {
            return;
        }
        let closed = without_open_end(secret);
        for form in [
            secret,
            Decoded::of(secret).text(),
            Decoded::of(closed).text(),
        ] {
            let form = form.to_owned();
            if !form.is_empty() && !self.secrets.contains(&form) {
                self.secrets.push(form);
            }
        }
    }

    /// Whether the text contains a secret in any form.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// The redacted text.
    #[must_use]
    pub fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.redact(&mut text);
        text
    }

    /// Redacts a text.
    pub(super) fn redact(&self, text: &mut String) {
        let places = self.find(text);
        if places.is_empty() {
            return;
        }
        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in places {
            clean.push_str(text.get(from..start).unwrap_or_default());
            clean.push_str(PLACEHOLDER);
            from = end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        *text = clean;
    }

    /// The byte ranges of the secrets, in order and without overlap.
    fn find(&self, text: &str) -> Vec<(usize, usize)> {
        if self.secrets.is_empty() {
            return Vec::new();
        }
        let mut places: Vec<(usize, usize)> = Vec::new();
        for secret in &self.secrets {
            let found = text.match_indices(secret);
            places.extend(found.map(|(start, _)| (start, start + secret.len())));
        }
        // Most texts have neither character, and are searched without normalization.
        if text.contains(['%', '\\']) {
            let decoded = Decoded::of(text);
            for secret in &self.secrets {
                places.extend(decoded.find(secret));
                places.extend(decoded.find_headless(secret));
            }
        }
        // A heap sort takes a third of the code of `sort`.
        merge(&BinaryHeap::from(places).into_sorted_vec())
    }
}

/// A secret without an end that the text after it can complete: `...%` and `21` become `...!`.
fn without_open_end(secret: &str) -> &str {
    secret
        .rfind(['%', '\\'])
        .filter(|end| secret.len() - end <= HEAD)
        .and_then(|end| secret.get(..end))
        .filter(|closed| closed.len() >= MIN_TOKEN)
        .unwrap_or(secret)
}

/// Merges overlapping ranges, which are sorted.
fn merge(places: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (start, end) in places.iter().copied() {
        match merged.last_mut() {
            Some((_, last)) if start < *last => *last = end.max(*last),
            _ => merged.push((start, end)),
        }
    }
    merged
}

/// A text without percent-encoding, escapes and backslashes, with the origin of each byte.
struct Decoded {
    bytes: Vec<u8>,
    /// The number of backslashes before each byte. They escape it, once or several times: JSON
    /// inside JSON doubles them.
    backslashes: Vec<u32>,
    /// The start of each byte in the text, including the backslashes before it, and one more for
    /// the end. Texts are capped far below 4 GiB.
    starts: Vec<u32>,
}

impl Decoded {
    /// Decodes from left to right. A decoded character may complete another encoded one (`%257C` is
    /// `%7C` is `|`), so it is checked again; each time the text gets shorter.
    fn of(text: &str) -> Self {
        let length = text.len();
        let mut decoded = Self {
            bytes: Vec::with_capacity(length),
            backslashes: Vec::with_capacity(length),
            starts: Vec::with_capacity(length + 1),
        };
        let mut backslashes = 0;
        let mut backslashes_start = 0;
        for (at, byte) in (0..).zip(text.bytes()) {
            let start = if backslashes == 0 {
                at
            } else {
                backslashes_start
            };
            let (byte, start, before) = decoded.reduce(byte, start, backslashes);
            if byte == b'\\' {
                backslashes = before + 1;
                backslashes_start = start;
            } else {
                decoded.bytes.push(byte);
                decoded.backslashes.push(before);
                decoded.starts.push(start);
                backslashes = 0;
            }
        }
        // The position of a trailing character, or the end itself.
        let end = u32::try_from(length).unwrap_or(u32::MAX);
        decoded.starts.push(if backslashes == 0 {
            end
        } else {
            backslashes_start
        });
        decoded
    }

    /// The character that a byte completes, `%7C` or `\u007c`, with its start and the backslashes
    /// before it; otherwise the byte itself. Secrets are visible ASCII, so other characters stay
    /// encoded.
    fn reduce(&mut self, byte: u8, start: u32, before: u32) -> (u8, u32, u32) {
        let mut last = (byte, start, before);
        // Each encoded character ends with a hexadecimal digit.
        while last.0.is_ascii_hexdigit() {
            let escape = || {
                self.backslashes
                    .iter()
                    .nth_back(3)
                    .filter(|count| **count > 0)
            };
            let (length, used) = match self.bytes.as_slice() {
                [.., b'%', _] => (2, 0),
                [.., b'u', b'0', b'0', _] if escape().is_some() => (4, 1),
                _ => break,
            };
            let at = self.bytes.len() - length;
            let digit = |digit: u8| char::from(digit).to_digit(16);
            let first = self.bytes.last().and_then(|first| digit(*first));
            let (Some(first), Some(second)) = (first, digit(last.0)) else {
                break;
            };
            let Some(byte) = u8::try_from(first * 16 + second)
                .ok()
                .filter(u8::is_ascii_graphic)
            else {
                break;
            };
            let start = self.starts.get(at).copied().unwrap_or_default();
            let before = self.backslashes.get(at).copied().unwrap_or_default() - used;
            self.bytes.truncate(at);
            self.backslashes.truncate(at);
            self.starts.truncate(at);
            last = (byte, start, before);
        }
        last
    }

    /// The decoded text. Only whole characters were replaced, so it is UTF-8.
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }

    /// The ranges of a secret in the text.
    fn find(&self, secret: &str) -> impl Iterator<Item = (usize, usize)> {
        let found = self.text().match_indices(secret);
        found.filter_map(|(start, found)| self.place(start, start + found.len()))
    }

    /// The ranges of a secret whose start was decoded as part of the character before it: in `%4`
    /// and `1a2b...`, `%41` is an `A`.
    fn find_headless(&self, secret: &str) -> impl Iterator<Item = (usize, usize)> {
        let parts = secret
            .split_at_checked(HEAD)
            .filter(|(_, body)| body.len() >= HEAD * 2);
        parts.into_iter().flat_map(move |(head, body)| {
            self.text().match_indices(body).filter_map(move |(at, _)| {
                let before = self.bytes.get(..at)?.iter().copied().rev();
                let kept = before
                    .zip(head.bytes().rev())
                    .take_while(|(a, b)| a == b)
                    .count();
                let start = at.checked_sub(kept + 1)?;
                let (first, last) = self.place(start, start + 1)?;
                let is_encoded = last - first > 1;
                let (_, end) = self.place(at, at + body.len())?;
                (kept < HEAD && is_encoded).then_some((first, end))
            })
        })
    }

    /// The range of the text from which these bytes were decoded.
    fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        Some((
            *self.starts.get(start)? as usize,
            *self.starts.get(end)? as usize,
        ))
    }
}
