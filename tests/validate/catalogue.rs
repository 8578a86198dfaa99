//! The catalogue: it is well-formed, a case violates each of its rules, and every issue matches it.

use crate::support::fixtures::{illegal, legal};
use crate::support::{PLATFORMS, report};
use messenger_send::build::Draft;
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::{Kind, Object, Platform, Severity, Unit};
use messenger_send::validate::{Issue, find_rule, rules};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_row_has_a_page_and_a_sentence() {
    for rule in rules() {
        let code = &rule.code;
        assert!(
            rule.source
                .url
                .starts_with("https://developers.facebook.com/"),
            "{code}: {}",
            rule.source.url
        );
        assert!(
            rule.source.date.starts_with("20") && matches!(rule.source.date.len(), 4 | 7 | 10),
            "{code}: {}",
            rule.source.date
        );
        assert!(
            rule.summary.len() > 10 && rule.summary.ends_with('.'),
            "{code}: {:?}",
            rule.summary
        );
        assert!(code.split('.').count() >= 2, "{code}");
        assert!(
            code.chars().all(|letter| letter.is_ascii_lowercase()
                || letter.is_ascii_digit()
                || matches!(letter, '.' | '_')),
            "{code}"
        );
        assert!(!rule.platforms.is_empty(), "{code} is for no platform");
        if let Some(since) = rule.since {
            assert!(
                since.starts_with("20") && matches!(since.len(), 4 | 7 | 10),
                "{code}: {since}"
            );
        }
    }
}

#[test]
fn codes_are_unique_and_found() {
    let codes: BTreeSet<_> = rules().iter().map(|rule| rule.code.as_str()).collect();
    assert_eq!(codes.len(), rules().len());
    for rule in rules() {
        assert_eq!(find_rule(&rule.code), Some(rule));
    }
    for stranger in ["", "text", "text.too_long.", "zzz", "TEXT.TOO_LONG"] {
        assert_eq!(find_rule(stranger), None);
    }
}

#[test]
fn the_catalogue_serializes_completely() {
    let rows: Vec<Value> = serde_json::from_str(&serde_json::to_string(rules()).unwrap()).unwrap();
    assert_eq!(rows.len(), rules().len());
    for (row, rule) in rows.iter().zip(rules()) {
        let platforms: Vec<_> = rule
            .platforms
            .iter()
            .map(|platform| platform.name())
            .collect();
        let mut wanted = serde_json::json!({
            "code": rule.code, "severity": rule.severity.name(), "summary": rule.summary, "platforms": platforms, "docs": rule.source.url,
        });
        let optional = [
            ("limit", rule.limit.map(Value::from)),
            ("unit", rule.unit.map(|unit| unit.name().into())),
            ("since", rule.since.map(Value::from)),
            ("graphCode", rule.graph_code.map(Value::from)),
        ];
        for (name, value) in optional {
            if let Some(value) = value {
                wanted[name] = value;
            }
        }
        assert_eq!(row, &wanted);
    }
}

/// The rules that no request in `illegal.json` can break, and the tests that break them.
const ELSEWHERE: [(&str, &str); 16] = [
    (
        "draft.buttons_without_text",
        "build.rs: a draft is no request",
    ),
    ("draft.no_content", "build.rs"),
    ("draft.no_place", "build.rs"),
    ("draft.no_recipient", "build.rs"),
    ("draft.recipient_number", "build.rs"),
    ("draft.several_contents", "build.rs"),
    ("draft.unknown_member", "build.rs"),
    (
        "json.duplicate_member",
        "mutations.rs: the fixtures are read into a tree, which has each member once",
    ),
    (
        "json.lone_surrogate",
        "bad_input.rs: serde_json does not read it",
    ),
    ("json.malformed", "bad_input.rs"),
    ("json.not_an_object", "bad_input.rs"),
    ("json.too_deep", "bad_input.rs"),
    ("json.too_large", "bad_input.rs"),
    ("json.too_many_issues", "bad_input.rs"),
    (
        "json.unserializable",
        "bad_input.rs: only a JavaScript value can be so",
    ),
    ("options.invalid", "options.rs"),
];

