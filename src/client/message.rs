//! What can be sent: anything that has the JSON text of a request.

use std::borrow::Cow;

use super::error::SendError;
use super::lenient::Object;
use crate::build::{Draft, build_message};
use crate::payload::SendRequest;
use crate::validate::{Issue, RuleOptions, RuleSetting, ValidationError, validate_json};

/// A message that a client can send.
pub trait Message {
    /// The JSON text of the request.
    ///
    /// # Errors
    /// The message makes no request. Where it breaks rules, [`SendError::invalid`].
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
        json.map(Cow::Owned)
            .map_err(|error| SendError::configuration(format!("The request has no JSON: {error}.")))
    }
}

impl Message for Draft {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        let json = Draft::to_request_json(self, rules);
        json.map(Cow::Owned).map_err(SendError::invalid)
    }
}

/// The JSON text of a request, or of a draft: a draft has `to`.
impl Message for str {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        let is_draft = Object::parse(self).is_some_and(|object| {
            object.member("to").is_some() && object.member("recipient").is_none()
        });
        if !is_draft {
            return Ok(Cow::Borrowed(self));
        }
        build_message(self, rules)
            .map(Cow::Owned)
            .map_err(SendError::invalid)
    }
}

/// The JSON text of a request, or of a draft: a draft has `to`.
impl Message for String {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        self.as_str().to_request_json(rules)
    }
}

/// The rule that a file which is sent along makes up for.
const WITHOUT_SOURCE: &str = "media.no_source";

/// The rules for a message that a file goes along with.
pub(super) fn rules_with_file(rules: &RuleOptions) -> RuleOptions {
    rules.clone().rule(WITHOUT_SOURCE, RuleSetting::Off)
}

/// Checks a request. The warnings of one that is valid go onto the receipt.
///
/// # Errors
/// The rules that it breaks, as [`SendError::invalid`].
pub(super) fn check(json: &str, rules: &RuleOptions) -> Result<Vec<Issue>, SendError> {
    let report = validate_json(json.as_bytes(), rules);
    if !report.valid() {
        return Err(SendError::invalid(ValidationError::new(report)));
    }
    Ok(report.issues)
}

/// The request with an id of its own in `message.metadata`, and that id. A request that has
/// metadata keeps it: an echo carries it just as well. One without a message has no echo.
pub(super) fn stamped(
    json: &str,
    stamp: impl FnOnce() -> String,
) -> (Cow<'_, str>, Option<String>) {
    let message = Object::parse(json).and_then(|request| request.member("message"));
    let Some(message) = message.filter(|message| Object::of(*message).is_some()) else {
        return (Cow::Borrowed(json), None);
    };
    if let Some(metadata) = Object::of(message).and_then(|object| object.text("metadata")) {
        return (Cow::Borrowed(json), Some(metadata.into_owned()));
    }
    let stamp = stamp();
    let members = message.json.strip_suffix('}').unwrap_or(message.json);
    let comma = if members.trim_ascii().ends_with('{') {
        ""
    } else {
        ","
    };
    // The value is a slice of the text, so the text before and behind it stays as it is.
    let start = message.json.as_ptr().addr() - json.as_ptr().addr();
    let before = json.get(..start).unwrap_or_default();
    let behind = json.get(start + message.json.len()..).unwrap_or_default();
    let request = format!("{before}{members}{comma}\"metadata\":\"{stamp}\"}}{behind}");
    (Cow::Owned(request), Some(stamp))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_goes_into_the_metadata_of_a_message() {
        let stamp = || "ms-1".to_owned();
        let (request, id) = stamped(r#"{"message":{"text":"a"},"recipient":{"id":"1"}}"#, stamp);
        assert_eq!(
            request,
            r#"{"message":{"text":"a","metadata":"ms-1"},"recipient":{"id":"1"}}"#
        );
        assert_eq!(id.as_deref(), Some("ms-1"));
        let (request, id) = stamped(r#"{"message":{ }}"#, stamp);
        assert_eq!(
            (&*request, id.as_deref()),
            (r#"{"message":{ "metadata":"ms-1"}}"#, Some("ms-1"))
        );
    }

    #[test]
    fn a_request_keeps_its_own_metadata() {
        let own = r#"{"message":{"text":"a","metadata":"order 7"}}"#;
        let (request, id) = stamped(own, || "ms-1".to_owned());
        assert_eq!((&*request, id.as_deref()), (own, Some("order 7")));
    }

    #[test]
    fn what_has_no_echo_gets_no_stamp() {
        for request in [
            r#"{"sender_action":"typing_on"}"#,
            r#"{"message":1}"#,
            "[]",
            "",
        ] {
            assert_eq!(
                stamped(request, || "ms-1".to_owned()),
                (Cow::Borrowed(request), None)
            );
        }
    }
}
