//! Single changes to each legal request, in every possible place, with the outcome that the tables
//! imply.

use crate::support::edit::{First, twice, with, without};
use crate::support::fixtures::{Legal, legal};
use crate::support::places::{Places, places, tags};
use crate::support::{Found, found, lines, report, sorted};
use messenger_send::payload::spec::{Kind, Platform, Severity};
use messenger_send::validate::{Issue, ValidationReport};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Does something at every legal request: the fixture, its places, and the issues that it has as it
/// is.
fn each(mut act: impl FnMut(&Legal, &Places, &[Found]) -> usize, least: usize) {
    let mut done = 0;
    for fixture in legal() {
        let before = sorted(&report(&fixture.request.to_string(), fixture.platform).issues);
        done += act(&fixture, &places(&fixture.request), &before);
    }
    assert!(done >= least, "only {done} mutations were made");
}

fn at<'r>(report: &'r ValidationReport, pointer: &str) -> Vec<&'r Issue> {
    report
        .issues
        .iter()
        .filter(|issue| issue.pointer == pointer)
        .collect()
}

#[track_caller]
fn assert_error(report: &ValidationReport, pointer: &str, code: &str, what: &str) {
    let there = at(report, pointer)
        .into_iter()
        .any(|issue| issue.code == code && issue.severity == Severity::Error);
    assert!(
        there,
        "{what}: no error {code} at {pointer} among\n{}",
        lines(&report.issues)
    );
}

#[test]
fn null_is_the_wrong_type_where_something_must_be() {
    each(
        |fixture, places, before| {
            for place in &places.members {
                let mutated = report(
                    &with(&fixture.request, &place.pointer, Value::Null).to_string(),
                    fixture.platform,
                );
                if !place.member.required
                    && !place.item
                    && !matches!(place.kind, Kind::Any | Kind::Number | Kind::Integer)
                {
                    let null = at(&mutated, &place.pointer).into_iter().any(|issue| {
                        issue.code == "member.null" && issue.severity == Severity::Warning
                    });
                    assert!(
                        null,
                        "{}: {} is null\n{}",
                        fixture.name,
                        place.pointer,
                        lines(&mutated.issues)
                    );
                } else if matches!(place.kind, Kind::Any) {
                    assert!(
                        at(&mutated, &place.pointer)
                            .iter()
                            .all(|issue| !issue.code.ends_with(".type")),
                        "{}: {}",
                        fixture.name,
                        place.pointer
                    );
                } else {
                    assert_error(&mutated, &place.pointer, &place.code("type"), &fixture.name);
                    let message = &at(&mutated, &place.pointer)
                        .into_iter()
                        .find(|issue| issue.code.ends_with(".type"))
                        .unwrap()
                        .message;
                    assert!(message.ends_with("not null."), "{message}");
                }
            }
            for pointer in &places.strangers {
                let mutated = report(
                    &with(&fixture.request, pointer, Value::Null).to_string(),
                    fixture.platform,
                );
                assert_eq!(
                    sorted(&mutated.issues),
                    before,
                    "{}: null at the unknown {pointer}",
                    fixture.name
                );
            }
            places.members.len()
        },
        1000,
    );
}

