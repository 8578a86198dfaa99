//! The types that can be sent as a message, and their validation.

use std::borrow::Cow;

use super::error::SendError;
use super::lenient::Object;
use crate::build::{Draft, build_message};
use crate::json;
use crate::payload::SendRequest;
use crate::validate::{Issue, RuleOptions, RuleSetting, ValidationError, validate_json};

/// A message that a client can send.
pub trait Message {
    /// The JSON of the request.
    ///
    /// # Errors
    /// The message cannot be converted to a request. For an invalid message,
    /// [`SendError::invalid`].
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError>;
}

impl<M: Message + ?Sized> Message for &M {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        (**self).to_request_json(rules)
    }
}

impl Message for SendRequest {
    fn to_request_json(&self, _: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        let json = serde_json::to_string(self);
        json.map(Cow::Owned).map_err(|error| {
            SendError::configuration(format!(
                "The request cannot be written as \
                                                               JSON: {error}."
            ))
        })
    }
}

impl Message for Draft {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        let json = Draft::to_request_json(self, rules);
        json.map(Cow::Owned).map_err(SendError::invalid)
    }
}

/// The JSON of a request, or of a draft, which has `to`.
impl Message for str {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        if !is_draft(self) {
            return Ok(Cow::Borrowed(self));
        }
        build_message(self, rules)
            .map(Cow::Owned)
            .map_err(SendError::invalid)
    }
}

/// The JSON of a request, or of a draft, which has `to`.
impl Message for String {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        self.as_str().to_request_json(rules)
    }
}

fn is_draft(json: &str) -> bool {
    let has_members_of_draft =
        |object: Object<'_>| object.member("to").is_some() && object.member("recipient").is_none();
    // Most texts are requests, which are read as a whole when they are checked.
    has_members_of_draft(Object::checked(json))
        && Object::parse(json).is_some_and(has_members_of_draft)
}

/// The rule that is satisfied by a file sent with the message.
const WITHOUT_SOURCE: &str = "media.no_source";

/// The rules for a message with a file.
pub(super) fn rules_with_file(rules: &RuleOptions) -> RuleOptions {
    rules.clone().rule(WITHOUT_SOURCE, RuleSetting::Off)
}

/// Checks a request. The warnings of a valid request are added to the receipt.
///
/// # Errors
/// [`SendError::invalid`] with the issues of the request.
pub(super) fn check(json: &str, rules: &RuleOptions) -> Result<Vec<Issue>, SendError> {
    let report = validate_json(json.as_bytes(), rules);
    if !report.valid() {
        return Err(SendError::invalid(ValidationError::new(report)));
    }
    Ok(report.issues)
}

/// The maximum length of `metadata`, in characters.
/// Source: <https://developers.facebook.com/docs/messenger-platform/reference/send-api>
const MAX_METADATA: usize = 1000;

/// The length of a stamp: `ms-` and 32 hexadecimal digits.
const STAMP_LENGTH: usize = 35;

/// Adds a stamp to `message.metadata`; returns the request and the stamp. The stamp follows the
/// caller's own metadata and a space, if there is any. An existing stamp is kept. A request gets no
/// stamp if it has no message, and therefore no echo, or if its metadata has no room.
pub(super) fn stamped(
    json: &str,
    new_stamp: impl FnOnce() -> String,
) -> (Cow<'_, str>, Option<String>) {
    let unstamped = (Cow::Borrowed(json), None);
    let message = Object::parse(json).and_then(|request| request.member("message"));
    let Some((message, members)) = message.and_then(|value| Some((value, Object::of(value)?)))
    else {
        return unstamped;
    };
    let Some(metadata) = members.member("metadata") else {
        let stamp = new_stamp();
        let open = message.json.strip_suffix('}').unwrap_or(message.json);
        let is_empty = open.trim_ascii().ends_with('{');
        let comma = if is_empty { "" } else { "," };
        let with_metadata = format!("{open}{comma}\"metadata\":\"{stamp}\"}}");
        return (
            Cow::Owned(replaced(json, message.json, &with_metadata)),
            Some(stamp),
        );
    };
    let Some(own) = metadata.text() else {
        return unstamped;
    };
    if let Some(known) = stamp_of(&own) {
        return (Cow::Borrowed(json), Some(known.to_owned()));
    }
    if own.chars().count() + 1 + STAMP_LENGTH > MAX_METADATA {
        return unstamped;
    }
    let stamp = new_stamp();
    let both = match own.as_ref() {
        "" => stamp.clone(),
        own => format!("{own} {stamp}"),
    };
    let mut text = String::new();
    json::push_string(&mut text, &both);
    (
        Cow::Owned(replaced(json, metadata.json, &text)),
        Some(stamp),
    )
}

/// Replaces a part of a text, given as a slice of it.
fn replaced(text: &str, part: &str, with: &str) -> String {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    let before = text.get(..start).unwrap_or_default();
    let behind = text.get(start + part.len()..).unwrap_or_default();
    [before, with, behind].concat()
}

/// The stamp at the end of a message's metadata.
fn stamp_of(metadata: &str) -> Option<&str> {
    let start = metadata.len().checked_sub(STAMP_LENGTH)?;
    let stamp = metadata.get(start..)?;
    let digits = stamp.strip_prefix("ms-")?;
    let is_apart = start == 0 || metadata.get(..start)?.ends_with(' ');
    let is_hex = digits
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_apart && is_hex).then_some(stamp)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const STAMP: &str = "ms-0123456789abcdef0123456789abcdef";

    fn stamp_into(request: &str) -> (String, Option<String>) {
        let (request, stamp) = stamped(request, || STAMP.to_owned());
        (request.into_owned(), stamp)
    }

    fn with_metadata(metadata: &str) -> String {
        format!(r#"{{"message":{{"text":"a","metadata":"{metadata}"}},"recipient":{{"id":"1"}}}}"#)
    }

    #[test]
    fn a_stamp_goes_into_the_metadata_of_a_message() {
        let stamp = Some(STAMP.to_owned());
        let plain = r#"{"message":{"text":"a"},"recipient":{"id":"1"}}"#;
        assert_eq!(stamp_into(plain), (with_metadata(STAMP), stamp.clone()));
        let empty = format!(r#"{{"message":{{ "metadata":"{STAMP}"}}}}"#);
        assert_eq!(stamp_into(r#"{"message":{ }}"#), (empty, stamp.clone()));
        assert_eq!(
            stamp_into(&with_metadata("")),
            (with_metadata(STAMP), stamp)
        );
    }

    #[test]
    fn a_stamp_stands_behind_the_callers_own_metadata() {
        let stamp = Some(STAMP.to_owned());
        let both = with_metadata(&format!("order 7 {STAMP}"));
        assert_eq!(
            stamp_into(&with_metadata("order 7")),
            (both.clone(), stamp.clone())
        );
        // A message that is sent again keeps its stamp.
        assert_eq!(stamp_into(&both), (both, stamp.clone()));
        let longest = "x".repeat(MAX_METADATA - 1 - STAMP_LENGTH);
        assert_eq!(stamp_into(&with_metadata(&longest)).1, stamp);
        let full = with_metadata(&format!("{longest}x"));
        assert_eq!(stamp_into(&full), (full, None));
    }

    #[test]
    fn a_message_without_an_echo_gets_no_stamp() {
        for request in [
            r#"{"sender_action":"typing_on"}"#,
            r#"{"message":1}"#,
            "[]",
            "",
        ] {
            assert_eq!(stamp_into(request), (request.to_owned(), None));
        }
    }
}
