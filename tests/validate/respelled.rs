//! `validateJson(text)` agrees with `validate(JSON.parse(text))`: how a text is spelled (escapes, order,
//! white space, duplicate members) changes no verdict.

use crate::support::fixtures::{illegal, legal};
use crate::support::{Found, PLATFORMS, report, sorted};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

/// A small random source, so that one number replays a spelling.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn space(out: &mut String, dice: &mut Dice) {
    if dice.roll(4) == 0 {
        out.push_str([" ", "\n", "\t ", "\r\n  "][dice.roll(4) as usize]);
    }
}

fn string(out: &mut String, text: &str, dice: &mut Dice) {
    out.push('"');
    for character in text.chars() {
        match (character, dice.roll(8)) {
            (_, 0) => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let hex = format!("\\u{unit:04x}");
                    let hex = if dice.roll(2) == 0 {
                        hex.to_uppercase().replace("\\U", "\\u")
                    } else {
                        hex
                    };
                    out.push_str(&hex);
                }
            }
            ('/', 1..4) => out.push_str("\\/"),
            _ => {
                let quoted = Value::from(character.to_string()).to_string();
                out.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
    }
    out.push('"');
}

/// Writes a value in a random spelling. Superseded members hold `wrong`, anything at all.
fn spell(out: &mut String, value: &Value, wrong: &[Value], dice: &mut Dice) {
    space(out, dice);
    match value {
        Value::String(text) => string(out, text, dice),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                spell(out, item, wrong, dice);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut written: Vec<(&str, &Value)> = members
                .iter()
                .map(|(name, value)| (name.as_str(), value))
                .collect();
            for index in (1..written.len()).rev() {
                written.swap(index, dice.roll(index as u64 + 1) as usize);
            }
            // Duplicates stand anywhere before the one that counts.
            let duplicates = match (dice.roll(8), members.is_empty() || wrong.is_empty()) {
                (_, true) | (2.., _) => 0,
                (few, _) => few * 3 + 1,
            };
            for _ in 0..duplicates {
                let of = dice.roll(written.len() as u64) as usize;
                let at = dice.roll(of as u64 + 1) as usize;
                let name = written[of].0;
                written.insert(at, (name, &wrong[dice.roll(wrong.len() as u64) as usize]));
            }
            out.push('{');
            for (index, (name, value)) in written.into_iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                space(out, dice);
                string(out, name, dice);
                space(out, dice);
                out.push(':');
                // What is superseded is spelled without duplicates, or it would have no end.
                let is_wrong = wrong.iter().any(|wrong| std::ptr::eq(wrong, value));
                spell(out, value, if is_wrong { &[] } else { wrong }, dice);
            }
            out.push('}');
        }
        other => out.push_str(&other.to_string()),
    }
    space(out, dice);
}

fn without_duplicates(issues: Vec<Found>) -> Vec<Found> {
    issues
        .into_iter()
        .filter(|(_, _, code)| code != "json.duplicate_member")
        .collect()
}

#[test]
fn a_text_and_its_value_have_the_same_issues() {
    let mut requests: Vec<Value> = legal().into_iter().map(|fixture| fixture.request).collect();
    requests.extend(illegal().into_iter().map(|case| case.request));
    let (mut with_duplicates, mut with_issues) = (0, 0);
    let mut runner = TestRunner::new(Config {
        cases: 3000,
        failure_persistence: None,
        ..Config::default()
    });
    let strategy = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        1..u64::MAX,
    );
    let counts = std::cell::RefCell::new((&mut with_duplicates, &mut with_issues));
    runner
        .run(&strategy, |(request, other, seed)| {
            let request = request.get(&requests);
            let wrong = [
                other.get(&requests).clone(),
                Value::from(""),
                Value::from(7),
                Value::Null,
                serde_json::json!({"type": "zzz", "x": []}),
            ];
            let mut text = String::new();
            spell(&mut text, request, &wrong, &mut Dice(seed));
            // serde_json keeps the last one of duplicate members, as `JSON.parse` does.
            prop_assert_eq!(&serde_json::from_str::<Value>(&text).unwrap(), request);
            for platform in PLATFORMS {
                let of_text = sorted(&report(&text, platform).issues);
                let of_value = sorted(&report(&request.to_string(), platform).issues);
                let mut counts = counts.borrow_mut();
                *counts.0 += usize::from(of_text != of_value);
                *counts.1 += usize::from(!of_value.is_empty());
                prop_assert_eq!(without_duplicates(of_text), of_value, "{}", text);
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(
        with_duplicates > 200 && with_issues > 1000,
        "{with_duplicates} {with_issues}"
    );
}

#[test]
fn lone_surrogates_of_superseded_members_do_not_count() {
    let request = r#"{"x":1,"x":"\ud800","recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":""}}"#;
    let codes = |request: &str| {
        sorted(&report(request, Default::default()).issues)
            .into_iter()
            .map(|(_, _, code)| code)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(request),
        [
            "text.empty",
            "json.lone_surrogate",
            "json.duplicate_member",
            "member.unknown"
        ]
        .map(String::from)
    );
    let fine = request.replace(r#""x":1,"x":"\ud800","#, r#""x":"\ud800","x":1,"#);
    assert_eq!(
        codes(&fine),
        ["text.empty", "json.duplicate_member", "member.unknown"].map(String::from)
    );
    // JavaScript tells these names apart.
    let two_names = request.replace(r#""x":1,"x":"\ud800","#, r#""\ud800":1,"\ud801":1,"#);
    assert!(!codes(&two_names).contains(&"json.duplicate_member".to_owned()));
}

#[test]
fn a_superseded_member_cannot_fill_the_report() {
    let items = vec!["0"; 5000].join(",");
    let request = format!(
        r#"{{"message":{{"quick_replies":[{items}]}},"recipient":{{"id":"1"}},"messaging_type":"RESPONSE","message":{{"text":"hi"}}}}"#
    );
    let found = sorted(&report(&request, Default::default()).issues);
    assert_eq!(
        found,
        [(
            "/message".to_owned(),
            "warning".to_owned(),
            "json.duplicate_member".to_owned()
        )]
    );
}