#[test]
fn every_wrong_type_is_reported_once() {
    let values = [json!(true), json!(7.5), json!("text"), json!([]), json!({})];
    each(
        |fixture, places, _| {
            let mut done = 0;
            for place in &places.members {
                for value in &values {
                    let fits = match place.kind {
                        Kind::String | Kind::Id | Kind::Enum(_) => value.is_string(),
                        Kind::Boolean => value.is_boolean(),
                        // `"text"` is a text, but not one of the two that are let pass.
                        Kind::BooleanOrString => value.is_boolean(),
                        Kind::Integer => false,
                        Kind::Number => value.is_number(),
                        Kind::StringOrNumber => value.is_string() || value.is_number(),
                        Kind::Object(_) | Kind::Union(_) | Kind::AnyObject => value.is_object(),
                        // Instagram's samples have a single image in the list's place.
                        Kind::Array(_)
                            if place.pointer == "/message/attachments"
                                && fixture.platform == Platform::Instagram =>
                        {
                            value.is_array() || value.is_object()
                        }
                        Kind::Array(_) => value.is_array(),
                        Kind::Short(_) | Kind::Drafted(_) => panic!("a request has no short forms"),
                        Kind::Any => true,
                    };
                    let mutated = report(
                        &with(&fixture.request, &place.pointer, value.clone()).to_string(),
                        fixture.platform,
                    );
                    let types = at(&mutated, &place.pointer)
                        .into_iter()
                        .filter(|issue| issue.code == place.code("type"))
                        .count();
                    assert_eq!(
                        types,
                        usize::from(!fits),
                        "{}: {value} at {}\n{}",
                        fixture.name,
                        place.pointer,
                        lines(&mutated.issues)
                    );
                    done += 1;
                }
            }
            done
        },
        5000,
    );
}

#[test]
fn a_required_member_is_missed_where_it_was() {
    each(
        |fixture, places, _| {
            let mut done = 0;
            for place in places.members.iter().filter(|place| !place.item) {
                let mutated = report(
                    &without(&fixture.request, &place.pointer).to_string(),
                    fixture.platform,
                );
                if place.member.required && !place.member.limits.advised {
                    assert_error(
                        &mutated,
                        &place.pointer,
                        &place.code("missing"),
                        &fixture.name,
                    );
                    done += 1;
                } else {
                    // A rule between members may miss it; nothing else can be wrong where nothing
                    // is.
                    for issue in at(&mutated, &place.pointer) {
                        assert!(
                            issue.code.ends_with(".missing"),
                            "{}: {} at {}, which is gone",
                            fixture.name,
                            issue.code,
                            place.pointer
                        );
                    }
                }
            }
            done
        },
        300,
    );
}

#[test]
fn an_empty_list_is_too_few_if_the_table_says_so() {
    each(
        |fixture, places, _| {
            let mut done = 0;
            for place in places
                .members
                .iter()
                .filter(|place| matches!(place.kind, Kind::Array(_)))
            {
                let mutated = report(
                    &with(&fixture.request, &place.pointer, json!([])).to_string(),
                    fixture.platform,
                );
                if place.member.limits.min > 0 {
                    assert_error(
                        &mutated,
                        &place.pointer,
                        &place.code("too_few"),
                        &fixture.name,
                    );
                    done += 1;
                } else {
                    let errors = at(&mutated, &place.pointer)
                        .into_iter()
                        .filter(|issue| issue.severity == Severity::Error)
                        .count();
                    assert_eq!(
                        errors,
                        0,
                        "{}: an empty list at {}\n{}",
                        fixture.name,
                        place.pointer,
                        lines(&mutated.issues)
                    );
                }
            }
            done
        },
        50,
    );
}

#[test]
fn an_empty_text_is_an_error_if_the_table_says_so() {
    each(
        |fixture, places, _| {
            let mut done = 0;
            let texts = places.members.iter().filter(|place| {
                matches!(place.kind, Kind::String | Kind::StringOrNumber | Kind::Id) && !place.item
            });
            for place in texts.filter(|place| place.member.required || place.member.limits.min > 0)
            {
                let mutated = report(
                    &with(&fixture.request, &place.pointer, json!("")).to_string(),
                    fixture.platform,
                );
                assert_error(
                    &mutated,
                    &place.pointer,
                    &place.code("empty"),
                    &fixture.name,
                );
                done += 1;
            }
            done
        },
        200,
    );
}

