//! Fuzzing with random bytes and damaged requests and drafts. Nothing panics, every report is
//! sound, and `serde_json` agrees on what is JSON.
//!
//! It runs for a few seconds, or for `FUZZ_SECONDS`. The seeds are the legal fixtures and the files
//! in `tests/corpus`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use messenger_send::build::{Draft, build_message};
use messenger_send::payload::SendRequest;
use messenger_send::payload::spec::Severity;
use messenger_send::validate::{
    Issue, MAX_BYTES, MAX_ISSUES, RuleOptions, ValidationReport, find_rule, rules, validate_json,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::de::IgnoredAny;
use serde_json::Value;
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use support::{PLATFORMS, assert_points_into, fixtures, lines, without_nulls};

/// What the cases begin with.
fn seeds() -> &'static [Vec<u8>] {
    static SEEDS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let corpus: Vec<_> = files
            .iter()
            .map(|file| std::fs::read(file).unwrap())
            .collect();
        assert!(
            corpus.len() > 10,
            "only {} files are in the corpus",
            corpus.len()
        );
        // Drafts are as many as requests.
        let drafts = files
            .iter()
            .zip(&corpus)
            .filter(|(file, _)| file.to_string_lossy().contains("draft-"))
            .map(|(_, seed)| seed.clone());
        let drafts: Vec<_> = drafts.collect();
        let legal = fixtures::legal()
            .into_iter()
            .map(|fixture| fixture.request.to_string().into_bytes());
        let mut seeds: Vec<_> = legal.collect();
        seeds.extend(drafts.iter().cycle().take(seeds.len() / 2).cloned());
        seeds.extend(corpus);
        seeds
    })
}

/// Pieces that mean something to the reader or to the tables.
fn pieces() -> &'static [String] {
    static PIECES: OnceLock<Vec<String>> = OnceLock::new();
    PIECES.get_or_init(|| {
        let mut pieces: Vec<String> = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1e999",
            "1.50",
            "-",
            "\"\"",
            "{}",
            "[]",
            "\\u0000",
            "\\ud800",
            "\\udc00",
            "\\ud83d\\ude00",
            "\\u00",
            "é",
            "😀",
            "\u{feff}",
            "\u{0}",
            " ",
            "\n",
            "\"a\":",
            "\"type\":\"template\",",
            "\"type\":null,",
            "[[[[[[[[",
            "{\"a\":{\"a\":{\"a\":",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "https://example.com/",
            "http://",
            "+1",
            "TYPING_ON",
            "ACCOUNT_UPDATE",
            "\"phone_number\":\"+1\",",
            "\"buttons\":[{\"payload\":1}],",
        ]
        .map(str::to_owned)
        .into();
        let members = SendRequest::OBJECT
            .members
            .iter()
            .chain(Draft::OBJECT.members);
        pieces.extend(members.map(|member| format!("\"{}\":", member.name)));
        let codes = rules().iter().flat_map(|rule| rule.code.split('.'));
        pieces.extend(
            codes
                .map(|part| format!("\"{part}\""))
                .collect::<std::collections::BTreeSet<_>>(),
        );
        pieces
    })
}

