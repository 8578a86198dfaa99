//! Counting: code points, UTF-16 units, bytes.

use crate::support::{assert_issues, assert_issues_with, only, report};
use messenger_send::payload::spec::{Platform, Severity, Unit};
use messenger_send::validate::RuleOptions;

fn with_text(text: &str) -> String {
    format!(
        r#"{{"recipient":{{"id":"1"}},"messaging_type":"RESPONSE","message":{{"text":{}}}}}"#,
        serde_json::Value::from(text)
    )
}

/// Every UTF-16 unit as an escape.
fn escaped(text: &str) -> String {
    let units: String = text
        .encode_utf16()
        .map(|unit| format!("\\u{unit:04x}"))
        .collect();
    with_text("TEXT").replace("TEXT", &units)
}

const TEXT: &str = "/message/text";

#[test]
fn a_messenger_text_is_too_long_in_code_points() {
    assert_issues(&with_text(&"a".repeat(1999)), &[]);
    assert_issues(&with_text(&"a".repeat(2000)), &[]);
    assert_issues(
        &with_text(&"a".repeat(2001)),
        &[(TEXT, "error", "text.too_long")],
    );
    assert_issues(&with_text(&"日".repeat(1999)), &[]);
    assert_issues(
        &with_text(&"日".repeat(2001)),
        &[(TEXT, "error", "text.too_long")],
    );
}

#[test]
fn a_text_is_too_short_only_where_it_is_in_both_units() {
    let asked = |title: &str| {
        let payload = format!(
            r#"{{"template_type":"customer_feedback","title":"Rate us","subtitle":"One question","button_title":"Rate","feedback_screens":[{{"questions":[{{"id":"q","type":"csat","title":"{title}"}}]}}],"business_privacy":{{"url":"https://example.org/privacy"}}}}"#
        );
        with_text("x").replace(
            r#""text":"x""#,
            &format!(r#""attachment":{{"type":"template","payload":{payload}}}"#),
        )
    };
    let at = "/message/attachment/payload/feedback_screens/0/questions/0/title";
    for title in ["Great", "😀😀😀", "ab😀c"] {
        assert_issues(&asked(title), &[]);
    }
    for title in ["Good", "😀😀", "日本語字"] {
        assert_issues(
            &asked(title),
            &[(at, "error", "feedback.question.title.too_short")],
        );
    }
}

#[test]
fn a_messenger_text_that_is_too_long_in_utf_16_only_is_a_warning() {
    assert_issues(&with_text(&"😀".repeat(1000)), &[]);
    for count in [1001, 1999, 2000] {
        let report = report(&with_text(&"😀".repeat(count)), Platform::Messenger);
        let issue = only(&report, "text.maybe_too_long");
        assert!(report.valid() && report.issues.len() == 1, "{count}");
        assert_eq!(
            (issue.severity, issue.unit, issue.limit),
            (Severity::Warning, Some(Unit::Characters), Some(2000))
        );
        assert_eq!(issue.actual, Some(u32::try_from(count * 2).unwrap()));
        for number in [count, count * 2, 2000] {
            assert!(
                issue.message.contains(&number.to_string()),
                "{number} is not in: {}",
                issue.message
            );
        }
    }
    let report = report(&with_text(&"😀".repeat(2001)), Platform::Messenger);
    let issue = only(&report, "text.too_long");
    assert_eq!(
        (issue.severity, issue.actual),
        (Severity::Error, Some(2001))
    );
    assert_eq!(report.issues.len(), 1);
}

#[test]
fn combining_characters_count_each() {
    // An e with an accent of its own, and a family of four, as code points.
    assert_issues(&with_text(&"e\u{301}".repeat(999)), &[]);
    assert_issues(
        &with_text(&"e\u{301}".repeat(1001)),
        &[(TEXT, "error", "text.too_long")],
    );
    assert_issues(
        &with_text(&"👨‍👩‍👧‍👦".repeat(285)),
        &[(TEXT, "warning", "text.maybe_too_long")],
    );
    assert_issues(
        &with_text(&"👨‍👩‍👧‍👦".repeat(286)),
        &[(TEXT, "error", "text.too_long")],
    );
}

#[test]
fn an_instagram_text_is_counted_in_bytes() {
    let instagram = RuleOptions::default().platform(Platform::Instagram);
    let cases = [
        ("a", 1000, 1),
        ("é", 500, 2),
        ("日", 333, 3),
        ("😀", 250, 4),
    ];
    for (letter, most, bytes) in cases {
        let at_most = with_text(&letter.repeat(most));
        let at_limit = most * bytes == 1000;
        let warning = [(TEXT, "warning", "text.at_limit")];
        assert_issues_with(&at_most, &instagram, if at_limit { &warning } else { &[] });
        assert_issues_with(
            &with_text(&letter.repeat(most + 1)),
            &instagram,
            &[(TEXT, "error", "text.too_many_bytes")],
        );
        let report = report(&with_text(&letter.repeat(most + 1)), Platform::Instagram);
        let issue = only(&report, "text.too_many_bytes");
        assert_eq!(
            (issue.limit, issue.actual, issue.unit),
            (
                Some(1000),
                Some(u32::try_from((most + 1) * bytes).unwrap()),
                Some(Unit::Bytes)
            )
        );
    }
    // Accepted by Messenger, but too long for Instagram, which is reported once.
    assert_issues_with(
        &with_text(&"a".repeat(2001)),
        &instagram,
        &[(TEXT, "error", "text.too_many_bytes")],
    );
}

#[test]
fn escapes_count_as_the_characters_they_encode() {
    assert_issues(&escaped(&"a".repeat(1999)), &[]);
    assert_issues(&escaped(&"a".repeat(2000)), &[]);
    assert_issues(
        &escaped(&"a".repeat(2001)),
        &[(TEXT, "error", "text.too_long")],
    );
    assert_issues(
        &escaped(&"😀".repeat(2000)),
        &[(TEXT, "warning", "text.maybe_too_long")],
    );
    assert_issues(
        &escaped(&"😀".repeat(2001)),
        &[(TEXT, "error", "text.too_long")],
    );
    assert_issues(&with_text(&"\n\"\\/".repeat(499)), &[]);
    assert_issues(&with_text(&"\n\"\\/".repeat(500)), &[]);
    assert_issues(
        &with_text(&("\n\"\\/".repeat(500) + "\n")),
        &[(TEXT, "error", "text.too_long")],
    );
    let instagram = RuleOptions::default().platform(Platform::Instagram);
    assert_issues_with(&escaped(&"é".repeat(499)), &instagram, &[]);
    assert_issues_with(
        &escaped(&"é".repeat(501)),
        &instagram,
        &[(TEXT, "error", "text.too_many_bytes")],
    );
    assert_issues_with(
        &escaped(&"😀".repeat(251)),
        &instagram,
        &[(TEXT, "error", "text.too_many_bytes")],
    );
}

#[test]
fn lists_are_counted_in_items() {
    let replies = |count: usize| {
        let reply = r#"{"content_type":"text","title":"a","payload":"a"}"#;
        with_text("hi").replace(
            "\"hi\"",
            &format!(
                "\"hi\",\"quick_replies\":[{}]",
                vec![reply; count].join(",")
            ),
        )
    };
    assert_issues(&replies(13), &[]);
    let report = report(&replies(14), Platform::Messenger);
    let issue = only(&report, "quick_replies.too_many");
    assert_eq!(
        (issue.limit, issue.actual, issue.unit),
        (Some(13), Some(14), Some(Unit::Items))
    );
    assert_eq!(issue.pointer, "/message/quick_replies");
}
