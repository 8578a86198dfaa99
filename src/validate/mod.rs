//! JSON or a typed request in, report out: every mistake of a request, in one pass, each with its
//! place.
//!
//! An **error** is what the API is documented to refuse, or what cannot be meant. A **warning** is
//! what the sources dispute, do not say, or call unwise. The unit of Messenger's character limits
//! is not documented: a text is too long when it is so in Unicode code points; when only its UTF-16
//! length is above the limit, that is a warning.

mod catalogue;
mod engine;
mod finding;
mod flat;
pub(crate) mod format;
mod issue;
mod json;
mod options;
mod report;
mod sentence;
mod suggest;
mod text;
mod violation;

pub use crate::json::MAX_DEPTH;
pub use crate::payload::spec::{Platform, Severity, Source, Unit};
pub use catalogue::{RuleInfo, find_rule, rules};
pub use engine::MAX_ISSUES;
#[doc(hidden)]
pub use flat::{FlatReport, flat_report, flat_unreadable};
pub use issue::{Issue, PathSegment};
#[doc(hidden)]
pub use json::rules_json;
pub use options::{InvalidOption, RuleOptions, RuleSetting};
pub use report::{ValidationError, ValidationReport};

pub(crate) use engine::check;
pub(crate) use finding::IssueSink;

use std::fmt::{self, Display, Formatter};

use catalogue::{OPTIONS_INVALID, TOO_LARGE, UNSERIALIZABLE};
use finding::Finding;

use crate::payload::SendRequest;

/// How many bytes of JSON are read at most.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Checks the JSON of a request to the Send API, given as text or as bytes of UTF-8.
///
/// Reading is bounded: [`MAX_BYTES`], [`MAX_DEPTH`], [`MAX_ISSUES`]. Past a bound there is one
/// error that says so.
///
/// ```
/// use messenger_send::validate::{RuleOptions, validate_json};
///
/// let request = r#"{"recipient": {"id": "1"}, "message": {"text": ""}}"#;
/// let report = validate_json(request, &RuleOptions::default());
/// assert!(!report.valid());
/// assert_eq!(report.issues[0].pointer, "/message/text");
/// ```
pub fn validate_json(json: impl AsRef<[u8]>, options: &RuleOptions) -> ValidationReport {
    let mut issues = Vec::new();
    check_request(json.as_ref(), options, &mut issues);
    ValidationReport { issues }
}

/// Checks the JSON of a request, behind the options.
pub(crate) fn check_request(json: &[u8], options: &RuleOptions, issues: &mut dyn IssueSink) {
    if json.len() > MAX_BYTES {
        return push_unreadable(Unreadable::TooLarge(Some(json.len())), options, issues);
    }
    check(json, SendRequest::OBJECT, options, issues);
}

impl SendRequest {
    /// Checks the request: its JSON, as it would be posted.
    ///
    /// ```
    /// use messenger_send::payload::SendRequest;
    /// use messenger_send::validate::RuleOptions;
    ///
    /// let report = SendRequest::default().validate(&RuleOptions::default());
    /// assert!(report.issues.iter().any(|issue| issue.code == "request.empty"));
    /// ```
    pub fn validate(&self, options: &RuleOptions) -> ValidationReport {
        match serde_json::to_vec(self) {
            Ok(json) => validate_json(json, options),
            Err(_) => unreadable(Unreadable::Unserializable, options),
        }
    }
}

/// The name among these that was perhaps meant by one that does not exist.
///
/// Hidden: it is for the npm package, which says it of options.
#[doc(hidden)]
pub fn nearest_name<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    suggest::nearest(name, &mut known.into_iter())
}

/// Why there is no text to check.
///
/// Hidden: it is for the npm package, which reads values of JavaScript.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is longer than [`MAX_BYTES`]; how long, where that is known.
    TooLarge(Option<usize>),
    /// The value is `undefined`, or a function or symbol: it has no JSON.
    Undefined,
    /// The value has no JSON: a cycle, a BigInt, a getter that throws, or too many levels.
    Unserializable,
    /// What was given as JSON is no text.
    NotText,
}

/// The report on what could not be read.
///
/// Hidden: see [`Unreadable`].
#[doc(hidden)]
pub fn unreadable(reason: Unreadable, options: &RuleOptions) -> ValidationReport {
    let mut issues = Vec::new();
    push_unreadable(reason, options, &mut issues);
    ValidationReport { issues }
}

/// Says why something could not be read, behind what is wrong with the options.
pub(crate) fn push_unreadable(
    reason: Unreadable,
    options: &RuleOptions,
    issues: &mut dyn IssueSink,
) {
    push_invalid_options(options, issues);
    let mut push = |rule, message: &dyn Display| {
        issues.push(&Finding::of_rule(rule, message), &[]);
    };
    match reason {
        Unreadable::TooLarge(bytes) => {
            let rule = &TOO_LARGE;
            let summary = &rule.summary as &dyn Display;
            let sentence = bytes.map(LargerThanRead);
            let message = sentence.as_ref().map_or(summary, |sentence| sentence);
            let finding = Finding {
                limit: Some(MAX_BYTES as u32),
                actual: bytes.and_then(|bytes| u32::try_from(bytes).ok()),
                unit: Some(Unit::Bytes),
                ..Finding::of_rule(rule, message)
            };
            issues.push(&finding, &[]);
        }
        Unreadable::Undefined => push(
            &UNSERIALIZABLE,
            &"The value is undefined, a function or a symbol: it has no JSON.",
        ),
        Unreadable::Unserializable => push(&UNSERIALIZABLE, &UNSERIALIZABLE.summary),
        Unreadable::NotText => push(
            &UNSERIALIZABLE,
            &"The JSON must be given as a string or a Uint8Array.",
        ),
    }
}

/// The sentence about a request of so many bytes.
struct LargerThanRead(usize);

impl Display for LargerThanRead {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let bytes = self.0;
        write!(
            out,
            "The request has {bytes} bytes: more than {MAX_BYTES} are not read."
        )
    }
}

/// Says which options cannot be.
pub(crate) fn push_invalid_options(options: &RuleOptions, issues: &mut dyn IssueSink) {
    for invalid in options.invalid() {
        issues.push(&Finding::of_rule(&OPTIONS_INVALID, invalid), &[]);
    }
}
