//! Hostile input: the bounds of reading, broken text, duplicate members, numbers beyond floating
//! point.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

use messenger_send::build::build_message;
use messenger_send::payload::spec::{Platform, Severity, Unit};
use messenger_send::validate::{
    MAX_BYTES, MAX_DEPTH, MAX_ISSUES, RuleOptions, RuleSetting, Unreadable, ValidationReport,
    unreadable, validate_json,
};
use support::{HELLO, assert_issues, assert_issues_with, lines, only, same_issues};

fn check(request: &str) -> ValidationReport {
    validate_json(request, &RuleOptions::default())
}

/// The report is one error at the root.
#[track_caller]
fn assert_root(report: &ValidationReport, code: &str, words: &str) {
    same_issues(&report.issues, &[("", "error", code)], words);
    assert!(!report.valid());
    assert!(report.issues[0].path.is_empty());
    assert!(
        report.issues[0].message.contains(words),
        "{words:?} is not in {:?}",
        report.issues[0].message
    );
}

/// A request without mistakes, with one more member.
fn beside(name: &str, value: &str) -> String {
    format!("{{{name}:{value},{}", &HELLO[1..])
}

// Bounds.

#[test]
fn depth_has_a_bound() {
    assert_eq!(MAX_DEPTH, 128);
    let lists = |levels: usize| {
        beside(
            "\"thread_control\"",
            &format!(
                "{{\"x\":{}{}}}",
                "[".repeat(levels - 2),
                "]".repeat(levels - 2)
            ),
        )
    };
    assert_issues(&lists(128), &[]);
    assert_root(&check(&lists(129)), "json.too_deep", "128");
    let objects = |levels: usize| {
        beside(
            "\"thread_control\"",
            &format!(
                "{}1{}",
                "{\"x\":".repeat(levels - 1),
                "}".repeat(levels - 1)
            ),
        )
    };
    assert_issues(&objects(128), &[]);
    assert_root(&check(&objects(129)), "json.too_deep", "128");
    // Earlier findings are dropped at a bound, since the rest of the request is unknown.
    assert_root(
        &check(&lists(129).replace("hello, world", "")),
        "json.too_deep",
        "128",
    );
    // Text that ends too early is too deep before it is anything else.
    assert_root(&check(&"[".repeat(129)), "json.too_deep", "128");
    assert_root(&check(&"[".repeat(128)), "json.malformed", "ends too early");
}

#[test]
fn length_has_a_bound() {
    assert_eq!(MAX_BYTES, 1024 * 1024);
    let padded = |length: usize| format!("{HELLO}{}", " ".repeat(length - HELLO.len()));
    assert_issues(&padded(MAX_BYTES), &[]);
    assert!(
        validate_json(padded(MAX_BYTES).as_bytes(), &RuleOptions::default())
            .issues
            .is_empty()
    );
    for report in [
        check(&padded(MAX_BYTES + 1)),
        validate_json(padded(MAX_BYTES + 1).as_bytes(), &RuleOptions::default()),
    ] {
        assert_root(&report, "json.too_large", "1048577");
        let issue = &report.issues[0];
        assert_eq!(
            (issue.limit, issue.actual, issue.unit),
            (Some(1_048_576), Some(1_048_577), Some(Unit::Bytes))
        );
        assert!(issue.message.contains("1048576"), "{}", issue.message);
    }
    // A text that long is counted.
    let long = HELLO.replace("hello, world", &"a".repeat(MAX_BYTES - HELLO.len()));
    assert_eq!(
        only(&check(&long), "text.too_long").actual,
        Some(u32::try_from(MAX_BYTES - HELLO.len()).unwrap())
    );
}

