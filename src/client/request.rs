//! Turns the JSON of a request into an HTTP request.
//!
//! The JSON has been checked. It is split at its top level only: the value of a member is sent
//! exactly as written, so a number keeps its digits and members their order.

use std::borrow::Cow;
use std::collections::BinaryHeap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use form_urlencoded::Serializer;

use super::error::SendError;
use super::files::File;
use super::options::{Encoding, SendOptions};
use super::secret::Secret;
use super::transport::{Body, HttpRequest, StatusNote};
use crate::json::{self, Reader, ValueKind};

/// Members that the options set. A request must not set them.
const RESERVED: [&str; 3] = ["access_token", "appsecret_proof", "appsecret_time"];

/// The edge of the Page that receives a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edge {
    /// A message. <https://developers.facebook.com/docs/messenger-platform/reference/send-api>
    Messages,
    /// An upload. <https://developers.facebook.com/docs/messenger-platform/reference/attachment-upload-api>
    Attachments,
    /// Several messages at once. <https://developers.facebook.com/docs/graph-api/batch-requests>
    Batch,
}

impl Edge {
    /// The last segment of its URL.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Messages => "messages",
            Self::Attachments => "message_attachments",
            Self::Batch => "batch",
        }
    }
}

/// A request ready for any number of attempts; only the token and the proof are missing.
#[derive(Clone)]
pub(super) struct PreparedRequest {
    pub edge: Edge,
    content: Content,
}

#[derive(Clone)]
enum Content {
    Form(String),
    Json(String),
    Multipart {
        fields: Vec<(String, String)>,
        file: File,
    },
}

/// The proof that the sender knows the app secret. It is valid for five minutes, so each request
/// has its own.
///
/// Source: <https://developers.facebook.com/documentation/facebook-login/security>
#[derive(Clone)]
pub(super) struct Proof {
    /// HMAC-SHA256 of [`Proof::message`] with the app secret as the key, in lower-case hex.
    pub proof: String,
    /// Seconds since 1970, the same as in the message.
    pub time: u64,
}

impl Proof {
    /// The text to sign, and its time in seconds since 1970.
    pub(super) fn message(token: &Secret, now: SystemTime) -> (String, u64) {
        let time = now
            .duration_since(UNIX_EPOCH)
            .unwrap_or(Duration::ZERO)
            .as_secs();
        (format!("{}|{time}", token.expose()), time)
    }

    /// The proof with this signature.
    pub(super) fn signed(signature: [u8; 32], time: u64) -> Self {
        let proof = signature.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { proof, time }
    }
}

impl PreparedRequest {
    /// Splits a request and encodes it as the options say. With a file it is multipart, whatever
    /// the encoding.
    ///
    /// # Errors
    /// The text is not a JSON object, or sets a member that only the options may set.
    pub(super) fn new(
        json: &str,
        edge: Edge,
        file: Option<File>,
        options: &SendOptions,
    ) -> Result<Self, SendError> {
        let fields = fields(json)?;
        let content = match (file, options.encoding) {
            (Some(file), _) => Content::Multipart {
                fields: fields
                    .into_iter()
                    .map(|(name, value)| (name, value.into_owned()))
                    .collect(),
                file,
            },
            (None, Encoding::Form) => Content::Form(form(&fields)),
            (None, Encoding::Json) => Content::Json(json.trim_ascii().to_owned()),
        };
        Ok(Self { edge, content })
    }

    /// A request whose fields are already encoded: a batch.
    pub(super) fn of_form(edge: Edge, form: String) -> Self {
        Self {
            edge,
            content: Content::Form(form),
        }
    }

    /// The HTTP request of one attempt.
    pub(super) fn http_request(
        &self,
        options: &SendOptions,
        token: &Secret,
        proof: Option<&Proof>,
        status: StatusNote,
    ) -> HttpRequest {
        let (headers, body) = match &self.content {
            Content::Form(form) => {
                let mut body = String::with_capacity(form.len() + 512);
                body.push_str(form);
                // From the start, so that the first of them is preceded by `&`.
                let mut serializer = Serializer::for_suffix(body, 0);
                for (name, value) in secrets(token, proof) {
                    serializer.append_pair(name, &value);
                }
                let form = "application/x-www-form-urlencoded".to_owned();
                let headers = vec![("Content-Type", form)];
                (headers, Body::Text(serializer.finish()))
            }
            Content::Json(json) => {
                let headers = vec![
                    ("Content-Type", "application/json".to_owned()),
                    ("Authorization", format!("Bearer {}", token.expose())),
                ];
                (headers, Body::Text(with_proof(json, proof)))
            }
            Content::Multipart { fields, file } => {
                let mut fields = fields.clone();
                for (name, value) in secrets(token, proof) {
                    fields.push((name.to_owned(), value));
                }
                let file = file.clone();
                (Vec::new(), Body::Multipart { fields, file })
            }
        };
        HttpRequest {
            url: address(self.edge, options),
            status,
            headers,
            body,
        }
    }
}

