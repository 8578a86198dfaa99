//! Checks JSON or a typed request: reports every issue in one pass, each with its location.
//!
//! An **error** means that the API is documented to refuse the request, or that the request is
//! certainly a mistake. A **warning** is about something disputed, undocumented or discouraged. The
//! unit of Messenger's character limits is not documented: a text that is too long in Unicode code
//! points is an error, one that is too long only in UTF-16 units is a warning.

mod catalogue;
mod engine;
mod finding;
mod flat;
pub(crate) mod format;
mod issue;
mod json;
mod options;
mod path;
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
use path::Path;

use crate::payload::SendRequest;

/// The maximum size of the JSON, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Checks the JSON of a Send API request, given as text or as UTF-8 bytes.
///
/// Reading is bounded by [`MAX_BYTES`], [`MAX_DEPTH`] and [`MAX_ISSUES`]. A request beyond one of
/// them gets an error that says so.
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

/// Checks the JSON of a request, and adds the issues after those about the options.
pub(crate) fn check_request(json: &[u8], options: &RuleOptions, issues: &mut dyn IssueSink) {
    if json.len() > MAX_BYTES {
        return push_unreadable(Unreadable::TooLarge(Some(json.len())), options, issues);
    }
    check(json, SendRequest::OBJECT, options, issues);
}

impl SendRequest {
    /// Checks the request as the JSON that would be posted.
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

/// The known name that is nearest to an unknown one.
///
/// Hidden: for the npm package, which uses it for options.
#[doc(hidden)]
pub fn nearest_name<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    suggest::nearest(name, &mut known.into_iter())
}

/// The reason why there is no JSON to check.
///
/// Hidden: for the npm package, which reads JavaScript values.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The JSON is longer than [`MAX_BYTES`]. Its length, if known.
    TooLarge(Option<usize>),
    /// The value is `undefined`, a function or a symbol, none of which JSON can hold.
    Undefined,
    /// The value cannot be written as JSON: a cycle, a BigInt, a getter that throws, or too many
    /// levels.
    Unserializable,
    /// The JSON is not a string.
    NotText,
}

/// The report on a value that could not be read.
///
/// Hidden: see [`Unreadable`].
#[doc(hidden)]
pub fn unreadable(reason: Unreadable, options: &RuleOptions) -> ValidationReport {
    let mut issues = Vec::new();
    push_unreadable(reason, options, &mut issues);
    ValidationReport { issues }
}

/// Reports why a value could not be read, after the issues about the options.
pub(crate) fn push_unreadable(
    reason: Unreadable,
    options: &RuleOptions,
    issues: &mut dyn IssueSink,
) {
    push_invalid_options(options, issues);
    let mut push = |rule, message: &dyn Display| {
        issues.push(&Finding::of_rule(rule, message), &Path::Root);
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
            issues.push(&finding, &Path::Root);
        }
        Unreadable::Undefined => push(
            &UNSERIALIZABLE,
            &"The value is undefined, a function or a symbol, none of which JSON can hold.",
        ),
        Unreadable::Unserializable => push(&UNSERIALIZABLE, &UNSERIALIZABLE.summary),
        Unreadable::NotText => push(
            &UNSERIALIZABLE,
            &"The JSON must be a string or a Uint8Array.",
        ),
    }
}

/// The message for a request with more than [`MAX_BYTES`]. It holds the number of bytes.
struct LargerThanRead(usize);

impl Display for LargerThanRead {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let bytes = self.0;
        write!(
            out,
            "The request has {bytes} bytes; the limit is {MAX_BYTES}."
        )
    }
}

/// Reports the invalid options.
pub(crate) fn push_invalid_options(options: &RuleOptions, issues: &mut dyn IssueSink) {
    for invalid in options.invalid() {
        issues.push(&Finding::of_rule(&OPTIONS_INVALID, invalid), &Path::Root);
    }
}
