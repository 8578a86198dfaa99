//! Takes secrets out of texts that come from outside.
//!
//! Graph's text, the platform's error or a proxy's page may quote the request, and with it the
//! access token: as it is, percent-encoded (once or several times), or escaped inside JSON.
//!
//! Text and secrets are brought into one form, without percent-encoding and without escapes, and
//! the secrets are searched for there. Each step is linear in the length of the text.

use memchr::memmem;

use super::secret::Secret;

/// What stands in a secret's place.
const PLACEHOLDER: &str = "<redacted>";

/// A shorter secret is not searched for: it is a word of a test, and stands in ordinary texts.
const MIN_SECRET: usize = 16;

/// Knows the secrets of one send.
#[derive(Clone, Default)]
pub struct Redactor {
    /// The secrets, in the form in which they are searched for.
    secrets: Vec<Vec<u8>>,
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
        if secret.len() < MIN_SECRET {
            return;
        }
        for form in [secret.as_bytes().to_vec(), Decoded::of(secret).bytes] {
            if !form.is_empty() && !self.secrets.contains(&form) {
                self.secrets.push(form);
            }
        }
    }

    /// Whether a secret stands in the text, in any form.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        !self.find(text).is_empty()
    }

    /// The text without the secrets.
    #[must_use]
    pub fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.redact(&mut text);
        text
    }

    /// Takes the secrets out of a text.
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

    /// Takes the secrets out of every text of a value, and out of the names of members.
    pub(super) fn redact_json(&self, value: &mut serde_json::Value) {
        use serde_json::Value;

        match value {
            Value::String(text) => self.redact(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.redact_json(item)),
            Value::Object(members) => {
                for (name, mut member) in std::mem::take(members) {
                    self.redact_json(&mut member);
                    members.insert(self.redacted(&name), member);
                }
            }
            // A secret of digits may stand as a number.
            Value::Number(number) if self.finds(&number.to_string()) => {
                *value = Value::String(PLACEHOLDER.to_owned());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Where the secrets stand: ranges of bytes in order, none of which overlap.
    fn find(&self, text: &str) -> Vec<(usize, usize)> {
        if self.secrets.is_empty() {
            return Vec::new();
        }
        let mut places: Vec<(usize, usize)> = Vec::new();
        for secret in &self.secrets {
            let found = memmem::find_iter(text.as_bytes(), secret);
            places.extend(found.map(|start| (start, start + secret.len())));
        }
        // Most texts have neither sign, and are searched as they are.
        if memchr::memchr2(b'%', b'\\', text.as_bytes()).is_some() {
            let decoded = Decoded::of(text);
            for secret in &self.secrets {
                let found = memmem::find_iter(&decoded.bytes, secret);
                places.extend(found.filter_map(|start| decoded.place(start, secret.len())));
            }
        }
        places.sort_unstable();
        merge(&places)
    }
}

/// Joins ranges that overlap. They are sorted.
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

/// A text without percent-encoding and without escapes, and where each of its bytes came from.
struct Decoded {
    bytes: Vec<u8>,
    /// Where each byte begins in the text; one more for the end.
    starts: Vec<usize>,
}

impl Decoded {
    fn of(text: &str) -> Self {
        let plain = Self { bytes: text.as_bytes().to_vec(), starts: (0..=text.len()).collect() };
        // The form's encoding is the outer one: it holds JSON, whose texts have escapes.
        plain.decode(percent_encoded).decode(escaped)
    }

    /// Replaces what the function reads: at the beginning of these bytes, the byte that is meant
    /// and how many bytes say it.
    fn decode(self, read: fn(&[u8]) -> Option<(u8, usize)>) -> Self {
        let mut decoded = Self {
            bytes: Vec::with_capacity(self.bytes.len()),
            starts: Vec::with_capacity(self.starts.len()),
        };
        let mut at = 0;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let (byte, length) = read(rest).unwrap_or((rest.first().copied().unwrap_or(0), 1));
            decoded.bytes.push(byte);
            decoded.starts.extend(self.starts.get(at));
            at += length;
        }
        decoded.starts.extend(self.starts.last());
        decoded
    }

    /// The range of the text that these bytes came from, if it lies between characters.
    fn place(&self, start: usize, length: usize) -> Option<(usize, usize)> {
        Some((*self.starts.get(start)?, *self.starts.get(start + length)?))
    }
}

/// `%7C`, and also `%257C`, which has been encoded twice.
fn percent_encoded(bytes: &[u8]) -> Option<(u8, usize)> {
    if bytes.first() != Some(&b'%') {
        return None;
    }
    let mut digits = 1;
    while bytes.get(digits..digits + 2) == Some(b"25") {
        digits += 2;
    }
    match hex(bytes.get(digits..digits + 2)?) {
        Some(byte) => Some((byte, digits + 2)),
        // `%25` with nothing behind it that is encoded is a percent sign.
        None if digits > 1 => Some((b'%', digits)),
        None => None,
    }
}

/// `\u007c`, `\/` and `\"`, with any number of backslashes: JSON inside JSON doubles them.
fn escaped(bytes: &[u8]) -> Option<(u8, usize)> {
    let slashes = bytes.iter().take_while(|byte| **byte == b'\\').count();
    if slashes == 0 {
        return None;
    }
    if bytes.get(slashes) == Some(&b'u')
        && let Some(byte) = bytes.get(slashes + 1..slashes + 5).and_then(hex)
    {
        return Some((byte, slashes + 5));
    }
    match bytes.get(slashes) {
        Some(byte) if byte.is_ascii() => Some((*byte, slashes + 1)),
        _ => Some((b'\\', slashes)),
    }
}

/// The byte that these hexadecimal digits stand for.
fn hex(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    if digits.starts_with('+') {
        return None;
    }
    u8::try_from(u32::from_str_radix(digits, 16).ok()?).ok()
}