#[test]
fn every_rule_is_broken_by_a_case() {
    let broken: BTreeSet<String> = illegal()
        .into_iter()
        .flat_map(|case| case.issues)
        .map(|(_, _, code)| code)
        .collect();
    let unbroken: BTreeSet<_> = rules()
        .iter()
        .map(|rule| rule.code.as_str())
        .filter(|code| !broken.contains(*code))
        .collect();
    assert_eq!(
        unbroken,
        ELSEWHERE.map(|(code, _)| code).into(),
        "these rules (left) have no case, and only these (right) may have none"
    );
    for code in broken {
        assert!(
            find_rule(&code).is_some(),
            "illegal.json has {code}, which is no rule"
        );
    }
}

#[test]
fn every_rule_of_one_platform_is_broken_on_it_and_nowhere_else() {
    let mut on = BTreeMap::<String, BTreeSet<&str>>::new();
    for case in illegal() {
        for (_, _, code) in case.issues {
            on.entry(code).or_default().insert(case.platform.name());
        }
    }
    for (code, platforms) in on {
        let rule = find_rule(&code).unwrap();
        let allowed: Vec<_> = rule
            .platforms
            .iter()
            .map(|platform| platform.name())
            .collect();
        for platform in &platforms {
            assert!(
                allowed.contains(platform),
                "{code} is broken on {platform}, but is for {allowed:?}"
            );
        }
        if let [one] = allowed[..] {
            assert!(platforms.contains(one), "{code}");
        }
    }
}

/// The pages of each member, by what its codes begin with: one code may be of several objects.
fn pages() -> BTreeMap<String, BTreeSet<&'static str>> {
    fn object(
        object: &'static Object,
        seen: &mut Vec<&'static str>,
        pages: &mut BTreeMap<String, BTreeSet<&'static str>>,
    ) {
        if seen.contains(&object.name) {
            return;
        }
        seen.push(object.name);
        for member in object.members {
            let name = if object.prefix.is_empty() {
                member.name.to_owned()
            } else {
                format!("{}.{}", object.prefix, member.name)
            };
            pages
                .entry(name)
                .or_default()
                .insert(member.limits.source.unwrap_or(object.source).url);
            pages
                .entry("member.unknown".to_owned())
                .or_default()
                .insert(object.source.url);
            kind(&member.kind, seen, pages);
        }
    }
    fn kind(
        kind_: &'static Kind,
        seen: &mut Vec<&'static str>,
        pages: &mut BTreeMap<String, BTreeSet<&'static str>>,
    ) {
        match kind_ {
            Kind::Object(inner) => object(inner, seen, pages),
            Kind::Array(inner) | Kind::Short(inner) | Kind::Drafted(inner) => {
                kind(inner, seen, pages)
            }
            Kind::Union(union) => {
                pages
                    .entry(format!("{}.{}", union.prefix, union.tag.name))
                    .or_default()
                    .insert(union.source.url);
                for variant in union.variants {
                    pages
                        .entry("member.unknown".to_owned())
                        .or_default()
                        .insert(variant.source.url);
                    object(variant, seen, pages);
                }
            }
            _ => {}
        }
    }
    let (mut seen, mut pages) = (Vec::new(), BTreeMap::new());
    object(SendRequest::OBJECT, &mut seen, &mut pages);
    object(Draft::OBJECT, &mut seen, &mut pages);
    pages.insert(
        "member.misspelt".to_owned(),
        pages["member.unknown"].clone(),
    );
    pages
}