/// One change of some bytes. Places and lengths are taken as far as the bytes go.
#[derive(Clone, Debug)]
enum Damage {
    Set(usize, u8),
    Insert(usize, usize),
    Replace(usize, usize, usize),
    Delete(usize, usize),
    Repeat(usize, usize, usize),
    Move(usize, usize, usize),
    Splice(usize, usize, usize, usize),
    /// A value of JSON is put in place of another.
    Swap(usize, usize),
    /// A member of an object is written twice.
    Twice(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<usize>;
    let length = || 1_usize..40;
    prop_oneof![
        2 => (at(), any::<u8>()).prop_map(|(place, byte)| Damage::Set(place, byte)),
        3 => (at(), at()).prop_map(|(place, piece)| Damage::Insert(place, piece)),
        2 => (at(), length(), at()).prop_map(|(place, length, piece)| Damage::Replace(place, length, piece)),
        2 => (at(), length()).prop_map(|(place, length)| Damage::Delete(place, length)),
        1 => (at(), length(), 2_usize..60).prop_map(|(place, length, times)| Damage::Repeat(place, length, times)),
        1 => (at(), length(), at()).prop_map(|(place, length, to)| Damage::Move(place, length, to)),
        1 => (at(), at(), length(), at()).prop_map(|(seed, place, length, to)| Damage::Splice(seed, place, length, to)),
        5 => (at(), at()).prop_map(|(place, other)| Damage::Swap(place, other)),
        4 => (at(), at()).prop_map(|(place, other)| Damage::Twice(place, other)),
    ]
}

/// A range inside of so many bytes.
fn range(place: usize, length: usize, all: usize) -> std::ops::Range<usize> {
    let from = place % (all + 1);
    from..all.min(from + length)
}

/// Every pointer of a document.
fn pointers(value: &Value, here: &str, out: &mut Vec<String>) {
    out.push(here.to_owned());
    match value {
        Value::Object(members) => members.iter().for_each(|(name, value)| {
            pointers(value, &format!("{here}/{}", support::edit::key(name)), out)
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, item)| pointers(item, &format!("{here}/{index}"), out)),
        _ => {}
    }
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let all = bytes.len();
    let piece = |index: usize| pieces()[index % pieces().len()].bytes();
    match *damage {
        Damage::Set(place, byte) if all > 0 => bytes[place % all] = byte,
        Damage::Set(..) => {}
        Damage::Insert(place, index) => drop(
            bytes
                .splice(range(place, 0, all), piece(index))
                .collect::<Vec<_>>(),
        ),
        Damage::Replace(place, length, index) => drop(
            bytes
                .splice(range(place, length, all), piece(index))
                .collect::<Vec<_>>(),
        ),
        Damage::Delete(place, length) => drop(bytes.drain(range(place, length, all))),
        Damage::Repeat(place, length, times) => {
            let range = range(place, length, all);
            let copies = bytes[range.clone()].repeat(times);
            bytes.splice(range, copies);
        }
        Damage::Move(place, length, to) => {
            let part: Vec<_> = bytes.drain(range(place, length, all)).collect();
            let to = range(to, 0, bytes.len());
            bytes.splice(to, part);
        }
        Damage::Splice(seed, place, length, to) => {
            let seed = &seeds()[seed % seeds().len()];
            let part = seed[range(place, length, seed.len())].to_vec();
            bytes.splice(range(to, 0, all), part);
        }
        Damage::Swap(place, other) | Damage::Twice(place, other) => {
            let Ok(document) = serde_json::from_slice::<Value>(bytes) else {
                return;
            };
            let mut all = Vec::new();
            pointers(&document, "", &mut all);
            let (target, other) = (&all[place % all.len()], &all[other % all.len()]);
            let value = document.pointer(other).unwrap().clone();
            *bytes = match damage {
                Damage::Twice(..) => support::edit::twice(
                    &document,
                    target,
                    &value.to_string(),
                    support::edit::First::AtTheHead,
                ),
                _ if target.is_empty() => value.to_string(),
                _ => support::edit::with(&document, target, value).to_string(),
            }
            .into_bytes();
        }
    }
    bytes.truncate(MAX_BYTES + 1);
}

/// A seed, and what becomes of it.
fn damaged() -> impl Strategy<Value = (usize, Vec<Damage>)> {
    (any::<usize>(), prop::collection::vec(damage(), 1..8))
}

/// Runs so many cases, or as many as a share of the time allows. Two tests run side by side on a
/// small machine.
fn fuzz<S: Strategy>(cases: u32, share: f64, strategy: &S, case: impl Fn(S::Value)) {
    let seconds: f64 = std::env::var("FUZZ_SECONDS").map_or(0.0, |text| {
        text.parse().expect("FUZZ_SECONDS is a number of seconds")
    });
    let until = Instant::now() + Duration::from_secs_f64(seconds * share);
    loop {
        let mut runner = TestRunner::new(Config {
            cases,
            failure_persistence: None,
            max_shrink_iters: 2000,
            ..Config::default()
        });
        if let Err(error) = runner.run(strategy, |value| {
            case(value);
            Ok(())
        }) {
            panic!("{error}");
        }
        if Instant::now() >= until {
            break;
        }
    }
}

fn has(report: &ValidationReport, code: &str) -> bool {
    report.issues.iter().any(|issue| issue.code == code)
}

/// The issues are sound by themselves.
fn assert_sound(issues: &[Issue]) {
    assert!(issues.len() <= MAX_ISSUES);
    for issue in issues {
        assert!(
            find_rule(&issue.code).is_some(),
            "{} is no rule",
            issue.code
        );
        assert!(
            !issue.message.is_empty() && issue.message.chars().count() < 1000,
            "{}: {}",
            issue.code,
            issue.message
        );
        let steps: String = issue
            .path
            .iter()
            .map(|segment| format!("/{}", support::edit::step(segment)))
            .collect();
        assert_eq!(steps, issue.pointer);
        assert!(issue.docs.starts_with("https://developers.facebook.com/"));
    }
}

/// Every issue points into the document, except those in a duplicate member, of which only the last
/// is in the document.
fn assert_all_point_into(text: &str, issues: &[Issue]) {
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let twice: Vec<_> = issues
        .iter()
        .filter(|issue| issue.code == "json.duplicate_member")
        .map(|issue| &issue.path)
        .collect();
    for issue in issues.iter().filter(|issue| {
        !twice
            .iter()
            .any(|path| issue.path.len() > path.len() && issue.path.starts_with(path))
    }) {
        assert_points_into(&document, issue);
    }
}

/// Everything that is true of any bytes.
fn check(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).ok();
    for platform in PLATFORMS {
        let options = RuleOptions::default().platform(platform);
        let report = validate_json(bytes, &options);
        assert_sound(&report.issues);
        assert_eq!(
            report.valid(),
            !report
                .issues
                .iter()
                .any(|issue| issue.severity == Severity::Error)
        );
        let json: Value = serde_json::from_str(&serde_json::to_string(&report).unwrap())
            .expect("a report is JSON");
        assert_eq!(json["valid"], report.valid());
        assert_eq!(
            json["issues"].as_array().map(Vec::len),
            Some(report.issues.len())
        );
        // Past a bound the rest was not read.
        let bounded = ["json.too_deep", "json.too_large", "json.too_many_issues"]
            .into_iter()
            .any(|code| has(&report, code));
        if !bounded {
            let json = text.is_some_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok());
            assert_eq!(
                !has(&report, "json.malformed"),
                json,
                "serde_json says otherwise:\n{}",
                lines(&report.issues)
            );
        }
        let Some(text) = text else { continue };
        assert_eq!(
            validate_json(text, &options),
            report,
            "text and bytes, or two runs, differ"
        );
        assert_all_point_into(text, &report.issues);
        if report.valid() {
            check_types(text);
        }
        check_draft(text, &options);
    }
}

