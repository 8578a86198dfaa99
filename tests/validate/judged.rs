//! Requests that were judged from the documentation alone, without looking at the rules: by the
//! location of mistakes, not by rule codes. `legal`: no issue. `warned`: no error, and a warning at
//! each listed location. `illegal`: errors at exactly these locations.

use crate::support::fixtures::{Verdict, judged};
use crate::support::{lines, report, without_nulls};
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::Severity;
use messenger_send::validate::ValidationReport;
use std::collections::BTreeSet;

fn places(report: &ValidationReport, severity: Severity) -> BTreeSet<String> {
    report
        .issues
        .iter()
        .filter(|issue| issue.severity == severity)
        .map(|issue| issue.pointer.clone())
        .collect()
}

#[test]
fn the_checks_judge_as_the_documentation_does() {
    let mut wrong = String::new();
    for case in judged() {
        let report = report(&case.request.to_string(), case.platform);
        let errors = places(&report, Severity::Error);
        let warnings = places(&report, Severity::Warning);
        let right = match &case.verdict {
            Verdict::Legal => report.issues.is_empty(),
            Verdict::Warned(named) => errors.is_empty() && named.is_subset(&warnings),
            Verdict::Illegal(named) => *named == errors,
        };
        if !right {
            wrong.push_str(&format!(
                "{}: wanted {:?}\n{}",
                case.name,
                case.verdict,
                lines(&report.issues)
            ));
        }
    }
    assert!(wrong.is_empty(), "judged otherwise:\n{wrong}");
}

#[test]
fn there_are_cases_of_every_verdict() {
    let cases = judged();
    let names: BTreeSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "two cases have the same name");
    let count =
        |wanted: fn(&Verdict) -> bool| cases.iter().filter(|case| wanted(&case.verdict)).count();
    assert!(count(|verdict| matches!(verdict, Verdict::Legal)) > 150);
    assert!(count(|verdict| matches!(verdict, Verdict::Warned(_))) > 100);
    assert!(
        count(|verdict| matches!(verdict, Verdict::Illegal(places) if !places.is_empty())) > 350
    );
}

#[test]
fn valid_requests_round_trip() {
    for case in judged() {
        if matches!(case.verdict, Verdict::Illegal(_)) {
            continue;
        }
        let typed: SendRequest = serde_json::from_value(case.request.clone())
            .unwrap_or_else(|error| panic!("{} is not read: {error}", case.name));
        assert_eq!(
            without_nulls(&serde_json::to_value(&typed).unwrap()),
            without_nulls(&case.request),
            "{} is written otherwise",
            case.name
        );
    }
}
