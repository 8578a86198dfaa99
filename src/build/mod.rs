//! Builds a request from a draft: writes out the short forms of a [`Draft`] and validates the
//! request.

mod draft;
mod short;

pub use draft::*;

use std::borrow::Cow;

use crate::json::{ObjectText, Read, Value, ValueKind, last, members, whole};
use crate::payload::{Reaction, SendRequest};
use crate::validate::{
    FlatReport, IssueSink, MAX_BYTES, RuleOptions, Unreadable, ValidationError, check,
    check_request, push_invalid_options, push_unreadable, unreadable,
};
use short::{Form, write};

/// Builds the JSON of a request from the JSON of a [`Draft`].
///
/// Nothing in the draft is truncated or changed.
///
/// # Errors
/// The draft cannot be read or is ambiguous, or the resulting request is not valid.
///
/// ```
/// use messenger_send::build::build_message;
/// use messenger_send::validate::{RuleOptions, ValidationError};
///
/// let draft = r#"{"to": "7001002003004005", "text": "hello, world"}"#;
/// assert_eq!(
///     build_message(draft, &RuleOptions::default())?,
///     r#"{"recipient":{"id":"7001002003004005"},"messaging_type":"RESPONSE","message":{"text":"hello, world"}}"#,
/// );
/// # Ok::<(), ValidationError>(())
/// ```
pub fn build_message(draft: &str, options: &RuleOptions) -> Result<String, ValidationError> {
    let mut issues = Vec::new();
    build_into(draft, options, &mut issues).map_err(|request| match request {
        Some(request) => ValidationError::of_built(issues.into(), request),
        None => ValidationError::new(issues.into()),
    })
}

/// The error for a draft from which no valid request can be built.
///
/// Hidden: for the npm package.
#[doc(hidden)]
#[derive(Debug)]
pub struct InvalidDraft {
    /// The issues.
    pub report: FlatReport,
    /// The invalid request that was built, as JSON, if there is one.
    pub request: Option<String>,
}

/// Like [`build_message`], with a report in the form in which JavaScript receives it.
///
/// Hidden: for the npm package.
#[doc(hidden)]
pub fn flat_build(draft: &str, options: &RuleOptions) -> Result<String, InvalidDraft> {
    let mut report = FlatReport::default();
    build_into(draft, options, &mut report).map_err(|request| InvalidDraft { report, request })
}

/// Builds a request, and adds the issues of the draft or of the request. Fails if one of them is an
/// error; if the request was built, the error holds it.
fn build_into(
    draft: &str,
    options: &RuleOptions,
    issues: &mut dyn IssueSink,
) -> Result<String, Option<String>> {
    if !options.invalid().is_empty() {
        push_invalid_options(options, issues);
        return Err(None);
    }
    if draft.len() > MAX_BYTES {
        push_unreadable(Unreadable::TooLarge(Some(draft.len())), options, issues);
        return Err(None);
    }
    check(draft.as_bytes(), Draft::OBJECT, options, issues);
    if issues.has_error() {
        return Err(None);
    }
    issues.clear();
    // The check has read the whole draft, so reading it again does not fail.
    let Ok(request) = assemble(draft) else {
        push_unreadable(Unreadable::Unserializable, options, issues);
        return Err(None);
    };
    check_request(request.as_bytes(), options, issues);
    if issues.has_error() {
        Err(Some(request))
    } else {
        Ok(request)
    }
}

impl Draft {
    /// A reaction to a message. Instagram documents the reaction `love` only.
    ///
    /// ```
    /// use messenger_send::Draft;
    ///
    /// let request = Draft::react("m_1", "\u{2764}").to("7001002003004005").build()?;
    /// # Ok::<(), messenger_send::ValidationError>(())
    /// ```
    pub fn react(message_id: impl Into<String>, reaction: impl Into<String>) -> Self {
        let react = Some(Reaction::new(message_id).reaction(reaction));
        Self {
            react,
            ..Self::default()
        }
    }

    /// Builds the request and checks it.
    ///
    /// # Errors
    /// All issues, if the draft is ambiguous or the request is not valid.
    ///
    /// ```
    /// use messenger_send::Draft;
    ///
    /// let request = Draft::text("hello, world").to("7001002003004005").build()?;
    /// assert_eq!(request.message.unwrap().text.as_deref(), Some("hello, world"));
    ///
    /// let error = Draft::text("").to("7001002003004005").build().unwrap_err();
    /// assert_eq!(error.issues[0].pointer, "/message/text");
    /// # Ok::<(), messenger_send::ValidationError>(())
    /// ```
    pub fn build(&self) -> Result<SendRequest, ValidationError> {
        self.build_with(&RuleOptions::default())
    }

