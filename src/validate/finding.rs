//! Findings of a check, and the sinks that store them: a list of [`Issue`]s or a
//! [`FlatReport`](super::FlatReport).

use std::fmt::Display;

use super::Issue;
use super::path::Path;
use crate::payload::spec::{Rule, Severity, Unit};

/// An issue whose texts are not written yet. The sink writes them, once.
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

/// The code of a rule in parts, to be concatenated.
pub(super) type Code<'f> = [&'f str; 5];

impl<'f> Finding<'f> {
    /// A violation of this rule, without a limit.
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

/// Stores findings.
pub(crate) trait IssueSink {
    /// Adds a finding with its path.
    fn push(&mut self, finding: &Finding<'_>, path: &Path<'_>);
    /// The number of stored findings.
    fn count(&self) -> usize;
    /// Whether a stored finding is an error.
    fn has_error(&self) -> bool;
    /// Removes all stored findings.
    fn clear(&mut self);
}

impl IssueSink for Vec<Issue> {
    fn push(&mut self, finding: &Finding<'_>, path: &Path<'_>) {
        self.push(Issue {
            code: finding.code.concat().into(),
            severity: finding.severity,
            path: path.segments(),
            pointer: path.pointer(),
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
