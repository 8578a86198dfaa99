//! Draft in, request out: the short forms of a [`MessageDraft`] are written out, and the request is validated.

mod draft;
mod short;

pub use draft::*;

use serde::Serialize;

use crate::payload::spec::Severity;
use crate::validate::{Issue, MAX_BYTES, Options, Report, Stop, Unreadable, check, unreadable, validate};
use short::{Value, each, member_of, members, quick_reply, template, utility};

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
        #[derive(Serialize)]
        struct Issues<'a> {
            issues: &'a [Issue],
        }
        let issues = serde_json::to_string(&Issues { issues: &self.issues }).unwrap_or_default();
        match (&self.request, issues.strip_suffix('}')) {
            (Some(request), Some(open)) => format!("{open},\"request\":{request}}}"),
            _ => issues,
        }
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
    let report = Report { issues: check(draft, MessageDraft::OBJECT, options) };
    if !report.valid() {
        return Err(refused(report));
    }
    // The check has read the whole draft: reading it again does not fail.
    let request = assemble(draft).map_err(|_| refused(unreadable(Unreadable::Unserializable)))?;
    let report = validate(&request, options);
    if report.valid() { Ok(request) } else { Err(BuildError { issues: report.issues, request: Some(request) }) }
}

fn assemble(draft: &str) -> Result<String, Stop> {
    let draft = members(draft)?;
    let get = |name: &str| draft.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
    let mut request = ObjectText::default();
    if let Some(to) = get("to") {
        request.add("recipient", &member_of("id", to));
    }
    match action(&get) {
        Some((action, payload)) => {
            request.add_if("messaging_type", get("messaging_type"));
            request.add("sender_action", &action);
            if let Some(payload) = payload {
                request.add("payload", payload.json);
            }
        }
        None => {
            let implied = match (get("tag"), get("utility")) {
                (Some(_), _) => "\"MESSAGE_TAG\"",
                (None, Some(_)) => "\"UTILITY\"",
                (None, None) => "\"RESPONSE\"",
            };
            request.add("messaging_type", get("messaging_type").map_or(implied, |value| value.json));
            if let Some(message) = message(&get)? {
                request.add("message", &message);
            }
        }
    }
    request.add_if("tag", get("tag"));
    request.add_if("notification_type", get("notification_type"));
    if let Some(reply_to) = get("reply_to") {
        request.add("reply_to", &member_of("mid", reply_to));
    }
    request.add_if("persona_id", get("persona_id"));
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

fn message(get: Get<'_, '_>) -> Result<Option<String>, Stop> {
    if let Some(message) = get("message") {
        return Ok(Some(message.json.to_owned()));
    }
    let mut message = ObjectText::default();
    message.add_if("text", get("text"));
    for kind in ["image", "audio", "video", "file"] {
        if let Some(medium) = get(kind) {
            message.add("attachment", &attachment(kind, &member_of("url", medium)));
        }
    }
    if let Some(images) = get("images") {
        message.add("attachments", &each(images, |image| attachment("image", &member_of("url", image)))?);
    }
    if let Some(payload) = get("template") {
        message.add("attachment", &attachment("template", &template(payload.json)?));
    }
    if let Some(value) = get("utility") {
        message.add("template", &utility(value)?);
    }
    message.add_if("sticker_id", get("sticker"));
    if let Some(replies) = get("quick_replies") {
        message.add("quick_replies", &each(replies, quick_reply)?);
    }
    message.add_if("metadata", get("metadata"));
    Ok(Some(message.end()))
}

fn attachment(kind: &str, payload: &str) -> String {
    format!("{{\"type\":\"{kind}\",\"payload\":{payload}}}")
}

/// An object of JSON that is being written.
#[derive(Default)]
struct ObjectText {
    text: String,
}

impl ObjectText {
    fn add(&mut self, name: &str, json: &str) {
        self.text.push(if self.text.is_empty() { '{' } else { ',' });
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self.text.push_str(json);
    }

    fn add_if(&mut self, name: &str, value: Option<Value<'_>>) {
        if let Some(value) = value {
            self.add(name, value.json);
        }
    }

    fn end(mut self) -> String {
        if self.text.is_empty() {
            self.text.push('{');
        }
        self.text.push('}');
        self.text
    }
}
