//! What a check finds, and where it is kept: as an [`Issue`], or as JSON.

use std::fmt::Display;

use super::issue::pointer;
use super::{Issue, PathSegment};
use crate::payload::spec::{Rule, Severity, Unit};

/// An issue before its texts are written. They are written once, where the finding is kept.
#[derive(Clone, Copy)]
pub(crate) struct Finding<'f> {
    pub(super) code: Code<'f>,
    pub(super) severity: Severity,
    pub(super) message: &'f dyn Display,
    pub(super) limit: Option<u32>,
    pub(super) actual: Option<u32>,
    pub(super) unit: Option<Unit>,
    pub(super) graph_code: Option<u32>,
    pub(super) docs: &'static str,
}

/// The parts of a rule's code. Together they are the code.
pub(super) type Code<'f> = [&'f str; 5];

impl<'f> Finding<'f> {
    /// A rule is broken.
    pub(super) fn of_rule(rule: &'static Rule, message: &'f dyn Display) -> Self {
        Self {
            code: [rule.code, "", "", "", ""],
            severity: rule.severity,
            message,
            limit: None,
            actual: None,
            unit: None,
            graph_code: rule.graph_code,
            docs: rule.source.url,
        }
    }
}

impl<'f> From<&'f Issue> for Finding<'f> {
    fn from(issue: &'f Issue) -> Self {
        Self {
            code: [&issue.code, "", "", "", ""],
            severity: issue.severity,
            message: &issue.message,
            limit: issue.limit,
            actual: issue.actual,
            unit: issue.unit,
            graph_code: issue.graph_code,
            docs: issue.docs,
        }
    }
}

/// Where findings are kept.
pub(crate) trait IssueSink {
    /// Keeps a finding, with its path.
    fn push(&mut self, finding: &Finding<'_>, path: &[PathSegment]);
    /// How many are kept.
    fn count(&self) -> usize;
    /// Whether one of them is an error.
    fn has_error(&self) -> bool;
    /// Forgets those that are kept.
    fn clear(&mut self);
}

impl IssueSink for Vec<Issue> {
    fn push(&mut self, finding: &Finding<'_>, path: &[PathSegment]) {
        self.push(Issue {
            code: finding.code.concat().into(),
            severity: finding.severity,
            path: path.to_vec(),
            pointer: pointer(path),
            message: finding.message.to_string(),
            limit: finding.limit,
            actual: finding.actual,
            unit: finding.unit,
            graph_code: finding.graph_code,
            docs: finding.docs,
        });
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn has_error(&self) -> bool {
        self.iter().any(Issue::is_error)
    }

    fn clear(&mut self) {
        self.clear();
    }
}
