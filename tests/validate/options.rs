//! The options: every rule that is not fixed can be made an error, a warning, or nothing; what cannot be is told.

use crate::support::fixtures::illegal;
use crate::support::{Found, HELLO, assert_issues_with, lines, sorted};
use messenger_send::build::build_message;
use messenger_send::payload::spec::{Platform, Severity};
use messenger_send::validate::{Issue, MAX_BYTES, Options, Report, Setting, catalogue, validate, with_invalid_options};
use std::collections::{BTreeMap, BTreeSet};

/// A text that breaks a rule, and the issues of such a text.
struct Breaker {
    text: String,
    platform: Platform,
    /// It is a draft.
    draft: bool,
}

impl Breaker {
    fn issues(&self, options: &Options) -> Vec<Issue> {
        if self.draft {
            build_message(&self.text, options).map_or_else(|error| error.issues, |_| Vec::new())
        } else {
            validate(&self.text, options).issues
        }
    }
}

/// For each rule, a text that breaks it.
fn breakers() -> BTreeMap<String, Breaker> {
    let mut breakers = BTreeMap::new();
    for case in illegal() {
        for (_, _, code) in &case.issues {
            let breaker = Breaker { text: case.request.to_string(), platform: case.platform, draft: false };
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
        breakers.insert(code.to_owned(), Breaker { text, platform: Platform::Messenger, draft: false });
    }
    let drafts = [
        ("draft.no_content", r#"{"to":"1"}"#),
        ("draft.no_place", r#"{"to":"1","sender_action":"typing_on","metadata":"x"}"#),
        ("draft.no_recipient", r#"{"text":"hi"}"#),
        ("draft.several_contents", r#"{"to":"1","text":"hi","sticker":"1"}"#),
        ("draft.unknown_member", r#"{"to":"1","text":"hi","colour":1}"#),
    ];
    for (code, text) in drafts {
        breakers.insert(code.to_owned(), Breaker { text: text.to_owned(), platform: Platform::Messenger, draft: true });
    }
    breakers
}

fn of_code(issues: &[Issue], code: &str) -> Vec<Found> {
    sorted(issues).into_iter().filter(|(_, _, other)| other == code).collect()
}

#[test]
fn every_rule_obeys_its_setting() {
    let breakers = breakers();
    let mut obeyed = 0;
    for rule in catalogue() {
        let code = rule.code.as_str();
        // These two come from outside a text: see `bad_input.rs`, and below.
        if ["json.unserializable", "options.invalid"].contains(&code) {
            assert!(rule.fixed, "{code}");
            continue;
        }
        let breaker = breakers.get(code).unwrap_or_else(|| panic!("nothing breaks {code}"));
        let usual = breaker.issues(&Options::new(breaker.platform));
        assert!(!of_code(&usual, code).is_empty(), "{code} is not broken:\n{}", lines(&usual));
        for (setting, severity) in [(Setting::Off, None), (Setting::Warning, Some(Severity::Warning)), (Setting::Error, Some(Severity::Error))] {
            let mut options = Options::new(breaker.platform);
            options.set(code, setting).unwrap();
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
fn what_tells_that_nothing_can_be_read_is_fixed() {
    let fixed: BTreeSet<_> = catalogue().iter().filter(|rule| rule.fixed).map(|rule| rule.code.as_str()).collect();
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
        &Options::default(),
        &[("/message/attachment/payload/template_type", "error", "template.template_type.unknown_value")],
    );
    let mut options = Options::default();
    options.set("template.template_type.unknown_value", Setting::Off).unwrap();
    assert_issues_with(next_year, &options, &[]);
    options.set("template.template_type.unknown_value", Setting::Warning).unwrap();
    assert!(validate(next_year, &options).valid());
}

#[test]
fn the_last_setting_of_a_rule_counts() {
    let mut options = Options::default();
    let untouched = options.clone();
    options.set("member.unknown", Setting::Error).unwrap();
    options.set("member.unknown", Setting::Off).unwrap();
    assert_issues_with(&HELLO.replace("\"text\"", "\"x\":1,\"text\""), &options, &[]);
    options.set("json.malformed", Setting::Off).unwrap();
    assert_ne!(options, untouched);
}

#[test]
fn options_are_read_from_json() {
    let (options, wrong) =
        Options::from_json(r#"{"platform":"instagram","rules":{"text.empty":"warning","member.unknown":"off","text.at_limit":"error"}}"#);
    assert_eq!(wrong, []);
    let mut wanted = Options::new(Platform::Instagram);
    wanted.set("text.empty", Setting::Warning).unwrap();
    wanted.set("member.unknown", Setting::Off).unwrap();
    wanted.set("text.at_limit", Setting::Error).unwrap();
    assert_eq!(options, wanted);
    assert_eq!(options.platform(), Platform::Instagram);
    for nothing in ["{}", r#"{"platform":"messenger"}"#, r#"{"rules":{}}"#, r#"{"else":1}"#, r#"{"rules":{"json.malformed":"off"}}"#] {
        assert_eq!(Options::from_json(nothing), (Options::default(), vec![]), "{nothing}");
    }
    let (escaped, wrong) = Options::from_json(r#"{ "pl\u0061tform" : "inst\u0061gram" , "rules" : { "text\u002eempty" : "o\u0066f" } }"#);
    let mut wanted = Options::new(Platform::Instagram);
    wanted.set("text.empty", Setting::Off).unwrap();
    assert_eq!((escaped, wrong), (wanted, vec![]));
}

/// These options have these mistakes, each in a sentence that has the words, and nothing else is made of them.
#[track_caller]
fn assert_invalid(json: &str, words: &[&str]) -> Options {
    let (options, wrong) = Options::from_json(json);
    assert_eq!(wrong.len(), words.len(), "{json}: {wrong:?}");
    for (wrong, words) in wrong.iter().zip(words) {
        assert!(wrong.0.contains(words), "{json}: {wrong}");
        assert!(wrong.0.ends_with(['.', '?']) && wrong.0.chars().count() < 200, "{wrong}");
    }
    options
}

#[test]
fn options_that_cannot_be_are_told() {
    for no_object in ["", "null", "[]", "7", "\"instagram\"", "{", "{}x", "{\"platform\":}"] {
        assert_eq!(assert_invalid(no_object, &["must be an object"]), Options::default());
    }
    for platform in ["null", "\"whatsapp\"", "\"Instagram\"", "1", "[\"instagram\"]", "\"\""] {
        assert_eq!(assert_invalid(&format!("{{\"platform\":{platform}}}"), &["platform must be"]), Options::default());
    }
    for rules in ["null", "[]", "\"off\"", "0"] {
        assert_eq!(assert_invalid(&format!("{{\"rules\":{rules}}}"), &["rules must be an object"]), Options::default());
    }
    for setting in ["null", "true", "0", "\"warn\"", "\"OFF\"", "{}"] {
        assert_eq!(assert_invalid(&format!("{{\"rules\":{{\"text.empty\":{setting}}}}}"), &["text.empty"]), Options::default());
    }
    assert_invalid(r#"{"rules":{"text.too_lang":"off"}}"#, &["Did you mean \"text.too_long\"?"]);
    assert_invalid(&format!(r#"{{"rules":{{"{}":"off"}}}}"#, "x".repeat(5000)), &["There is no rule \"xxx"]);
    // What can be is kept beside what cannot be.
    let options = assert_invalid(
        r#"{"platform":7,"rules":{"nonsense":"off","text.empty":"of","metadata.at_limit":"off"}}"#,
        &["platform", "nonsense", "text.empty"],
    );
    let mut wanted = Options::default();
    wanted.set("metadata.at_limit", Setting::Off).unwrap();
    assert_eq!(options, wanted);
}

#[test]
fn invalid_options_are_errors_at_the_head_of_the_report() {
    let (options, wrong) = Options::from_json(r#"{"platform":"whatsapp","rules":{"nonsense":"off"}}"#);
    let request = HELLO.replace("hello, world", "");
    let report = with_invalid_options(validate(&request, &options), wrong.clone());
    let codes: Vec<_> = report.issues.iter().map(|issue| (issue.code.as_str(), issue.pointer.as_str())).collect();
    assert_eq!(codes, [("options.invalid", ""), ("options.invalid", ""), ("text.empty", "/message/text")]);
    assert_eq!(report.issues[0].message, wrong[0].0);
    assert!(!with_invalid_options(validate(HELLO, &options), wrong).valid());
    assert_eq!(with_invalid_options(Report::default(), vec![]), Report::default());
}

#[test]
fn the_platform_decides_which_rules_there_are() {
    let file = r#"{"recipient":{"id":"1"},"message":{"text":"TEXT"}}"#.replace("TEXT", &"a".repeat(1500));
    assert_issues_with(&file, &Options::new(Platform::Messenger), &[("/messaging_type", "warning", "messaging_type.missing")]);
    assert_issues_with(&file, &Options::new(Platform::Instagram), &[("/message/text", "error", "text.too_many_bytes")]);
    // No rule of one platform is told on the other.
    let mut met = BTreeSet::new();
    for case in illegal() {
        for platform in [Platform::Messenger, Platform::Instagram] {
            for issue in validate(&case.request.to_string(), &Options::new(platform)).issues {
                let rule = catalogue().iter().find(|rule| rule.code == issue.code).unwrap();
                assert!(rule.platforms.contains(&platform), "{} on {}", issue.code, platform.name());
                if rule.platforms.len() == 1 {
                    met.insert(issue.code);
                }
            }
        }
    }
    assert!(met.len() > 10, "only {met:?} are of one platform");
}
