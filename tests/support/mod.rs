//! Shared by the native tests: the fixtures, a traversal of requests along the tables, edits of
//! requests, and assertions with readable messages.
#![allow(dead_code)] // Each test file uses a part of it.

pub mod cpu;
pub mod edit;
pub mod fixtures;
pub mod places;

use messenger_send::payload::spec::Platform;
use messenger_send::validate::{Issue, PathSegment, RuleOptions, ValidationReport, validate_json};
use serde_json::Value;

/// The parts of an issue that these tests compare: pointer, severity, code.
pub type Found = (String, String, String);

/// A request without issues.
pub const HELLO: &str =
    r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello, world"}}"#;

/// Both platforms.
pub const PLATFORMS: [Platform; 2] = [Platform::Messenger, Platform::Instagram];

/// The issues of a request on a platform.
pub fn report(request: &str, platform: Platform) -> ValidationReport {
    validate_json(request, &RuleOptions::default().platform(platform))
}

/// The compared parts of an issue.
pub fn found(issue: &Issue) -> Found {
    (
        issue.pointer.clone(),
        issue.severity.name().to_owned(),
        issue.code.to_string(),
    )
}

/// The compared parts of issues, sorted.
pub fn sorted(issues: &[Issue]) -> Vec<Found> {
    let mut found: Vec<_> = issues.iter().map(found).collect();
    found.sort();
    found
}

/// Formats issues for a failure message, one per line.
pub fn lines(issues: &[Issue]) -> String {
    issues
        .iter()
        .map(|issue| {
            format!(
                "  {} {} {:?}: {}\n",
                issue.severity.name(),
                issue.code,
                issue.pointer,
                issue.message
            )
        })
        .collect()
}

/// Asserts that a request has exactly these issues on Messenger.
#[track_caller]
pub fn assert_issues(request: &str, wanted: &[(&str, &str, &str)]) {
    assert_issues_with(request, &RuleOptions::default(), wanted);
}

/// Asserts that a request has exactly these issues.
#[track_caller]
pub fn assert_issues_with(request: &str, options: &RuleOptions, wanted: &[(&str, &str, &str)]) {
    same_issues(&validate_json(request, options).issues, wanted, request);
}

/// Asserts that these are exactly the wanted issues, in any order.
#[track_caller]
pub fn same_issues(issues: &[Issue], wanted: &[(&str, &str, &str)], request: &str) {
    let mut wanted: Vec<Found> = wanted
        .iter()
        .map(|(pointer, severity, code)| {
            (
                (*pointer).to_owned(),
                (*severity).to_owned(),
                (*code).to_owned(),
            )
        })
        .collect();
    wanted.sort();
    let shown: String = request.chars().take(400).collect();
    assert_eq!(
        sorted(issues),
        wanted,
        "\nrequest: {shown}\nissues:\n{}",
        lines(issues)
    );
}

/// The only issue with this code. Panics if there is none or more than one.
#[track_caller]
pub fn only<'r>(report: &'r ValidationReport, code: &str) -> &'r Issue {
    let mut of_code = report.issues.iter().filter(|issue| issue.code == code);
    let first = of_code
        .next()
        .unwrap_or_else(|| panic!("no {code} among\n{}", lines(&report.issues)));
    assert!(
        of_code.next().is_none(),
        "{code} twice:\n{}",
        lines(&report.issues)
    );
    first
}

/// The value without the members that are null, which the typed payload reads as absent and does
/// not write.
pub fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

/// The value at an issue's path.
pub fn at<'v>(value: &'v Value, path: &[PathSegment]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        PathSegment::Key(key) => value.as_object()?.get(&**key),
        PathSegment::Index(index) => value.as_array()?.get(*index),
    })
}

/// Asserts that the issue points at a value of the document, or at a missing member of one of its
/// objects.
#[track_caller]
pub fn assert_points_into(document: &Value, issue: &Issue) {
    let resolves = at(document, &issue.path).is_some()
        || match issue.path.split_last() {
            Some((PathSegment::Key(_), parent)) => {
                at(document, parent).is_some_and(Value::is_object)
            }
            _ => false,
        };
    assert!(
        resolves,
        "{} points at {:?}, which is not in {document}",
        issue.code, issue.pointer
    );
    let unescaped: String = issue
        .path
        .iter()
        .map(|segment| format!("/{}", edit::step(segment)))
        .collect();
    assert_eq!(
        issue.pointer, unescaped,
        "pointer and path of {} differ",
        issue.code
    );
}
