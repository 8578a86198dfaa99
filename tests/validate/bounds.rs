//! The time for text from outside is linear: ten times as much text takes about ten times as long.
//!
//! Each ratio is of processor time, of the fastest of several runs. Quadratic work has a ratio of
//! 100.

use crate::support::HELLO;
use crate::support::cpu::cpu_seconds;
use messenger_send::build::build_message;
use messenger_send::validate::{MAX_BYTES, MAX_ISSUES, RuleOptions, RuleSetting, validate_json};

const MOST: f64 = 15.0;

fn fastest(runs: usize, run: impl Fn()) -> f64 {
    (0..runs)
        .map(|_| cpu_seconds(&run))
        .fold(f64::MAX, f64::min)
}

/// Runs on the input of a tenth and of the whole of a bound.
#[track_caller]
fn assert_linear<T>(name: &str, input: impl Fn(usize) -> T, run: impl Fn(&T)) {
    let (tenth, whole) = (input(10), input(100));
    // A short run may be held up by another one as a whole, so there are more of them.
    let runs = if fastest(1, || run(&whole)) < 0.05 {
        20
    } else {
        2
    };
    let ratio = || fastest(runs, || run(&whole)) / fastest(runs, || run(&tenth));
    // Where something else has run beside it, another try is better.
    let ratios: Vec<f64> = (0..4)
        .map(|_| ratio())
        .scan(false, |done, ratio| {
            let more = !*done;
            *done = ratio < MOST;
            more.then_some(ratio)
        })
        .collect();
    assert!(
        ratios.iter().any(|ratio| *ratio < MOST),
        "{name}: {ratios:?}"
    );
}

/// So many percent of the longest text that is read, of copies of an item.
fn filled(percent: usize, before: &str, item: impl Fn(usize) -> String, after: &str) -> String {
    let most = MAX_BYTES / 100 * percent;
    let mut text = before.to_owned();
    for index in 0.. {
        let item = item(index);
        if text.len() + item.len() + after.len() > most {
            break;
        }
        text.push_str(&item);
    }
    text + after
}

#[track_caller]
fn assert_linear_text(
    name: &str,
    options: &RuleOptions,
    before: &str,
    item: impl Fn(usize) -> String,
    after: &str,
) {
    let input = |percent| filled(percent, before, &item, after);
    assert_linear(name, input, |text| {
        let report = validate_json(text, options);
        assert!(report.issues.len() <= MAX_ISSUES, "{name}");
        if text.contains("\"to\"") {
            drop(build_message(text, options));
        }
    });
}