#[test]
fn issues_have_a_bound() {
    assert_eq!(MAX_ISSUES, 1000);
    let wrong = |count: usize| {
        beside("\"page\"", "\"1\"").replace(
            "\"hello, world\"",
            &format!("\"hi\",\"quick_replies\":[{}]", vec!["0"; count].join(",")),
        )
    };
    // Each item is one issue, and the list is too long.
    let report = check(&wrong(998));
    assert_eq!(report.issues.len(), 999);
    assert!(
        report
            .issues
            .iter()
            .all(|issue| issue.code != "json.too_many_issues")
    );
    for count in [999, 1000, 5000] {
        let report = check(&wrong(count));
        assert_eq!(report.issues.len(), MAX_ISSUES, "{count}");
        assert!(
            report.issues[..MAX_ISSUES - 1]
                .iter()
                .all(|issue| issue.code.starts_with("quick_replies."))
        );
        let last = report.issues.last().unwrap();
        assert_eq!(
            (&*last.code, last.pointer.as_str(), last.severity),
            ("json.too_many_issues", "", Severity::Error)
        );
        assert!(last.message.contains("1000"), "{}", last.message);
    }
    // Warnings count as well: the unread part may contain an error.
    let members: Vec<_> = (0..1500).map(|number| format!("\"x{number}\":1")).collect();
    let warned = format!("{{{},{}", members.join(","), &HELLO[1..]);
    let report = check(&warned);
    assert_eq!((report.issues.len(), report.valid()), (MAX_ISSUES, false));
    // A rule that is off takes no place.
    let mut options = RuleOptions::default();
    options = options.rule("member.unknown", RuleSetting::Off);
    assert_issues_with(&warned, &options, &[]);
}

// Invalid text and invalid JSON.

#[test]
fn bytes_must_be_utf_8() {
    let mut bytes = HELLO.as_bytes().to_vec();
    let at = HELLO.find("hello").unwrap();
    for broken in [
        &b"\xff"[..],
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"\xf4\x90\x80\x80",
        b"\xf0\x9f\x98",
    ] {
        let mut request = bytes.clone();
        request.splice(at..at, broken.iter().copied());
        assert_root(
            &validate_json(&request, &RuleOptions::default()),
            "json.malformed",
            &format!("byte {at} is not UTF-8"),
        );
    }
    assert!(
        validate_json(&bytes, &RuleOptions::default())
            .issues
            .is_empty()
    );
    bytes.truncate(bytes.len() - 1);
    assert_root(
        &validate_json(&bytes, &RuleOptions::default()),
        "json.malformed",
        "ends too early",
    );
}

#[test]
fn malformed_json_is_located() {
    let cases = [
        ("", "ends too early, at line 1, column 1"),
        (" \n ", "ends too early, at line 2, column 2"),
        ("\u{feff}{}", "line 1, column 1"),
        ("{\"a\":1}x", "x is not expected at line 1, column 8"),
        ("{} {}", "{ is not expected at line 1, column 4"),
        ("{\"a\":1,}", "} is not expected at line 1, column 8"),
        ("{\"a\"}", "} is not expected at line 1, column 5"),
        ("{a:1}", "a is not expected at line 1, column 2"),
        ("{'a':1}", "' is not expected at line 1, column 2"),
        (
            "{\"a\":1 \"b\":2}",
            "\" is not expected at line 1, column 8",
        ),
        ("{\n  \"é\": tru\n}", "line 2"),
        ("{\"a\":\"x", "ends too early"),
        (
            "{\"a\":\"x\ny\"}",
            "a control character at line 1, column 8",
        ),
        (
            "{\"a\":\"x\u{1}\"}",
            "a control character at line 1, column 8",
        ),
        ("{\"a\":\"\\x41\"}", "line 1"),
        ("{\"a\":\"\\u12g4\"}", "line 1"),
        ("{\"a\":01}", "1 is not expected at line 1, column 7"),
        ("{\"a\":1.}", "} is not expected"),
        ("{\"a\":.5}", ". is not expected"),
        ("{\"a\":+1}", "+ is not expected"),
        ("{\"a\":1e}", "} is not expected"),
        ("{\"a\":0x10}", "x is not expected"),
        ("{\"a\":NaN}", "N is not expected"),
        ("{\"a\":-Infinity}", "I is not expected"),
        ("{\"a\":undefined}", "u is not expected"),
        ("{\"a\":True}", "T is not expected"),
        ("// comment\n{}", "/ is not expected at line 1, column 1"),
        ("{}/**/", "/ is not expected at line 1, column 3"),
        ("\u{a0}{}", "line 1, column 1"),
        ("[1,]", "] is not expected"),
        ("[", "ends too early"),
        ("}", "} is not expected"),
        ("nul", "line 1"),
    ];
    for (text, words) in cases {
        assert_root(&check(text), "json.malformed", words);
        // A draft is read the same way.
        let error = build_message(text, &RuleOptions::default()).unwrap_err();
        assert_root(&error.issues.clone().into(), "json.malformed", words);
        assert_eq!(error.request_json(), None);
    }
}

