//! The options: every rule that is not fixed can be an error, a warning or off; invalid options are
//! reported.

use crate::support::fixtures::illegal;
use crate::support::{Found, HELLO, assert_issues_with, lines, sorted};
use messenger_send::build::build_message;
use messenger_send::payload::spec::{Platform, Severity};
use messenger_send::validate::{
    InvalidOption, Issue, MAX_BYTES, RuleOptions, RuleSetting, rules, validate_json,
};
use std::collections::{BTreeMap, BTreeSet};

/// A text that breaks a rule, and the issues of such a text.
struct Breaker {
    text: String,
    platform: Platform,
    /// It is a draft.
    draft: bool,
}

impl Breaker {
    fn issues(&self, options: &RuleOptions) -> Vec<Issue> {
        if self.draft {
            build_message(&self.text, options).map_or_else(|error| error.issues, |_| Vec::new())
        } else {
            validate_json(&self.text, options).issues
        }
    }
}

/// For each rule, a text that breaks it.
fn breakers() -> BTreeMap<String, Breaker> {
    let mut breakers = BTreeMap::new();
    for case in illegal() {
        for (_, _, code) in &case.issues {
            let breaker = Breaker {
                text: case.request.to_string(),
                platform: case.platform,
                draft: false,
            };
            breakers.entry(code.clone()).or_insert(breaker);
        }
    }
    let texts = [
        ("json.duplicate_member", r#"{"recipient":{"id":"1","id":"1"},"messaging_type":"RESPONSE","message":{"text":"hi"}}"#.to_owned()),
        ("json.lone_surrogate", r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"\ud800"}}"#.to_owned()),
        ("json.malformed", "{".to_owned()),
        ("json.not_an_object", "[]".to_owned()),
        ("json.too_deep", format!("{{\"x\":{}{}}}", "[".repeat(128), "]".repeat(128))),
        ("json.too_large", " ".repeat(MAX_BYTES + 1)),
        ("json.too_many_issues", format!("{{\"message\":{{\"quick_replies\":[{}0]}}}}", "0,".repeat(1000))),
    ];
    for (code, text) in texts {
        breakers.insert(
            code.to_owned(),
            Breaker {
                text,
                platform: Platform::Messenger,
                draft: false,
            },
        );
    }
    let drafts = [
        ("draft.no_content", r#"{"to":"1"}"#),
        (
            "draft.buttons_without_text",
            r#"{"to":"1","sticker":"1","buttons":[]}"#,
        ),
        ("draft.recipient_number", r#"{"to":1,"text":"hi"}"#),
        (
            "draft.no_place",
            r#"{"to":"1","sender_action":"typing_on","metadata":"x"}"#,
        ),
        ("draft.no_recipient", r#"{"text":"hi"}"#),
        (
            "draft.several_contents",
            r#"{"to":"1","text":"hi","sticker":"1"}"#,
        ),
        (
            "draft.unknown_member",
            r#"{"to":"1","text":"hi","colour":1}"#,
        ),
    ];
    for (code, text) in drafts {
        breakers.insert(
            code.to_owned(),
            Breaker {
                text: text.to_owned(),
                platform: Platform::Messenger,
                draft: true,
            },
        );
    }
    breakers
}

fn of_code(issues: &[Issue], code: &str) -> Vec<Found> {
    sorted(issues)
        .into_iter()
        .filter(|(_, _, other)| other == code)
        .collect()
}

#[test]
fn every_rule_obeys_its_setting() {
    let breakers = breakers();
    let mut obeyed = 0;
    for rule in rules() {
        let code = rule.code.as_str();
        // These two come from outside a text: see `bad_input.rs`, and below.
        if ["json.unserializable", "options.invalid"].contains(&code) {
            assert!(rule.fixed, "{code}");
            continue;
        }
        let breaker = breakers
            .get(code)
            .unwrap_or_else(|| panic!("nothing breaks {code}"));
        let usual = breaker.issues(&RuleOptions::default().platform(breaker.platform));
        assert!(
            !of_code(&usual, code).is_empty(),
            "{code} is not broken:\n{}",
            lines(&usual)
        );
        for (setting, severity) in [
            (RuleSetting::Off, None),
            (RuleSetting::Warning, Some(Severity::Warning)),
            (RuleSetting::Error, Some(Severity::Error)),
        ] {
            let mut options = RuleOptions::default().platform(breaker.platform);
            options = options.rule(code, setting);
            let issues = breaker.issues(&options);
            if rule.fixed {
                assert_eq!(issues, usual, "{code} is fixed, {setting:?}");
                continue;
            }
            // A draft that is let pass makes a request, which has issues of its own.
            if breaker.draft && severity != Some(Severity::Error) {
                assert_eq!(of_code(&issues, code), [], "{code} {setting:?}");
            } else {
                let mut wanted = usual.clone();
                wanted.retain(|issue| severity.is_some() || issue.code != code);
                for issue in wanted.iter_mut().filter(|issue| issue.code == code) {
                    issue.severity = severity.unwrap();
                }
                assert_eq!(sorted(&issues), sorted(&wanted), "{code} {setting:?}");
            }
            obeyed += 1;
        }
    }
    assert!(obeyed > 1800, "only {obeyed} settings were tried");
}

#[test]
fn rules_about_unreadable_requests_are_fixed() {
    let fixed: BTreeSet<_> = rules()
        .iter()
        .filter(|rule| rule.fixed)
        .map(|rule| rule.code.as_str())
        .collect();
    assert_eq!(
        fixed,
        BTreeSet::from([
            "json.malformed",
            "json.not_an_object",
            "json.too_deep",
            "json.too_large",
            "json.too_many_issues",
            "json.unserializable",
            "options.invalid"
        ])
    );
}

#[test]
fn a_rule_that_went_stale_does_not_stop_a_message() {
    let next_year = r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"attachment":{"type":"template","payload":
        {"template_type":"carousel","cards":[{"title":"a"}]}}}}"#;
    assert_issues_with(
        next_year,
        &RuleOptions::default(),
        &[(
            "/message/attachment/payload/template_type",
            "error",
            "template.template_type.unknown_value",
        )],
    );
    let mut options = RuleOptions::default();
    options = options.rule("template.template_type.unknown_value", RuleSetting::Off);
    assert_issues_with(next_year, &options, &[]);
    options = options.rule("template.template_type.unknown_value", RuleSetting::Warning);
    assert!(validate_json(next_year, &options).valid());
}

#[test]
fn the_last_setting_of_a_rule_counts() {
    let mut options = RuleOptions::default();
    let untouched = options.clone();
    options = options.rule("member.unknown", RuleSetting::Error);
    options = options.rule("member.unknown", RuleSetting::Off);
    assert_issues_with(
        &HELLO.replace("\"text\"", "\"x\":1,\"text\""),
        &options,
        &[],
    );
    options = options.rule("json.malformed", RuleSetting::Off);
    assert_ne!(options, untouched);
}

#[test]
fn options_are_read_from_json() {
    let options = RuleOptions::from_json(
        r#"{"platform":"instagram","rules":{"text.empty":"warning","member.unknown":"off","text.at_limit":"error"}}"#,
    );
    let wanted = RuleOptions::instagram()
        .rule("text.empty", RuleSetting::Warning)
        .rule("member.unknown", RuleSetting::Off)
        .rule("text.at_limit", RuleSetting::Error);
    assert_eq!(options, wanted);
    assert_eq!(
        (options.invalid(), options.target()),
        (&[][..], Platform::Instagram)
    );
    for nothing in [
        "{}",
        r#"{"platform":"messenger"}"#,
        r#"{"rules":{}}"#,
        r#"{"else":1}"#,
        r#"{"rules":{"json.malformed":"off"}}"#,
    ] {
        assert_eq!(
            RuleOptions::from_json(nothing),
            RuleOptions::default(),
            "{nothing}"
        );
    }
    let escaped = RuleOptions::from_json(
        r#"{ "pl\u0061tform" : "inst\u0061gram" , "rules" : { "text\u002eempty" : "o\u0066f" } }"#,
    );
    assert_eq!(
        escaped,
        RuleOptions::instagram().rule("text.empty", RuleSetting::Off)
    );
}

/// These options have these mistakes, each in a sentence that has the words.
#[track_caller]
fn assert_invalid(json: &str, words: &[&str]) -> RuleOptions {
    let options = RuleOptions::from_json(json);
    let invalid = options.invalid();
    assert_eq!(invalid.len(), words.len(), "{json}: {invalid:?}");
    for (invalid, words) in invalid.iter().map(InvalidOption::message).zip(words) {
        assert!(invalid.contains(words), "{json}: {invalid}");
        assert!(
            invalid.ends_with(['.', '?']) && invalid.chars().count() < 200,
            "{invalid}"
        );
    }
    options
}

/// What else there is in the options.
#[track_caller]
fn assert_same_but_for_invalid(options: &RuleOptions, wanted: &RuleOptions) {
    assert_eq!(options.target(), wanted.target());
    for case in illegal() {
        let request = case.request.to_string();
        let of_request = |options| {
            validate_json(&request, options)
                .issues
                .into_iter()
                .filter(|issue| issue.code != "options.invalid")
        };
        assert!(of_request(options).eq(of_request(wanted)), "{}", case.name);
    }
}

#[test]
fn invalid_options_are_reported() {
    let default = RuleOptions::default();
    for no_object in [
        "",
        "null",
        "[]",
        "7",
        "\"instagram\"",
        "{",
        "{}x",
        "{\"platform\":}",
    ] {
        assert_same_but_for_invalid(&assert_invalid(no_object, &["must be an object"]), &default);
    }
    for platform in [
        "null",
        "\"whatsapp\"",
        "\"Instagram\"",
        "1",
        "[\"instagram\"]",
        "\"\"",
    ] {
        assert_same_but_for_invalid(
            &assert_invalid(
                &format!("{{\"platform\":{platform}}}"),
                &["platform must be"],
            ),
            &default,
        );
    }
    for rules in ["null", "[]", "\"off\"", "0"] {
        assert_same_but_for_invalid(
            &assert_invalid(
                &format!("{{\"rules\":{rules}}}"),
                &["rules must be an object"],
            ),
            &default,
        );
    }
    for setting in ["null", "true", "0", "\"warn\"", "\"OFF\"", "{}"] {
        let options = assert_invalid(
            &format!("{{\"rules\":{{\"text.empty\":{setting}}}}}"),
            &["text.empty"],
        );
        assert_same_but_for_invalid(&options, &default);
    }
    assert_invalid(
        r#"{"rules":{"text.too_lang":"off"}}"#,
        &["Did you mean \"text.too_long\"?"],
    );
    assert_invalid(
        &format!(r#"{{"rules":{{"{}":"off"}}}}"#, "x".repeat(5000)),
        &["There is no rule \"xxx"],
    );
    // What can be is kept beside what cannot be.
    let options = assert_invalid(
        r#"{"platform":7,"rules":{"nonsense":"off","text.empty":"of","metadata.at_limit":"off"}}"#,
        &["platform", "nonsense", "text.empty"],
    );
    assert_same_but_for_invalid(
        &options,
        &default.rule("metadata.at_limit", RuleSetting::Off),
    );
}

#[test]
fn options_are_deserialized_as_they_are_read() {
    for json in [
        r#"{"platform":"instagram","rules":{"text.empty":"off"}}"#,
        r#"{"rules":{"nonsense":"off"}}"#,
        "7",
        "null",
        "[1]",
        r#"{"platform":1}"#,
    ] {
        assert_eq!(
            serde_json::from_str::<RuleOptions>(json).unwrap(),
            RuleOptions::from_json(json),
            "{json}"
        );
    }
    assert_eq!(
        RuleOptions::default().rule("nonsense", RuleSetting::Off),
        RuleOptions::from_json(r#"{"rules":{"nonsense":"off"}}"#)
    );
}

#[test]
fn invalid_options_are_errors_at_the_head_of_the_report() {
    let options = RuleOptions::from_json(r#"{"platform":"whatsapp","rules":{"nonsense":"off"}}"#);
    let request = HELLO.replace("hello, world", "");
    let report = validate_json(&request, &options);
    let codes: Vec<_> = report
        .issues
        .iter()
        .map(|issue| (&*issue.code, issue.pointer.as_str()))
        .collect();
    assert_eq!(
        codes,
        [
            ("options.invalid", ""),
            ("options.invalid", ""),
            ("text.empty", "/message/text")
        ]
    );
    assert_eq!(report.issues[0].message, options.invalid()[0].message());
    assert!(!validate_json(HELLO, &options).valid());
    let too_large = validate_json(" ".repeat(MAX_BYTES + 1), &options);
    assert_eq!(
        too_large
            .issues
            .iter()
            .map(|issue| &*issue.code)
            .collect::<Vec<_>>(),
        ["options.invalid", "options.invalid", "json.too_large"]
    );
    let error = build_message(r#"{"to":"1","text":""}"#, &options).unwrap_err();
    assert_eq!((error.issues.len(), error.request_json()), (2, None));
}

#[test]
fn the_platform_decides_which_rules_there_are() {
    let file =
        r#"{"recipient":{"id":"1"},"message":{"text":"TEXT"}}"#.replace("TEXT", &"a".repeat(1500));
    assert_issues_with(
        &file,
        &RuleOptions::default().platform(Platform::Messenger),
        &[("/messaging_type", "warning", "messaging_type.missing")],
    );
    assert_issues_with(
        &file,
        &RuleOptions::default().platform(Platform::Instagram),
        &[("/message/text", "error", "text.too_many_bytes")],
    );
    // No rule of one platform is told on the other.
    let mut met = BTreeSet::new();
    for case in illegal() {
        for platform in [Platform::Messenger, Platform::Instagram] {
            for issue in validate_json(
                case.request.to_string(),
                &RuleOptions::default().platform(platform),
            )
            .issues
            {
                let rule = rules().iter().find(|rule| rule.code == issue.code).unwrap();
                assert!(
                    rule.platforms.contains(&platform),
                    "{} on {}",
                    issue.code,
                    platform.name()
                );
                if rule.platforms.len() == 1 {
                    met.insert(issue.code);
                }
            }
        }
    }
    assert!(met.len() > 10, "only {met:?} are of one platform");
}