/// What is valid is read by the types, and written back.
fn check_types(text: &str) {
    // serde_json reads neither numbers beyond floating point nor the deepest levels.
    let Ok(document) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let typed: SendRequest =
        serde_json::from_value(document.clone()).expect("the types read what is valid");
    let written = serde_json::to_value(&typed).expect("the types are written");
    assert_eq!(without_nulls(&written), without_nulls(&document));
}

fn check_draft(text: &str, options: &RuleOptions) {
    match build_message(text, options) {
        Ok(request) => {
            assert!(
                validate_json(&request, options).valid(),
                "built, but not valid: {request}"
            );
            serde_json::from_str::<IgnoredAny>(&request).expect("a request is JSON");
        }
        Err(error) => {
            assert_sound(&error.issues);
            assert!(
                error
                    .issues
                    .iter()
                    .any(|issue| issue.severity == Severity::Error)
            );
            serde_json::from_str::<IgnoredAny>(&serde_json::to_string(&error).unwrap())
                .expect("an error is JSON");
            assert_all_point_into(error.request_json().unwrap_or(text), &error.issues);
        }
    }
}

#[test]
fn every_seed_is_sound() {
    seeds().iter().for_each(|seed| check(seed));
}

#[test]
fn damaged_messages_are_sound() {
    fuzz(2500, 2.0 / 3.0, &damaged(), |(seed, damages)| {
        let mut bytes = seeds()[seed % seeds().len()].clone();
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        check(&bytes);
    });
}

#[test]
fn any_bytes_are_sound() {
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        "\\PC{0,80}".prop_map(String::into_bytes),
        prop::collection::vec(any::<usize>(), 0..30).prop_map(|indices| {
            indices
                .into_iter()
                .flat_map(|index| pieces()[index % pieces().len()].bytes())
                .collect()
        }),
    ];
    fuzz(1500, 1.0 / 3.0, &bytes, |bytes| check(&bytes));
}

#[test]
fn any_options_are_sound() {
    let code = prop_oneof![
        any::<usize>().prop_map(|index| rules()[index % rules().len()].code.clone()),
        "\\PC{0,20}",
        "[a-z_]{1,8}\\.[a-z_]{1,12}",
    ];
    let setting = prop::sample::select(vec![
        "\"error\"",
        "\"warning\"",
        "\"off\"",
        "null",
        "7",
        "\"on\"",
        "{}",
        "\"o\\u0066f\"",
    ]);
    let platform = prop::sample::select(vec![
        "\"messenger\"",
        "\"instagram\"",
        "null",
        "\"fax\"",
        "[]",
    ]);
    let options =
        (platform, prop::collection::vec((code, setting), 0..6)).prop_map(|(platform, rules)| {
            let rules: Vec<_> = rules
                .into_iter()
                .map(|(code, setting)| format!("{}:{setting}", Value::from(code)))
                .collect();
            format!(
                "{{\"platform\":{platform},\"rules\":{{{}}}}}",
                rules.join(",")
            )
        });
    let damaged = (
        options,
        prop::collection::vec(damage(), 0..3),
        any::<usize>(),
    );
    fuzz(600, 1.0 / 3.0, &damaged, |(options, damages, seed)| {
        let mut bytes = options.into_bytes();
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        let Ok(text) = std::str::from_utf8(&bytes) else {
            return;
        };
        let options = RuleOptions::from_json(text);
        for invalid in options.invalid() {
            let message = invalid.message();
            assert!(
                !message.is_empty() && message.chars().count() < 300,
                "{message}"
            );
        }
        assert_eq!(options, RuleOptions::from_json(text));
        let Ok(request) = std::str::from_utf8(&seeds()[seed % seeds().len()]) else {
            return;
        };
        let report = validate_json(request, &options);
        assert_sound(&report.issues);
        assert_eq!(report, validate_json(request, &options));
        check_draft(request, &RuleOptions::default().platform(options.target()));
    });
}
