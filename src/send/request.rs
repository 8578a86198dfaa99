//! From the text of a request to what goes over HTTP.
//!
//! The text has been checked before it comes here. It is cut at its top level only: what is inside a member is sent exactly as it
//! was written, so a number keeps its digits and a member its place.

use super::failure::Failure;
use super::loose;
use super::options::{Edge, Encoding, Options};
use crate::json::{ValueKind, Reader, utf8};
use crate::words::{add, decimal, fill, joined, owned, trimmed};
use std::borrow::Cow;

/// The members that the options say, so the request may not.
const RESERVED: [&str; 3] = ["access_token", "appsecret_proof", "appsecret_time"];

/// A request, ready for any HTTP client. The method is POST.
///
/// It holds the access token, so it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The address; no secret is in it.
    pub url: String,
    /// The headers, all of visible ASCII.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

/// The proof that the caller knows the app's secret: HMAC-SHA256 of [`proof_text`] with the secret as the key, in lower-case hex.
///
/// It holds for five minutes, so each request has its own.
/// Source: <https://developers.facebook.com/documentation/facebook-login/security>
#[derive(Clone)]
pub struct Proof {
    /// The hex text.
    pub proof: String,
    /// The time that is in the proof, in seconds since 1970.
    pub time: u64,
}

/// What the proof signs.
#[must_use]
pub fn proof_text(access_token: &str, time: u64) -> String {
    joined(&[access_token, "|", &decimal(time as i64)])
}

impl Proof {
    /// A body that was written without the proof, with it.
    #[must_use]
    pub fn added_to(&self, mut body: String, encoding: Encoding) -> String {
        let time = decimal(self.time as i64);
        match encoding {
            Encoding::Form => {
                append(&mut body, "appsecret_proof", &self.proof);
                append(&mut body, "appsecret_time", &time);
            }
            Encoding::Json => {
                body.pop();
                let is_empty = trimmed(&body).ends_with('{');
                let comma = if is_empty { "" } else { "," };
                add(&mut body, &fill("%\"appsecret_proof\":\"%\",\"appsecret_time\":%}", &[comma, &self.proof, &time]));
            }
        }
        body
    }
}

/// A request that has been cut into its top-level members. Attempt after attempt is written from it.
pub struct Prepared<'a> {
    edge: Edge,
    text: &'a str,
    members: Vec<Member<'a>>,
}

/// A member, as a form has it.
struct Member<'a> {
    name: Cow<'a, str>,
    /// The text of a string, or of a member whose JSON is sent. None: it is not sent.
    field: Option<Cow<'a, str>>,
}

impl<'a> Prepared<'a> {
    /// Cuts the text. It fails where the text is no object, or says what only the options may say.
    pub fn read(text: &'a str) -> Result<Self, Box<Failure>> {
        let text = trimmed(text);
        let object = loose::object(text).ok_or_else(|| Failure::configuration("The request is not the JSON text of an object."))?;
        let mut members: Vec<Member<'a>> = Vec::new();
        let mut complaint = None;
        loose::each(object, &mut |name, value| {
            if RESERVED.contains(&&*name) {
                let sentence = "The request has a member %. Secrets belong in the options: a request is logged and shown where they must not be.";
                complaint = Some(fill(sentence, &[&name]));
            }
            let field = match value.kind {
                ValueKind::String => decode(value.json),
                // A form has no null: the text "null" would be another value.
                ValueKind::Null => None,
                _ => Some(Cow::Borrowed(value.json)),
            };
            if field.is_none() && value.kind == ValueKind::String {
                complaint = Some(owned("The request has a text at its top level that is not Unicode."));
            }
            // The last of two members with one name counts, as in JSON.parse.
            for member in &mut members {
                if member.name == name {
                    member.field = None;
                }
            }
            members.push(Member { name, field });
        });
        match complaint {
            None => Ok(Self { edge: Edge::Messages, text, members }),
            Some(complaint) => Err(Failure::configuration(&complaint)),
        }
    }

    /// The same for another edge than that of messages.
    #[must_use]
    pub fn to(self, edge: Edge) -> Self {
        Self { edge, ..self }
    }

    /// Writes it as the options say.
    #[must_use]
    pub fn encode(&self, options: &Options, proof: Option<&Proof>) -> HttpRequest {
        let body = self.body(options);
        let mut headers = vec![("Content-Type", owned(options.content_type()))];
        headers.extend(options.authorization().map(|authorization| ("Authorization", authorization)));
        HttpRequest {
            url: self.url(options),
            headers,
            body: match proof {
                Some(proof) => proof.added_to(body, options.encoding),
                None => body,
            },
        }
    }

    /// The address that it goes to.
    pub(super) fn url(&self, options: &Options) -> String {
        options.url(self.edge)
    }

    /// The body, without a proof.
    pub(super) fn body(&self, options: &Options) -> String {
        match options.encoding {
            Encoding::Form => self.form(Some(&options.access_token)),
            Encoding::Json => owned(self.text),
        }
    }

    /// The members as a form. Beside the token of a batch, an item has none of its own.
    #[must_use]
    pub fn form(&self, access_token: Option<&str>) -> String {
        let mut form = String::with_capacity(self.text.len() * 2);
        for member in &self.members {
            if let Some(field) = &member.field {
                append(&mut form, &member.name, field);
            }
        }
        if let Some(token) = access_token {
            append(&mut form, "access_token", token);
        }
        form
    }
}

/// Adds a field to a form.
#[inline(never)]
fn append(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        add(form, "&");
    }
    encode(form, name);
    add(form, "=");
    encode(form, value);
}

/// What stands in a form as it is.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        // A const cannot use `get_mut`.
        #[allow(clippy::indexing_slicing)]
        {
            plain[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | b'.' | b'_');
        }
        byte += 1;
    }
    plain
};

/// Writes a text as `application/x-www-form-urlencoded` has it: <https://url.spec.whatwg.org/#urlencoded-serializing>.
#[inline(never)]
fn encode(form: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |place: u8| HEX.get(usize::from(place & 15)).copied().unwrap_or_default();
    // A byte becomes three at most. Bytes, because a String looks at each letter's width.
    let mut bytes = vec![0; text.len() * 3];
    let mut room = bytes.as_mut_slice();
    let mut written = 0;
    for byte in text.bytes() {
        let is_plain = PLAIN.get(usize::from(byte)) == Some(&true);
        if is_plain || byte == b' ' {
            let Some((place, rest)) = room.split_first_mut() else { break };
            *place = if is_plain { byte } else { b'+' };
            room = rest;
            written += 1;
        } else {
            let Some((places, rest)) = room.split_first_chunk_mut() else { break };
            *places = [b'%', digit(byte >> 4), digit(byte)];
            room = rest;
            written += 3;
        }
    }
    bytes.truncate(written);
    add(form, utf8(&bytes));
}

/// A form has no escapes, so half a surrogate pair cannot be written in it.
fn decode(json: &str) -> Option<Cow<'_, str>> {
    let mut reader = Reader::new(json);
    let text = reader.string().ok()?;
    (!reader.lone_surrogate()).then(|| text.decoded())
}
