//! The issues of a report, and their paths.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter, Write};

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

/// The initial capacity of a pointer, in bytes. Most pointers fit.
const USUAL_POINTER: usize = 64;

/// A path as a JSON Pointer.
pub(super) fn pointer(path: &[PathSegment]) -> String {
    let mut pointer = String::with_capacity(USUAL_POINTER);
    push_pointer(&mut pointer, path);
    pointer
}

/// Writes a path as a JSON Pointer.
pub(super) fn push_pointer(pointer: &mut String, path: &[PathSegment]) {
    for segment in path {
        pointer.push('/');
        match segment {
            PathSegment::Index(index) => {
                // Writing to a `String` does not fail.
                let _ = write!(pointer, "{index}");
            }
            PathSegment::Key(key) if is_plain(key) => pointer.push_str(key),
            PathSegment::Key(key) => {
                for character in key.chars() {
                    match character {
                        '~' => pointer.push_str("~0"),
                        '/' => pointer.push_str("~1"),
                        _ => pointer.push(character),
                    }
                }
            }
        }
    }
}

/// Whether the name needs no escapes in a JSON Pointer.
fn is_plain(name: &str) -> bool {
    !name.bytes().any(|byte| matches!(byte, b'~' | b'/'))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_escaped() {
        let key = |name: &str| PathSegment::Key(name.to_owned().into());
        let path = [
            key("a/b"),
            PathSegment::Index(3),
            key("~"),
            key("~1"),
            key(""),
        ];
        assert_eq!(pointer(&path), "/a~1b/3/~0/~01/");
        assert_eq!(pointer(&[]), "");
    }
}