#[test]
fn texts_are_read_in_linear_time() {
    let default = RuleOptions::default();
    let lenient = RuleOptions::default()
        .rule("member.unknown", RuleSetting::Off)
        .rule("json.duplicate_member", RuleSetting::Off)
        .rule("json.lone_surrogate", RuleSetting::Off);
    let end = &HELLO[1..];
    for (options, kind) in [(&default, "default"), (&lenient, "lenient")] {
        let check = |name: &str, before: &str, item: &dyn Fn(usize) -> String, after: &str| {
            assert_linear_text(&format!("{name}, {kind}"), options, before, item, after);
        };
        check(
            "unknown members",
            "{",
            &|index| format!("\"x{index}\":1,"),
            end,
        );
        check(
            "one unknown member",
            "{",
            &|_| "\"x\":\"\\ud800\",".to_owned(),
            end,
        );
        check(
            "one known member",
            r#"{"message":{"#,
            &|_| "\"text\":\"\",".to_owned(),
            r#""text":"a"}}"#,
        );
        check(
            "whole messages",
            "{",
            &|_| {
                format!(
                    "\"message\":{},",
                    r#"{"text":"","x":[{"y":1,"y":"\ud800"}]}"#
                )
            },
            end,
        );
        check(
            "one tag",
            r#"{"message":{"attachment":{"#,
            &|_| "\"type\":\"imag\",".to_owned(),
            r#""type":"image"}}}"#,
        );
        check(
            "an opaque object",
            "{\"thread_control\":{",
            &|index| format!("\"m{}\":1,", index / 2),
            &format!("\"m\":1}},{end}"),
        );
        // What follows has nothing that these options change.
        if kind == "lenient" {
            continue;
        }
        check(
            "unions",
            r#"{"message":{"attachment":{"payload":{"elements":["#,
            &|_| r#"{"buttons":[{"x":{"type":1},"type":"postback","type":"web_url"}]},"#.to_owned(),
            r#"0],"template_type":"generic"},"type":"template"}}}"#,
        );
        check(
            "nested duplicates",
            "{\"x\":[",
            &|_| r#"{"a":{"a":{"a":1,"a":2},"a":{"a":1,"a":2}},"a":[]},"#.to_owned(),
            &format!("0],{end}"),
        );
        check(
            "a long name",
            "{\"",
            &|_| "\\u0061".to_owned(),
            &format!("\":{{\"a\":\"\\ud800\",\"b\":\"\\ud800\"}},{end}"),
        );
        check(
            "issues behind a long name",
            &format!("{{\"{}\":[", "x".repeat(40_000)),
            &|_| "\"\\ud800\",".to_owned(),
            &format!("0],{end}"),
        );
        check("line breaks", "", &|_| "\n".to_owned(), "x");
        check(
            "escapes",
            "{\"message\":{\"text\":\"",
            &|_| "\\u007b\\u007b\\\\".to_owned(),
            "\"}}",
        );
        check(
            "braces",
            "{\"message\":{\"text\":\"",
            &|_| "{{${".to_owned(),
            "\"}}",
        );
        check(
            "a number",
            "{\"message\":{\"sticker_id\":1",
            &|_| "0".to_owned(),
            "}}",
        );
        check(
            "an address",
            "{\"message\":{\"attachment\":{\"type\":\"image\",\"payload\":{\"url\":\"https://a/",
            &|_| "@:.%/?#".to_owned(),
            "\"}}}}",
        );
        check(
            "buttons of a draft",
            "{\"to\":\"1\",\"template\":{\"template_type\":\"button\",\"buttons\":[",
            &|_| "{\"phone_number\":\"1\"},".to_owned(),
            "{}]}}",
        );
    }
}

#[test]
fn options_are_read_in_linear_time_and_bounded() {
    let input = |percent: usize| {
        let rules: Vec<_> = (0..600 * percent)
            .map(|index| format!("\"text.x{index}\":\"off\""))
            .collect();
        format!("{{\"rules\":{{{}}}}}", rules.join(","))
    };
    assert_linear("unknown rules", input, |json| {
        let options = RuleOptions::from_json(json);
        let report = validate_json(HELLO, &options);
        assert_eq!(report.issues.len(), 101);
        assert!(
            report.issues[100].message.contains("More than 100 options"),
            "{}",
            report.issues[100].message
        );
        assert!(
            report
                .issues
                .iter()
                .all(|issue| issue.code == "options.invalid")
        );
    });
    let input = |percent: usize| {
        let rules: Vec<_> = (0..600 * percent)
            .map(|_| "\"text.too_long\":\"off\"")
            .collect();
        format!("{{\"rules\":{{{}}}}}", rules.join(","))
    };
    assert_linear("one rule", input, |json| {
        assert_eq!(
            RuleOptions::from_json(json),
            RuleOptions::default().rule("text.too_long", RuleSetting::Off)
        )
    });
}

#[test]
fn the_bound_of_issues_holds_for_options_too() {
    let rules: Vec<_> = (0..200)
        .map(|index| format!("\"x{index}\":\"off\""))
        .collect();
    let options = RuleOptions::from_json(&format!("{{\"rules\":{{{}}}}}", rules.join(",")));
    let request = format!(
        "{{\"message\":{{\"quick_replies\":[{}]}}}}",
        vec!["0"; 2000].join(",")
    );
    let report = validate_json(&request, &options);
    assert_eq!(
        (report.issues.len(), &*report.issues[MAX_ISSUES - 1].code),
        (MAX_ISSUES, "json.too_many_issues")
    );
    let at_bound = &options.invalid()[..100];
    assert_eq!(
        RuleOptions::from_json(&format!("{{\"rules\":{{{}}}}}", rules[..100].join(","))).invalid(),
        at_bound
    );
}
