//! From the text of a request to what goes over HTTP.
//!
//! The text has been checked before it comes here. It is cut at its top level only: what is inside a member is sent exactly as it
//! was written, so a number keeps its digits and a member its place.

use super::failure::Failure;
use super::loose;
use super::options::{Encoding, Options};
use crate::json::{Next, Reader};
use form_urlencoded::Serializer;
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
    format!("{access_token}|{time}")
}

/// A request that has been cut into its top-level members. Attempt after attempt is written from it.
pub struct Prepared<'a> {
    text: &'a str,
    members: Vec<Member<'a>>,
}

struct Member<'a> {
    name: Cow<'a, str>,
    value: FieldText<'a>,
}

enum FieldText<'a> {
    /// The text of a string, or of a member whose JSON is sent.
    Decoded(Cow<'a, str>),
    Exact(&'a str),
    /// A form has no null: the text "null" would be another value.
    Null,
}

impl<'a> Prepared<'a> {
    /// Cuts the text. It fails where the text is no object, or says what only the options may say.
    pub fn read(text: &'a str) -> Result<Self, Box<Failure>> {
        let text = text.trim_ascii();
        let pairs = loose::object(text).ok_or_else(|| Failure::configuration("The request is not the JSON text of an object."))?;
        let mut members: Vec<Member<'a>> = Vec::with_capacity(pairs.len());
        for (name, value) in pairs {
            if RESERVED.contains(&&*name) {
                return Err(Failure::configuration(format!(
                    "The request has a member {name}. Secrets belong in the options: a request is logged and shown where they must not be."
                )));
            }
            let value = match value.kind {
                Next::String => FieldText::Decoded(decode(value.json)?),
                Next::Null => FieldText::Null,
                _ => FieldText::Exact(value.json),
            };
            // The last of two members with one name counts, as in JSON.parse.
            members.retain(|member| member.name != name);
            members.push(Member { name, value });
        }
        Ok(Self { text, members })
    }

    /// Writes it as the options say.
    #[must_use]
    pub fn encode(&self, options: &Options, proof: Option<&Proof>) -> HttpRequest {
        match options.encoding {
            Encoding::Form => HttpRequest {
                url: options.url(),
                headers: vec![("Content-Type", String::from("application/x-www-form-urlencoded"))],
                body: self.form(&options.access_token, proof),
            },
            Encoding::Json => HttpRequest {
                url: options.url(),
                headers: vec![("Content-Type", String::from("application/json")), ("Authorization", format!("Bearer {}", options.access_token))],
                body: self.json(proof),
            },
        }
    }

    fn form(&self, access_token: &str, proof: Option<&Proof>) -> String {
        let mut form = Serializer::new(String::with_capacity(self.text.len() * 3 / 2));
        for member in &self.members {
            match &member.value {
                FieldText::Decoded(text) => append(&mut form, &member.name, text),
                FieldText::Exact(text) => append(&mut form, &member.name, text),
                FieldText::Null => {}
            }
        }
        append(&mut form, "access_token", access_token);
        if let Some(proof) = proof {
            append(&mut form, "appsecret_proof", &proof.proof);
            append(&mut form, "appsecret_time", &proof.time.to_string());
        }
        form.finish()
    }

    fn json(&self, proof: Option<&Proof>) -> String {
        let Some(proof) = proof else {
            return self.text.to_owned();
        };
        let open = self.text.strip_suffix('}').unwrap_or(self.text);
        let comma = if self.members.is_empty() { "" } else { "," };
        format!(r#"{open}{comma}"appsecret_proof":"{}","appsecret_time":{}}}"#, proof.proof, proof.time)
    }
}

/// The serializer's own method is inlined wherever it is called.
#[inline(never)]
fn append(form: &mut Serializer<'_, String>, name: &str, value: &str) {
    form.append_pair(name, value);
}

/// A form has no escapes, so half a surrogate pair cannot be written in it.
fn decode(json: &str) -> Result<Cow<'_, str>, Box<Failure>> {
    let mut reader = Reader::new(json);
    match reader.string() {
        Ok(text) if !reader.lone_surrogate() => Ok(text.decoded()),
        _ => Err(Failure::configuration("The request has a text at its top level that is not Unicode.")),
    }
}
