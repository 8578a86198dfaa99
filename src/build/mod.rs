//! Draft in, request out: the short forms of a [`MessageDraft`] are written out, and the request is validated.

mod draft;
mod short;

pub use draft::*;

use crate::json::{ObjectText, Read, Value, last, members};
use crate::payload::spec::Severity;
use crate::validate::{Issue, MAX_BYTES, Options, Report, Unreadable, check, issues_json, unreadable, validate};
use short::{each, member_of, quick_reply, template, utility};

/// Why no request was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError {
    /// Every issue. They point into `request`, if there is one, else into the draft.
    pub issues: Vec<Issue>,
    /// The request that was built and is not valid.
    pub request: Option<String>,
}

impl BuildError {
    /// As JSON: `{"issues": […], "request"?: …}`.
    pub fn to_json(&self) -> String {
        let mut json = ObjectText::default();
        json.json("issues", &issues_json(&self.issues));
        if let Some(request) = &self.request {
            json.json("request", request);
        }
        json.end()
    }
}

impl std::fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.issues.iter().find(|issue| issue.severity == Severity::Error).map_or("", |issue| issue.message.as_str());
        write!(formatter, "the draft makes no valid request: {first}")
    }
}

impl std::error::Error for BuildError {}

/// Builds the JSON of a request from the JSON of a [`MessageDraft`].
///
/// What the draft holds is taken as it is: nothing is cut or changed.
///
/// # Errors
/// The draft cannot be read or is ambiguous, or the request that it makes is not valid.
///
/// ```
/// use messenger_send::{build::build_message, validate::Options};
///
/// let request = build_message(r#"{"to": "PSID", "text": "hello, world"}"#, &Options::default())?;
/// assert_eq!(request, r#"{"recipient":{"id":"PSID"},"messaging_type":"RESPONSE","message":{"text":"hello, world"}}"#);
/// # Ok::<(), messenger_send::build::BuildError>(())
/// ```
pub fn build_message(draft: &str, options: &Options) -> Result<String, BuildError> {
    let refused = |report: Report| BuildError { issues: report.issues, request: None };
    if draft.len() > MAX_BYTES {
        return Err(refused(unreadable(Unreadable::TooLarge(Some(draft.len())))));
    }
    let report = Report { issues: check(draft.as_bytes(), MessageDraft::OBJECT, options) };
    if !report.valid() {
        return Err(refused(report));
    }
    // The check has read the whole draft: reading it again does not fail.
    let request = assemble(draft).map_err(|_| refused(unreadable(Unreadable::Unserializable)))?;
    let report = validate(&request, options);
    if report.valid() { Ok(request) } else { Err(BuildError { issues: report.issues, request: Some(request) }) }
}

fn assemble(draft: &str) -> Read<String> {
    let draft = members(draft)?;
    let get = |name: &str| last(&draft, name);
    let mut request = ObjectText::default();
    if let Some(to) = get("to") {
        request.json("recipient", &member_of("id", to));
    }
    match action(&get) {
        Some((action, payload)) => {
            add_if(&mut request, "messaging_type", get("messaging_type"));
            request.json("sender_action", &action);
            if let Some(payload) = payload {
                request.json("payload", payload.json);
            }
        }
        None => {
            let implied = match (get("tag"), get("utility")) {
                (Some(_), _) => "\"MESSAGE_TAG\"",
                (None, Some(_)) => "\"UTILITY\"",
                (None, None) => "\"RESPONSE\"",
            };
            request.json("messaging_type", get("messaging_type").map_or(implied, |value| value.json));
            if let Some(message) = message(&get)? {
                request.json("message", &message);
            }
        }
    }
    add_if(&mut request, "tag", get("tag"));
    add_if(&mut request, "notification_type", get("notification_type"));
    if let Some(reply_to) = get("reply_to") {
        request.json("reply_to", &member_of("mid", reply_to));
    }
    add_if(&mut request, "persona_id", get("persona_id"));
    Ok(request.end())
}

type Get<'g, 'a> = &'g dyn Fn(&str) -> Option<Value<'a>>;

/// A sender action, and its payload.
fn action<'a>(get: Get<'_, 'a>) -> Option<(String, Option<Value<'a>>)> {
    if let Some(action) = get("sender_action") {
        return Some((action.json.to_owned(), None));
    }
    ["react", "unreact"].into_iter().find_map(|name| get(name).map(|payload| (format!("\"{name}\""), Some(payload))))
}

fn message(get: Get<'_, '_>) -> Read<Option<String>> {
    if let Some(message) = get("message") {
        return Ok(Some(message.json.to_owned()));
    }
    let mut message = ObjectText::default();
    add_if(&mut message, "text", get("text"));
    for kind in ["image", "audio", "video", "file"] {
        if let Some(medium) = get(kind) {
            message.json("attachment", &attachment(kind, &member_of("url", medium)));
        }
    }
    if let Some(images) = get("images") {
        message.json("attachments", &each(images, |image| attachment("image", &member_of("url", image))));
    }
    if let Some(payload) = get("template") {
        message.json("attachment", &attachment("template", &template(payload.json)?));
    }
    if let Some(value) = get("utility") {
        message.json("template", &utility(value));
    }
    add_if(&mut message, "sticker_id", get("sticker"));
    if let Some(replies) = get("quick_replies") {
        message.json("quick_replies", &each(replies, quick_reply));
    }
    add_if(&mut message, "metadata", get("metadata"));
    Ok(Some(message.end()))
}

fn attachment(kind: &str, payload: &str) -> String {
    format!("{{\"type\":\"{kind}\",\"payload\":{payload}}}")
}

fn add_if(object: &mut ObjectText, name: &str, value: Option<Value<'_>>) {
    if let Some(value) = value {
        object.json(name, value.json);
    }
}
