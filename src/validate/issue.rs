//! The issues of a report, and their paths.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};

use serde::Serialize;

use crate::payload::spec::{Severity, Unit};

/// An error or a warning about a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Issue {
    /// The stable code of the rule, such as `text.too_long`.
    pub code: Cow<'static, str>,
    /// Whether it is an error or a warning.
    pub severity: Severity,
    /// The path from the request to the value.
    pub path: Vec<PathSegment>,
    /// The same as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// A sentence that says what is wrong, with the limit and the actual value.
    pub message: String,
    /// The limit, if the rule is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The actual value, in the unit of the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual: Option<u32>,
    /// The unit of the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The error code that Graph returns, if documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub graph_code: Option<u32>,
    /// The URL of the page that documents it.
    pub docs: &'static str,
}

impl Issue {
    /// Whether it makes the request invalid; a warning does not.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl Display for Issue {
    /// `error text.empty at /message/text: text must not be empty.`
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.severity.name(), self.code)?;
        if !self.pointer.is_empty() {
            write!(out, " at {}", self.pointer)?;
        }
        write!(out, ": {}", self.message)
    }
}

/// A step on the path from the request to a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PathSegment {
    /// The name of a member.
    Key(Cow<'static, str>),
    /// The position of an item in its list.
    Index(usize),
}