/// The fields of a form that are secret.
fn secrets(token: &Secret, proof: Option<&Proof>) -> Vec<(&'static str, String)> {
    let mut secrets = vec![("access_token", token.expose().to_owned())];
    if let Some(Proof { proof, time }) = proof {
        secrets.push(("appsecret_proof", proof.clone()));
        secrets.push(("appsecret_time", time.to_string()));
    }
    secrets
}

/// Adds the members of the proof to the JSON of an object.
fn with_proof(json: &str, proof: Option<&Proof>) -> String {
    let Some(Proof { proof, time }) = proof else {
        return json.to_owned();
    };
    let members = json.strip_suffix('}').unwrap_or(json);
    let comma = if members.trim_ascii().ends_with('{') {
        ""
    } else {
        ","
    };
    format!("{members}{comma}\"appsecret_proof\":\"{proof}\",\"appsecret_time\":{time}}}")
}

/// A request as the body of a batch item: a form without a token, since the batch has one.
///
/// # Errors
/// The same as [`PreparedRequest::new`].
pub(super) fn batch_item(json: &str) -> Result<String, SendError> {
    Ok(form(&fields(json)?))
}

/// `{baseUrl}/{apiVersion}/{pageId}/messages`; a batch goes to the version itself.
fn address(edge: Edge, options: &SendOptions) -> String {
    let base = options.base_url.trim_end_matches('/');
    let version = &options.api_version;
    match edge {
        Edge::Messages | Edge::Attachments => {
            format!("{base}/{version}/{}/{}", options.page_id, edge.as_str())
        }
        Edge::Batch => format!("{base}/{version}/"),
    }
}

fn form(fields: &[(String, Cow<'_, str>)]) -> String {
    let length = fields
        .iter()
        .map(|(name, value)| name.len() + 2 * value.len() + 2)
        .sum();
    let mut serializer = Serializer::new(String::with_capacity(length));
    for (name, value) in fields {
        serializer.append_pair(name, value);
    }
    serializer.finish()
}

/// The top-level members of a checked request as form fields: strings as text, other values as
/// JSON.
fn fields(json: &str) -> Result<Vec<(String, Cow<'_, str>)>, SendError> {
    let refuse = |message: String| Err(SendError::configuration(message));
    let mut fields: Vec<(Cow<'_, str>, Option<Cow<'_, str>>)> = Vec::new();
    let mut reserved = None;
    let mut is_unicode = true;
    let object = json.trim_ascii();
    let read = json::each(object, &mut |name, value| {
        if RESERVED.contains(&name.as_ref()) {
            reserved = Some(name.to_string());
        }
        let field = match value.kind {
            ValueKind::String => {
                let text = unicode_text(value.json);
                is_unicode &= text.is_some();
                text
            }
            // A form cannot hold null, and the text "null" would be another value.
            ValueKind::Null => None,
            _ => Some(Cow::Borrowed(value.json)),
        };
        fields.push((name, field));
    });
    if !object.starts_with('{') || read.is_err() {
        return refuse("The request is not a JSON object.".to_owned());
    }
    if let Some(name) = reserved {
        return refuse(format!(
            "The request has a member {name}. Secrets belong in the options: requests get logged \
             and displayed.",
        ));
    }
    if !is_unicode {
        return refuse(
            "The request has a string at its top level that is not valid Unicode.".to_owned(),
        );
    }
    merge_duplicates(&mut fields);
    let present = |(name, field): (Cow<'_, str>, Option<_>)| Some((name.into_owned(), field?));
    Ok(fields.into_iter().filter_map(present).collect())
}

/// Duplicate members: the last one wins and takes the place of the first, as in `JSON.parse`. The
/// others are emptied.
fn merge_duplicates(fields: &mut [(Cow<'_, str>, Option<Cow<'_, str>>)]) {
    let names = fields.iter().zip(0..);
    let names = names.map(|((name, _), place)| (name.clone(), place));
    // A heap sorts with a third of the code of `sort`.
    let names = BinaryHeap::from_iter(names).into_sorted_vec();
    for same_name in names.chunk_by(|one, next| one.0 == next.0) {
        let mut first = None;
        for (_, place) in same_name {
            let value = fields.get_mut(*place).and_then(|(_, value)| value.take());
            if let Some((_, kept)) = fields.get_mut(*first.get_or_insert(*place)) {
                *kept = value;
            }
        }
    }
}

/// The text of a JSON string. A form has no escapes, so half a surrogate pair cannot be written.
fn unicode_text(json: &str) -> Option<Cow<'_, str>> {
    let mut reader = Reader::new(json);
    let text = reader.string().ok()?;
    (!reader.lone_surrogate()).then(|| text.decoded())
}