#[test]
fn a_text_is_too_long_one_above_its_limit() {
    each(
        |fixture, places, _| {
            let mut done = 0;
            let texts = places.members.iter().filter(|place| {
                matches!(place.kind, Kind::String | Kind::StringOrNumber | Kind::Id) && !place.item
            });
            for place in texts {
                let limits = place.member.limits;
                let instagram = fixture.platform.name() == "instagram";
                let (limit, end) = match (instagram, limits.instagram_max) {
                    (true, bytes) if bytes > 0 => (bytes, "too_many_bytes"),
                    _ if limits.max < u32::MAX => (limits.max, "too_long"),
                    _ => continue,
                };
                let with_length = |length: u32| {
                    let text = "a".repeat(usize::try_from(length).unwrap());
                    report(
                        &with(&fixture.request, &place.pointer, json!(text)).to_string(),
                        fixture.platform,
                    )
                };
                let code = place.code(end);
                assert!(
                    !with_length(limit)
                        .issues
                        .iter()
                        .any(|issue| issue.code == code),
                    "{}: {code} at the limit",
                    fixture.name
                );
                let above = with_length(limit + 1);
                let issue = at(&above, &place.pointer)
                    .into_iter()
                    .find(|issue| issue.code == code);
                let issue = issue.unwrap_or_else(|| {
                    panic!(
                        "{}: no {code} above the limit:\n{}",
                        fixture.name,
                        lines(&above.issues)
                    )
                });
                let softer = instagram && limits.instagram_truncates;
                assert_eq!(
                    issue.severity,
                    if softer {
                        Severity::Warning
                    } else {
                        Severity::Error
                    },
                    "{code}"
                );
                assert_eq!(
                    (issue.limit, issue.actual),
                    (Some(limit), Some(limit + 1)),
                    "{code}"
                );
                done += 1;
            }
            done
        },
        150,
    );
}

#[test]
fn an_unknown_member_is_one_more_warning() {
    each(
        |fixture, places, before| {
            for place in &places.objects {
                let pointer = format!("{}/colour~1of~0it", place.pointer);
                let mutated = report(
                    &with(&fixture.request, &pointer, json!({"deep": [null]})).to_string(),
                    fixture.platform,
                );
                let mut wanted = before.to_vec();
                wanted.push((pointer, "warning".to_owned(), "member.unknown".to_owned()));
                wanted.sort();
                assert_eq!(
                    sorted(&mutated.issues),
                    wanted,
                    "{}: an unknown member in {:?}",
                    fixture.name,
                    place.pointer
                );
            }
            places.objects.len()
        },
        300,
    );
}

#[test]
fn a_typo_gets_a_suggestion() {
    let camel = |name: &str| {
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| {
            name + &word[..1].to_ascii_uppercase() + &word[1..]
        })
    };
    let mut names = BTreeSet::new();
    for fixture in legal() {
        for place in places(&fixture.request).objects {
            let known: Vec<_> = place
                .object
                .members
                .iter()
                .map(|member| member.name)
                .chain(place.union.map(|union| union.tag.name))
                .collect();
            for name in known.iter().filter(|name| name.len() > 4) {
                for slip in [
                    format!("{name}x"),
                    camel(name),
                    name[1..].to_owned(),
                    name.to_uppercase(),
                ] {
                    if known.contains(&slip.as_str()) {
                        continue;
                    }
                    let pointer = format!("{}/{slip}", place.pointer);
                    let mutated = report(
                        &with(&fixture.request, &pointer, json!(1)).to_string(),
                        fixture.platform,
                    );
                    let issue = at(&mutated, &pointer)[0];
                    // A further underscore is another spelling.
                    if issue.code == "member.misspelt" {
                        assert!(issue.message.contains(name), "{}", issue.message);
                        continue;
                    }
                    assert_eq!(issue.code, "member.unknown");
                    let hint = issue
                        .message
                        .split_once("Did you mean ")
                        .map_or("", |(_, hint)| hint.trim_end_matches('?'));
                    // `attachmentsx` is as near to `attachments` as `attachmentx` is to both.
                    assert!(
                        hint == *name || known.contains(&hint) && hint.starts_with(name),
                        "{slip} in {}: {}",
                        place.object.name,
                        issue.message
                    );
                    names.insert(slip);
                }
            }
        }
    }
    assert!(names.len() > 200, "only {} names were tried", names.len());
}