#[track_caller]
fn assert_as_the_catalogue(
    issue: &Issue,
    platform: Platform,
    pages: &BTreeMap<String, BTreeSet<&'static str>>,
) {
    let code = &*issue.code;
    let rule = find_rule(code).unwrap_or_else(|| panic!("{code} is not in the catalogue"));
    assert!(
        rule.platforms.contains(&platform),
        "{code} is told on {}, but is for {:?}",
        platform.name(),
        rule.platforms
    );
    let instagram = platform == Platform::Instagram;
    // Instagram cuts a quick reply's title by itself: the one rule that is softer there.
    let softer = instagram && code == "quick_reply.title.too_long";
    assert_eq!(
        issue.severity,
        if softer {
            Severity::Warning
        } else {
            rule.severity
        },
        "severity of {code}"
    );
    let of_member = code
        .rsplit_once('.')
        .and_then(|(member, _)| pages.get(member));
    let of_code = pages.get(code);
    let known = issue.docs == rule.source.url
        || of_member
            .or(of_code)
            .is_some_and(|pages| pages.contains(issue.docs));
    assert!(known, "docs of {code}: {}", issue.docs);
    if code.ends_with(".at_limit") && instagram && issue.unit == Some(Unit::Bytes) {
        assert_eq!(issue.limit, Some(1000), "{code}");
    } else if code.ends_with(".out_of_range") && issue.actual.is_none_or(|actual| actual < 1) {
        assert_eq!(
            issue.limit,
            Some(1),
            "below the least, the least is the limit: {code}"
        );
    } else {
        assert_eq!(
            issue.limit,
            rule.limit
                .filter(|_| issue.limit.is_some() || issue.actual.is_some()),
            "limit of {code}"
        );
        assert_eq!(
            issue.unit,
            rule.unit
                .filter(|_| issue.limit.is_some() || issue.actual.is_some()),
            "unit of {code}"
        );
    }
    // Each tag was withdrawn on its own date, and the catalogue's row has the first.
    if !code.ends_with(".withdrawn") && !softer {
        assert_eq!(issue.graph_code, rule.graph_code, "graphCode of {code}");
    }
    assert!(
        issue.message.len() > 10 && issue.message.ends_with(['.', '?']),
        "{code}: {}",
        issue.message
    );
    for number in [issue.limit, issue.actual].into_iter().flatten() {
        assert!(
            issue.message.contains(&number.to_string()),
            "{code}: {number} is not in {:?}",
            issue.message
        );
    }
}

#[test]
fn every_issue_matches_the_catalogue() {
    let pages = pages();
    let mut codes = BTreeSet::new();
    let requests = illegal()
        .into_iter()
        .map(|case| case.request)
        .chain(legal().into_iter().map(|fixture| fixture.request));
    for request in requests {
        for platform in PLATFORMS {
            for issue in report(&request.to_string(), platform).issues {
                assert_as_the_catalogue(&issue, platform, &pages);
                codes.insert(issue.code);
            }
        }
    }
    assert!(codes.len() > 600, "only {} rules were met", codes.len());
}

#[test]
fn an_issue_with_a_limit_has_the_actual_value() {
    // Every rule with a limit that a case breaks has the limit, what there is, and the unit in its
    // issue.
    for case in illegal() {
        for issue in report(&case.request.to_string(), case.platform).issues {
            let counted = [
                ".too_long",
                ".too_short",
                ".too_many",
                ".too_few",
                ".too_many_bytes",
                ".too_many_on_instagram",
                ".at_limit",
                ".maybe_too_long",
            ];
            if counted.iter().any(|end| issue.code.ends_with(end)) {
                assert!(
                    issue.limit.is_some() && issue.actual.is_some() && issue.unit.is_some(),
                    "{}: {issue:?}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn a_withdrawn_value_has_its_date_and_replacement() {
    let mut told = 0;
    for case in illegal() {
        for issue in report(&case.request.to_string(), case.platform).issues {
            if issue.code.ends_with(".withdrawn") {
                assert!(
                    (issue.message.contains(" was withdrawn on 20")
                        || issue.message.contains(" was withdrawn in 20"))
                        && issue.message.contains(": use "),
                    "{}",
                    issue.message
                );
                told += 1;
            }
        }
    }
    assert!(told >= 10, "only {told} withdrawn values have a case");
}
