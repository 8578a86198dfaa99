//! The result of a validation: a report, or the error for an invalid request.

use std::fmt::{self, Display, Formatter};

use serde::ser::{Error as _, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Issue;
use crate::payload::spec::Severity;

/// The result of a validation.
///
/// Serializes as `{"valid": …, "issues": […]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationReport {
    /// All issues, in the order of the text.
    pub issues: Vec<Issue>,
}

impl ValidationReport {
    /// Whether no issue is an error.
    pub fn valid(&self) -> bool {
        !self.issues.iter().any(Issue::is_error)
    }

    /// The issues that make the request invalid.
    pub fn errors(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(|issue| issue.is_error())
    }

    /// The issues that leave the request valid: what is disputed, discouraged or undocumented.
    ///
    /// ```
    /// use messenger_send::{RuleOptions, validate_json};
    ///
    /// let request = r#"{"recipient": {"id": "1"}, "message": {"text": "hi", "new_member": 1}}"#;
    /// let report = validate_json(request, &RuleOptions::default());
    /// assert!(report.valid() && report.errors().next().is_none());
    /// assert_eq!(report.warnings().count(), 2); // new_member, and no messaging_type.
    /// ```
    pub fn warnings(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(|issue| !issue.is_error())
    }
}

impl From<Vec<Issue>> for ValidationReport {
    fn from(issues: Vec<Issue>) -> Self {
        Self { issues }
    }
}

impl Serialize for ValidationReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("ValidationReport", 2)?;
        report.serialize_field("valid", &self.valid())?;
        report.serialize_field("issues", &self.issues)?;
        report.end()
    }
}

/// The error for an invalid request, or for a draft from which no valid request can be built.
///
/// Serializes as `{"issues": […], "request"?: …}`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValidationError {
    /// All issues. They point into the built request if there is one, otherwise into the input.
    pub issues: Vec<Issue>,
    built: Option<String>,
}

impl ValidationError {
    /// The error for a request, or for a draft from which no request could be built.
    pub fn new(report: ValidationReport) -> Self {
        Self {
            issues: report.issues,
            built: None,
        }
    }

    /// The error for a request that was built from a draft. `request` is its JSON.
    pub(crate) fn of_built(report: ValidationReport, request: String) -> Self {
        Self {
            issues: report.issues,
            built: Some(request),
        }
    }

    /// The invalid request that was built from a draft, as JSON.
    pub fn request_json(&self) -> Option<&str> {
        self.built.as_deref()
    }
}

impl Serialize for ValidationError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The text as built, since a `serde_json::Value` cannot hold a string with a lone
        // surrogate.
        let request = self.request_json().map(serde_json::from_str::<&RawValue>);
        let request = request.transpose().map_err(S::Error::custom)?;
        let fields = 1 + usize::from(request.is_some());
        let mut error = serializer.serialize_struct("ValidationError", fields)?;
        error.serialize_field("issues", &self.issues)?;
        match request {
            Some(request) => error.serialize_field("request", request)?,
            None => error.skip_field("request")?,
        }
        error.end()
    }
}

impl Display for ValidationError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut errors = self
            .issues
            .iter()
            .filter(|issue| issue.severity == Severity::Error);
        out.write_str("the request is not valid")?;
        let Some(first) = errors.next() else {
            return Ok(());
        };
        write!(
            out,
            ": {} at \"{}\": {}",
            first.code, first.pointer, first.message
        )?;
        match errors.count() {
            0 => Ok(()),
            1 => out.write_str(" (and 1 more error)"),
            more => write!(out, " (and {more} more errors)"),
        }
    }
}

impl std::error::Error for ValidationError {}