#[test]
fn the_last_duplicate_wins() {
    each(
        |fixture, places, before| {
            let pointers: Vec<_> = places
                .members
                .iter()
                .filter(|place| !place.item)
                .map(|place| &place.pointer)
                .chain(&places.strangers)
                .collect();
            for pointer in &pointers {
                // The first one is of the wrong type, or has mistakes inside: they do not count.
                for copy in ["null", r#"{"type":"colour","text":""}"#, r#"["\ud800"]"#] {
                    for first in [First::Adjacent, First::AtTheHead] {
                        if copy.contains("\\ud800") && places.strangers.contains(pointer) {
                            continue;
                        }
                        let text = twice(&fixture.request, pointer, copy, first);
                        let mut wanted = before.to_vec();
                        wanted.push((
                            (*pointer).clone(),
                            "warning".to_owned(),
                            "json.duplicate_member".to_owned(),
                        ));
                        wanted.sort();
                        let mutated = report(&text, fixture.platform);
                        assert_eq!(
                            sorted(&mutated.issues),
                            wanted,
                            "{}: {pointer} twice, {first:?}, the first {copy}",
                            fixture.name
                        );
                    }
                }
            }
            pointers.len()
        },
        1000,
    );
}

#[test]
fn only_issues_of_the_last_duplicate_remain() {
    each(
        |fixture, places, _| {
            let wrong: Vec<_> = places
                .members
                .iter()
                .filter(|place| !place.item && !matches!(place.kind, Kind::Any))
                .collect();
            for place in &wrong {
                let request = with(&fixture.request, &place.pointer, Value::Null);
                let mut wanted = sorted(&report(&request.to_string(), fixture.platform).issues);
                wanted.push((
                    place.pointer.clone(),
                    "warning".to_owned(),
                    "json.duplicate_member".to_owned(),
                ));
                wanted.sort();
                let right = fixture.request.pointer(&place.pointer).unwrap().to_string();
                for first in [First::Adjacent, First::AtTheHead] {
                    let mutated = report(
                        &twice(&request, &place.pointer, &right, first),
                        fixture.platform,
                    );
                    assert_eq!(
                        sorted(&mutated.issues),
                        wanted,
                        "{}: {} twice, {first:?}, the last null",
                        fixture.name,
                        place.pointer
                    );
                }
            }
            wrong.len()
        },
        1000,
    );
}

#[test]
fn the_order_of_members_does_not_matter() {
    /// The text with the members of every object in the other order.
    fn reversed(value: &Value) -> String {
        match value {
            Value::Object(members) => {
                let parts: Vec<_> = members
                    .iter()
                    .rev()
                    .map(|(name, value)| {
                        format!("{}:{}", Value::from(name.as_str()), reversed(value))
                    })
                    .collect();
                format!("{{{}}}", parts.join(","))
            }
            Value::Array(items) => format!(
                "[{}]",
                items.iter().map(reversed).collect::<Vec<_>>().join(",")
            ),
            other => other.to_string(),
        }
    }
    for case in crate::support::fixtures::illegal() {
        let issues = report(&reversed(&case.request), case.platform).issues;
        assert_eq!(
            sorted(&issues),
            case.issues,
            "{}, its members in the other order",
            case.name
        );
    }
}

#[test]
fn an_unknown_tag_is_one_mistake() {
    each(
        |fixture, places, before| {
            let mut done = 0;
            for place in &places.objects {
                let Some(union) = place.union.filter(|union| !tags(union).open) else {
                    continue;
                };
                let pointer = format!("{}/{}", place.pointer, union.tag.name);
                let mutated = report(
                    &with(&fixture.request, &pointer, json!("colour")).to_string(),
                    fixture.platform,
                );
                let inside: Vec<_> = mutated
                    .issues
                    .iter()
                    .filter(|issue| issue.pointer.starts_with(&place.pointer))
                    .map(found)
                    .collect();
                let code = format!("{}.{}.unknown_value", union.prefix, union.tag.name);
                assert_eq!(
                    inside,
                    [(pointer, "error".to_owned(), code)],
                    "{}, issues before: {before:?}",
                    fixture.name
                );
                done += 1;
            }
            done
        },
        100,
    );
}