#[test]
fn mistakes_before_broken_json_are_not_reported() {
    assert_root(
        &check(&HELLO[..HELLO.len() - 1].replace("hello, world", "")),
        "json.malformed",
        "ends too early",
    );
}

#[test]
fn json_must_be_an_object() {
    for value in [
        "null",
        "true",
        "7",
        "-0",
        "1e999",
        "\"text\"",
        "[]",
        "[{\"recipient\":{\"id\":\"1\"}}]",
        " [ 1 , { } ] ",
    ] {
        assert_root(&check(value), "json.not_an_object", "must be a JSON object");
    }
    same_issues(
        &check("\"\\ud800\"").issues,
        &[
            ("", "error", "json.lone_surrogate"),
            ("", "error", "json.not_an_object"),
        ],
        "half a pair",
    );
    assert_issues(
        "{}",
        &[
            ("/recipient", "error", "recipient.missing"),
            ("", "error", "request.empty"),
        ],
    );
}

#[test]
fn an_unreadable_value_is_one_error_at_the_root() {
    assert_root(
        &unreadable(Unreadable::Undefined, &RuleOptions::default()),
        "json.unserializable",
        "undefined",
    );
    assert_root(
        &unreadable(Unreadable::Unserializable, &RuleOptions::default()),
        "json.unserializable",
        "cycle",
    );
    assert_root(
        &unreadable(Unreadable::NotText, &RuleOptions::default()),
        "json.unserializable",
        "Uint8Array",
    );
    assert_root(
        &unreadable(Unreadable::TooLarge(None), &RuleOptions::default()),
        "json.too_large",
        "1048576",
    );
    assert_eq!(
        unreadable(Unreadable::TooLarge(None), &RuleOptions::default()).issues[0].actual,
        None
    );
}

// Characters.

