//! JSON in, report out: every mistake of a request, in one pass, each with its place.
//!
//! An **error** is what the API is documented to refuse, or what cannot be meant. A **warning** is what the sources dispute, do
//! not say, or call unwise. The unit of Messenger's character limits is not documented: a text is too long when it is so in
//! Unicode code points; when only its UTF-16 length is above the limit, that is a warning.

mod breach;
mod catalogue;
mod engine;
mod format;
mod issue;
mod options;
mod report;
mod suggest;

pub use crate::json::MAX_DEPTH;
pub use catalogue::{RuleInfo, catalogue, catalogue_json, find};
pub use engine::MAX_ISSUES;
pub use issue::{Issue, Report, Segment};
pub use options::{InvalidOption, Options, Setting};

pub(crate) use engine::check;
pub(crate) use issue::issues_json;

use crate::payload::SendRequest;
use crate::payload::spec::Unit;
use crate::words::{decimal, fill};
use report::root_issue_saying;

/// How many bytes of JSON are read at most.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Checks the JSON of a request to the Send API.
///
/// Reading is bounded: [`MAX_BYTES`], [`MAX_DEPTH`], [`MAX_ISSUES`]. Past a bound there is one error that says so.
///
/// ```
/// use messenger_send::validate::{Options, validate};
///
/// let report = validate(r#"{"recipient": {"id": "1"}, "message": {"text": ""}}"#, &Options::default());
/// assert!(!report.valid());
/// assert_eq!(report.issues[0].pointer, "/message/text");
/// ```
pub fn validate(json: &str, options: &Options) -> Report {
    validate_bytes(json.as_bytes(), options)
}

/// Checks the JSON of a request, given as bytes.
pub fn validate_bytes(json: &[u8], options: &Options) -> Report {
    if json.len() > MAX_BYTES {
        return unreadable(Unreadable::TooLarge(Some(json.len())));
    }
    Report { issues: check(json, SendRequest::OBJECT, options) }
}

/// Why there is no text to check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is longer than [`MAX_BYTES`]; how long, where that is known.
    TooLarge(Option<usize>),
    /// The value is `undefined`, or a function or symbol: it has no JSON.
    Undefined,
    /// The value has no JSON: a cycle, a BigInt, a getter that throws, or too many levels.
    Unserializable,
    /// What was given as a text is none.
    NotText,
}

/// The report on what could not be read.
pub fn unreadable(why: Unreadable) -> Report {
    let (rule, message) = match why {
        Unreadable::TooLarge(Some(length)) => {
            (&catalogue::TOO_LARGE, &*fill("The request has % bytes: more than 1048576 are not read.", &[&decimal(length as i64)]))
        }
        Unreadable::TooLarge(None) => (&catalogue::TOO_LARGE, catalogue::TOO_LARGE.summary),
        Unreadable::Undefined => (&catalogue::UNSERIALIZABLE, "The value is undefined, a function or a symbol: it has no JSON."),
        Unreadable::Unserializable => (&catalogue::UNSERIALIZABLE, catalogue::UNSERIALIZABLE.summary),
        Unreadable::NotText => (&catalogue::UNSERIALIZABLE, "The JSON must be given as a string or a Uint8Array."),
    };
    let mut issue = root_issue_saying(rule, message);
    if let Unreadable::TooLarge(length) = why {
        issue.limit = Some(MAX_BYTES as u32);
        issue.actual = length.and_then(|length| u32::try_from(length).ok());
        issue.unit = Some(Unit::Bytes);
    }
    Report { issues: vec![issue] }
}

/// Puts the options that cannot be at the head of a report.
#[inline(never)]
pub fn with_invalid_options(mut report: Report, invalid: Vec<InvalidOption>) -> Report {
    let mut issues = Vec::new();
    for InvalidOption(message) in &invalid {
        issues.push(root_issue_saying(&catalogue::OPTIONS_INVALID, message));
    }
    issues.append(&mut report.issues);
    Report { issues }
}