    /// Like [`Draft::build`], for another platform or with other rule severities.
    ///
    /// # Errors
    /// Like [`Draft::build`].
    ///
    /// ```
    /// use messenger_send::{Draft, RuleOptions};
    ///
    /// let draft = Draft::text("a".repeat(1001)).to("7001002003004005");
    /// assert!(draft.build().is_ok());
    /// assert!(draft.build_with(&RuleOptions::instagram()).is_err());
    /// ```
    pub fn build_with(&self, options: &RuleOptions) -> Result<SendRequest, ValidationError> {
        let request = self.to_request_json(options)?;
        serde_json::from_str(&request).map_err(|_| no_json(options))
    }

    /// The JSON of the request.
    pub(crate) fn to_request_json(&self, options: &RuleOptions) -> Result<String, ValidationError> {
        let draft = serde_json::to_string(self).map_err(|_| no_json(options))?;
        build_message(&draft, options)
    }
}

fn no_json(options: &RuleOptions) -> ValidationError {
    ValidationError::new(unreadable(Unreadable::Unserializable, options))
}

/// The members of the message: the name on the wire, the name in the draft, and the conversion.
const MESSAGE: [(&str, &str, Form); 11] = [
    ("text", "text", Form::AsItIs),
    ("attachment", "image", Form::Medium("image")),
    ("attachment", "audio", Form::Medium("audio")),
    ("attachment", "video", Form::Medium("video")),
    ("attachment", "file", Form::Medium("file")),
    ("attachments", "images", Form::Images),
    ("attachment", "template", Form::Template),
    ("template", "utility", Form::Utility),
    ("sticker_id", "sticker", Form::AsItIs),
    ("quick_replies", "quick_replies", Form::QuickReplies),
    ("metadata", "metadata", Form::AsItIs),
];

/// The initial capacity of a request beyond the length of its draft, in bytes. Most requests fit.
const USUAL_GROWTH: usize = 256;

/// The members allowed in any request.
const REQUEST: [(&str, &str, Form); 4] = [
    ("tag", "tag", Form::AsItIs),
    ("notification_type", "notification_type", Form::AsItIs),
    ("reply_to", "reply_to", Form::Object("mid")),
    ("persona_id", "persona_id", Form::AsItIs),
];

fn assemble(json: &str) -> Read<String> {
    let draft = DraftMembers(members(json)?);
    let mut request = ObjectText::with_room(json.len() + USUAL_GROWTH);
    draft.copy(&mut request, "recipient", "to", Form::Object("id"))?;
    let action = ["sender_action", "react", "unreact"]
        .into_iter()
        .find(|name| draft.get(name).is_some());
    if draft.get("messaging_type").is_none() && action.is_none() {
        let implied = match (draft.get("tag"), draft.get("utility")) {
            (Some(_), _) => "MESSAGE_TAG",
            (None, Some(_)) => "UTILITY",
            (None, None) => "RESPONSE",
        };
        request.text("messaging_type", implied);
    }
    draft.copy(
        &mut request,
        "messaging_type",
        "messaging_type",
        Form::AsItIs,
    )?;
    match action {
        Some("sender_action") => {
            draft.copy(&mut request, "sender_action", "sender_action", Form::AsItIs)?
        }
        Some(reaction) => {
            request.text("sender_action", reaction);
            draft.copy(&mut request, "payload", reaction, Form::AsItIs)?;
        }
        None if draft.get("message").is_some() => {
            draft.copy(&mut request, "message", "message", Form::AsItIs)?
        }
        None => {
            request.open("message");
            if let Some(buttons) = draft.get("buttons") {
                draft.write_button_template(request.begin("attachment"), buttons)?;
            }
            let in_template = draft.get("buttons").is_some();
            for (name, member, form) in MESSAGE {
                // The text was written with the buttons.
                if in_template && member == "text" {
                    continue;
                }
                draft.copy(&mut request, name, member, form)?;
            }
            request.close();
        }
    }
    for (name, member, form) in REQUEST {
        draft.copy(&mut request, name, member, form)?;
    }
    Ok(request.end())
}

/// The draft, split into its members.
struct DraftMembers<'a>(Vec<(Cow<'a, str>, Value<'a>)>);

impl<'a> DraftMembers<'a> {
    /// A member; null counts as absent.
    fn get(&self, name: &str) -> Option<Value<'a>> {
        last(&self.0, name).filter(|value| value.kind != ValueKind::Null)
    }

    /// Writes the attachment for a text with buttons.
    fn write_button_template(&self, out: &mut String, buttons: Value<'_>) -> Read<()> {
        let mut template = ObjectText::default();
        template.text("template_type", "button");
        self.copy(&mut template, "text", "text", Form::AsItIs)?;
        template.json("buttons", buttons.json);
        let template = template.end();
        write(out, whole(&template)?, Form::Template)
    }

    /// Writes a member of the draft, if present.
    fn copy(&self, object: &mut ObjectText, name: &str, member: &str, form: Form) -> Read<()> {
        if let Some(value) = self.get(member) {
            write(object.begin(name), value, form)?;
        }
        Ok(())
    }
}