#[test]
fn a_lone_surrogate_is_located() {
    let hello = |text: &str| HELLO.replace("hello, world", text);
    for half in [
        "\\ud800",
        "\\udbff",
        "\\udc00",
        "\\uDFFF",
        "a\\ud83d",
        "\\ud83dx",
        "\\ud83d\\u0041",
        "\\ude00\\ud83d",
        "\\ud83d\\ud83d\\ude00",
    ] {
        assert_issues(
            &hello(half),
            &[("/message/text", "error", "json.lone_surrogate")],
        );
    }
    assert_issues(&hello("\\ud83d\\ude00"), &[]);
    assert_issues(&hello("\\\\ud800"), &[]);
    // In a member's name, known or not; in an enum; in what no table describes.
    assert_issues(
        &beside("\"x\\ud800\"", "1"),
        &[
            ("/x\u{fffd}", "error", "json.lone_surrogate"),
            ("/x\u{fffd}", "warning", "member.unknown"),
        ],
    );
    assert_issues(
        &HELLO.replace("RESPONSE", "RESPONSE\\ud800"),
        &[
            ("/messaging_type", "error", "json.lone_surrogate"),
            ("/messaging_type", "error", "messaging_type.unknown_value"),
        ],
    );
    assert_issues(
        &beside(
            "\"thread_control\"",
            r#"{"a":["\ud800",{"b\udc00":1,"c":"fine"}]}"#,
        ),
        &[
            ("/thread_control/a/0", "error", "json.lone_surrogate"),
            (
                "/thread_control/a/1/b\u{fffd}",
                "error",
                "json.lone_surrogate",
            ),
        ],
    );
    // Of the wrong type as well.
    assert_issues(
        &HELLO.replace("\"hello, world\"", r#"["\ud800"]"#),
        &[
            ("/message/text/0", "error", "json.lone_surrogate"),
            ("/message/text", "error", "text.type"),
        ],
    );
    // In the tag of a union.
    let button = r#"{"type":"post\ud800back","title":"a","payload":"b"}"#;
    let request = HELLO.replace(
        "\"text\":\"hello, world\"",
        &format!(r#""attachment":{{"type":"template","payload":{{"template_type":"button","text":"a","buttons":[{button}]}}}}"#),
    );
    let at = "/message/attachment/payload/buttons/0/type";
    assert_issues(
        &request,
        &[
            (at, "error", "json.lone_surrogate"),
            (at, "error", "button.type.unknown_value"),
        ],
    );
}

#[test]
fn names_may_be_escaped() {
    assert_issues(&HELLO.replace("\"text\"", "\"te\\u0078t\""), &[]);
    assert_issues(
        &HELLO.replace("\"text\":\"hello, world\"", "\"te\\u0078t\":\"\""),
        &[("/message/text", "error", "text.empty")],
    );
    assert_issues(&HELLO.replace("RESPONSE", "\\u0052ESPONSE"), &[]);
    assert_issues(
        &HELLO.replace("\"text\":", "\"te\\u0078t\":\"\",\"text\":"),
        &[("/message/text", "warning", "json.duplicate_member")],
    );
    assert_issues(
        &HELLO.replace(
            "\"text\":\"hello, world\"",
            r#""\u0061ttachment":{"p\u0061yload":{"url":"https:\/\/example.com\/a.png"},"t\u0079pe":"\u0069mage"}"#,
        ),
        &[],
    );
    // A name of nothing, and names that a pointer must escape.
    assert_issues(&beside("\"\"", "1"), &[("/", "warning", "member.unknown")]);
    assert_issues(
        &beside("\"a\\/b~c\"", "1"),
        &[("/a~1b~0c", "warning", "member.unknown")],
    );
}

#[test]
fn control_characters_may_be_escaped_only() {
    assert_issues(
        &HELLO.replace("hello, world", "a\\u0000b\\u001f\\n\\t\\b\\f\\r"),
        &[],
    );
    for control in 0..0x20_u8 {
        let request = HELLO.replace("hello", &format!("hello{}", char::from(control)));
        assert_root(&check(&request), "json.malformed", "control character");
    }
    // White space of other kinds is not JSON's.
    assert_issues(&HELLO.replace(':', " \t\r\n: "), &[]);
    assert_root(
        &check(&HELLO.replace(':', "\u{b}:")),
        "json.malformed",
        "control character",
    );
}

#[test]
fn a_hostile_name_does_not_flood_the_report() {
    let long = "x".repeat(100_000);
    let report = check(&beside(&format!("\"{long}\""), "1"));
    let issue = only(&report, "member.unknown");
    assert!(
        issue.message.chars().count() < 200,
        "{} characters",
        issue.message.chars().count()
    );
    let report = check(&HELLO.replace("RESPONSE", &long));
    assert!(
        only(&report, "messaging_type.unknown_value")
            .message
            .chars()
            .count()
            < 300
    );
    let report = check(&HELLO.replace("RESPONSE", &"é".repeat(50_000)));
    assert!(
        only(&report, "messaging_type.unknown_value")
            .message
            .chars()
            .count()
            < 300
    );
}

// Duplicate members.

#[test]
fn duplicate_members_are_found_everywhere() {
    let twice = "json.duplicate_member";
    assert_issues(
        &HELLO.replace("\"text\":", "\"text\":\"\",\"text\":"),
        &[("/message/text", "warning", twice)],
    );
    assert_issues(
        &HELLO.replace("\"text\":", "\"text\":1,\"text\":2,\"text\":"),
        &[("/message/text", "warning", twice)],
    );
    assert_issues(
        &HELLO.replace("\"hello, world\"", "\"hello\",\"text\":\"\""),
        &[
            ("/message/text", "warning", twice),
            ("/message/text", "error", "text.empty"),
        ],
    );
    // A whole object: the issues in the first one do not count.
    assert_issues(
        &HELLO.replace(
            "\"recipient\":",
            "\"recipient\":{\"id\":1,\"x\":2},\"recipient\":",
        ),
        &[("/recipient", "warning", twice)],
    );
    assert_issues(
        &HELLO.replace(
            "\"recipient\":{\"id\":\"1\"}",
            "\"recipient\":{\"id\":\"1\"},\"recipient\":{}",
        ),
        &[
            ("/recipient", "warning", twice),
            ("/recipient", "error", "recipient.none"),
        ],
    );
    // A name that begins like another's is another.
    assert_issues(
        &HELLO.replace(
            "\"text\":",
            "\"text\":1,\"text\":\"a\",\"textx\":1,\"metadata\":2,\"x\":",
        ),
        &[
            ("/message/text", "warning", twice),
            ("/message/textx", "warning", "member.unknown"),
            ("/message/metadata", "error", "metadata.type"),
            ("/message/x", "warning", "member.unknown"),
        ],
    );
    // Unknown members, and members of what no table describes.
    assert_issues(
        &beside("\"x\":1,\"x\"", "2"),
        &[
            ("/x", "warning", "member.unknown"),
            ("/x", "warning", twice),
        ],
    );
    assert_issues(
        &beside("\"x\":1,\"x\":1,\"y\":1,\"x\"", "2"),
        &[
            ("/x", "warning", "member.unknown"),
            ("/x", "warning", twice),
            ("/y", "warning", "member.unknown"),
        ],
    );
    assert_issues(
        &beside(
            "\"thread_control\"",
            r#"{"a":1,"b":{"c":1,"\u0063":2},"a":3,"a":4}"#,
        ),
        &[
            ("/thread_control/a", "warning", twice),
            ("/thread_control/b/c", "warning", twice),
        ],
    );
}

#[test]
fn the_tag_of_a_union_may_stand_anywhere() {
    let attachment = |members: &str| {
        HELLO.replace(
            "\"text\":\"hello, world\"",
            &format!("\"attachment\":{{{members}}}"),
        )
    };
    let payload = r#""payload":{"url":"https://example.com/a.png"}"#;
    let tag = "/message/attachment/type";
    assert_issues(&attachment(&format!(r#""type":"image",{payload}"#)), &[]);
    assert_issues(&attachment(&format!(r#"{payload},"type":"image""#)), &[]);
    // Duplicate members: the last one wins, whatever the first contains.
    assert_issues(
        &attachment(&format!(r#""type":"template",{payload},"type":"image""#)),
        &[(tag, "warning", "json.duplicate_member")],
    );
    assert_issues(
        &attachment(&format!(r#""type":7,{payload},"type":"image""#)),
        &[(tag, "warning", "json.duplicate_member")],
    );
    assert_issues(
        &attachment(&format!(r#""type":"image",{payload},"type":"colour""#)),
        &[
            (tag, "warning", "json.duplicate_member"),
            (tag, "error", "attachment.type.unknown_value"),
        ],
    );
    assert_issues(
        &attachment(&format!(r#""type":"image",{payload},"type":null"#)),
        &[
            (tag, "warning", "json.duplicate_member"),
            (tag, "error", "attachment.type.type"),
        ],
    );
    assert_issues(
        &attachment(&format!(
            r#""type":"image","type":"image",{payload},"type":"template""#
        )),
        &[
            (tag, "warning", "json.duplicate_member"),
            (
                "/message/attachment/payload/template_type",
                "error",
                "template.template_type.missing",
            ),
        ],
    );
    // Missing or of the wrong type: nothing else is reported about it.
    assert_issues(
        &attachment(payload),
        &[(tag, "error", "attachment.type.missing")],
    );
    for value in ["null", "7", "true", "[\"image\"]", "{}"] {
        assert_issues(
            &attachment(&format!(r#""type":{value},{payload}"#)),
            &[(tag, "error", "attachment.type.type")],
        );
    }
    assert_issues(
        &attachment(r#""type":"","payload":7"#),
        &[(tag, "error", "attachment.type.unknown_value")],
    );
    // Duplicates within duplicates.
    let inner = r#""payload":{"template_type":"generic","text":"a","buttons":[{"type":"web_url","title":"a","payload":"b","type":"postback"}],"template_type":"button"}"#;
    assert_issues(
        &attachment(&format!(r#""type":"image",{inner},"type":"template""#)),
        &[
            (tag, "warning", "json.duplicate_member"),
            (
                "/message/attachment/payload/template_type",
                "warning",
                "json.duplicate_member",
            ),
            (
                "/message/attachment/payload/buttons/0/type",
                "warning",
                "json.duplicate_member",
            ),
        ],
    );
}

// Numbers.

#[test]
fn numbers_are_read_as_they_are_written() {
    let call = |days: &str| {
        let button =
            format!(r#"{{"type":"audio_call","title":"Call us","expires_in_days":{days}}}"#);
        HELLO.replace(
            "\"text\":\"hello, world\"",
            &format!(r#""attachment":{{"type":"template","payload":{{"template_type":"button","text":"a","buttons":[{button}]}}}}"#),
        )
    };
    let at = "/message/attachment/payload/buttons/0/expires_in_days";
    for days in ["1", "7", "3.0", "3.000", "3e0", "0.3E+1", "70e-1"] {
        assert_issues(&call(days), &[]);
    }
    let huge = "9".repeat(400);
    for days in [
        "0",
        "8",
        "-0",
        "-1",
        "-0.0",
        "2147483648",
        "4294967297",
        "18446744073709551617",
        "1e1",
        "1e999",
        "-1e999",
        huge.as_str(),
        &format!("-{huge}"),
    ] {
        let report = check(&call(days));
        same_issues(
            &report.issues,
            &[(at, "error", "button.expires_in_days.out_of_range")],
            days,
        );
        assert!(
            report.issues[0].message.chars().count() < 200,
            "{}",
            report.issues[0].message
        );
        assert_eq!(report.issues[0].unit, Some(Unit::Days));
    }
    for days in ["3.5", "0.1", "35e-1", "1e-999", "\"3\"", "null"] {
        assert_issues(&call(days), &[(at, "error", "button.expires_in_days.type")]);
    }
}

#[test]
fn sums_of_money_must_be_finite() {
    let receipt = |cost: &str| {
        HELLO.replace(
            "\"text\":\"hello, world\"",
            &format!(
                r#""attachment":{{"type":"template","payload":{{"template_type":"receipt","recipient_name":"Robin","order_number":"1",
                "currency":"EUR","payment_method":"Card","summary":{{"total_cost":{cost}}}}}}}"#
            ),
        )
    };
    let at = "/message/attachment/payload/summary/total_cost";
    for cost in [
        "0",
        "-0",
        "-5",
        "12.5",
        "12.50",
        "1e2",
        "1E+2",
        "1.5e300",
        "123456789012345678901234567890",
    ] {
        assert_issues(&receipt(cost), &[]);
    }
    assert_issues(
        &receipt("12.505"),
        &[(at, "warning", "receipt.summary.total_cost.decimals")],
    );
    for cost in [
        "1e999",
        "-1e999",
        "1e99999999999999999999",
        &"9".repeat(400),
    ] {
        assert_issues(
            &receipt(cost),
            &[(at, "error", "receipt.summary.total_cost.type")],
        );
    }
}

// Long texts.

/// A long text is read to its end. That this takes linear time is measured in `validate/bounds.rs`.
#[track_caller]
fn assert_reads(_what: &str, act: impl FnOnce()) {
    act();
}

/// A list of JSON of at most the bound's length.
fn many(item: impl Fn(usize) -> String) -> String {
    let mut list = String::new();
    for number in 0.. {
        let item = item(number);
        if list.len() + item.len() + 300 > MAX_BYTES {
            break;
        }
        if number > 0 {
            list.push(',');
        }
        list.push_str(&item);
    }
    list
}

#[test]
fn many_members_take_no_longer_than_their_length() {
    let unique = many(|number| format!("\"m{number}\":1"));
    assert!(unique.matches(':').count() > 90_000);
    let mut lenient = RuleOptions::default();
    lenient = lenient.rule("member.unknown", RuleSetting::Off);
    lenient = lenient.rule("json.duplicate_member", RuleSetting::Off);
    assert_reads("an opaque object of many members", || {
        assert_issues(&beside("\"thread_control\"", &format!("{{{unique}}}")), &[])
    });
    assert_reads("many unknown members", || {
        assert_eq!(
            check(&format!("{{{unique},{}", &HELLO[1..])).issues.len(),
            MAX_ISSUES
        )
    });
    assert_reads("many unknown members that nobody minds", || {
        assert_issues_with(&format!("{{{unique},{}", &HELLO[1..]), &lenient, &[])
    });
    let pairs = many(|number| format!("\"m{}\":1", number / 2));
    assert_reads("many members twice", || {
        assert_issues_with(
            &format!("{{\"thread_control\":{{{pairs}}},{}", &HELLO[1..]),
            &lenient,
            &[],
        );
    });
    let same = many(|_| "\"text\":1".to_owned());
    assert_reads("one member many times", || {
        assert_issues(
            &HELLO.replace("\"text\":", &format!("{same},\"text\":")),
            &[("/message/text", "warning", "json.duplicate_member")],
        );
    });
    let strange = many(|_| "\"x\":1".to_owned());
    assert_reads("one unknown member many times", || {
        assert_issues_with(&format!("{{{strange},{}", &HELLO[1..]), &lenient, &[])
    });
    let strange = "\"x\":1,".repeat(900);
    assert_issues(
        &format!("{{{strange}{}", &HELLO[1..]),
        &[
            ("/x", "warning", "member.unknown"),
            ("/x", "warning", "json.duplicate_member"),
        ],
    );
}

#[test]
fn one_member_many_times_beside_many_issues_takes_no_square() {
    // Nearly the maximum number of issues, then many duplicates of one member.
    let issues: Vec<_> = (0..900).map(|number| format!("\"x{number}\":1")).collect();
    let issues = issues.join(",");
    let same = many(|_| "\"page\":\"\"".to_owned());
    let same = &same[..same.len() - issues.len() - 10];
    let same = &same[..same.rfind(',').unwrap()];
    assert_reads("one member many times beside many issues", || {
        assert_eq!(
            check(&format!("{{{issues},{same},{}", &HELLO[1..]))
                .issues
                .len(),
            901
        );
    });
}

#[test]
fn a_megabyte_of_anything_is_read_quickly() {
    for piece in [
        "[",
        "{",
        "\"",
        "{\"a\":",
        "[[],",
        "0",
        "-",
        "\\",
        "\u{1}",
        "é",
        "😀",
        "\"a\",",
        "[\"\\ud800\",",
        "{\"message\":{\"message\":",
    ] {
        let text = piece.repeat(MAX_BYTES / piece.len());
        assert_reads(piece, || {
            let report = check(&text);
            assert!(
                !report.valid() && report.issues.len() <= MAX_ISSUES,
                "{piece}: {}",
                lines(&report.issues)
            );
            assert!(build_message(&text, &RuleOptions::default()).is_err());
        });
    }
    assert_reads("a megabyte of escapes", || {
        let text = HELLO.replace("hello, world", &"\\u0061".repeat((MAX_BYTES - 200) / 6));
        assert_issues(&text, &[("/message/text", "error", "text.too_long")]);
    });
    assert_reads("many buttons in a union whose tag is last", || {
        let button = r#"{"title":"a","payload":"b","type":"postback"}"#;
        let buttons = many(|_| button.to_owned());
        let request = HELLO.replace(
            "\"text\":\"hello, world\"",
            &format!(r#""attachment":{{"payload":{{"text":"a","buttons":[{buttons}],"template_type":"button"}},"type":"template"}}"#),
        );
        assert_issues(
            &request,
            &[(
                "/message/attachment/payload/buttons",
                "error",
                "button_template.buttons.too_many",
            )],
        );
    });
    assert_reads("many buttons of a draft", || {
        refuse_buttons(r#"{"payload":1}"#)
    });
}

/// Builds a draft with as many such buttons as a draft can have.
fn refuse_buttons(button: &str) {
    let buttons = many(|_| button.to_owned());
    let draft = format!(
        r#"{{"to":"1","template":{{"template_type":"button","text":"a","buttons":[{buttons}]}}}}"#
    );
    let error = build_message(
        &draft,
        &RuleOptions::default().platform(Platform::Messenger),
    )
    .unwrap_err();
    assert!(error.issues.len() <= MAX_ISSUES);
}

#[test]
fn many_buttons_that_are_renamed_take_no_square() {
    assert_reads("many buttons of a draft that are renamed", || {
        refuse_buttons(r#"{"phone_number":"1"}"#)
    });
}
