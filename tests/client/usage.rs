//! The usage headers.

use messenger_send::client::{Retry, Usage};
use serde_json::{Value, json};

use super::script::{HELLO, Reply, Script, now, send_once};

fn read(business: &str, app: &str, page: &str) -> Option<Usage> {
    let headers = [
        ("X-Business-Use-Case-Usage", business),
        ("X-App-Usage", app),
        ("x-page-usage", page),
    ];
    let present: Vec<_> = headers
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    send_once(Reply::with_headers(200, &present, r#"{"message_id":"m"}"#))
        .unwrap()
        .usage
}

fn to_value(usage: Option<Usage>) -> Value {
    serde_json::to_value(usage.expect("usage")).unwrap()
}

#[test]
fn all_headers_are_read() {
    let business = json!({
        "1": [
            {
                "type": "messenger", "call_count": 28, "total_cputime": 25, "total_time": 24.5,
                "estimated_time_to_regain_access": 0,
            },
            { "type": "pages" },
        ],
        "2": [{ "call_count": "7" }],
    });
    let app = r#"{"call_count":10,"total_time":20,"total_cputime":30}"#;
    let usage = read(&business.to_string(), app, r#"{"call_count":1}"#);
    let expected = json!({
        "app": { "callCount": 10, "totalTime": 20, "totalCputime": 30 },
        "page": { "callCount": 1 },
        "business": [
            {
                "id": "1", "type": "messenger", "callCount": 28, "totalTime": 24,
                "totalCputime": 25, "minutesToRegainAccess": 0,
            },
            { "id": "2", "callCount": 7 },
        ],
    });
    assert_eq!(to_value(usage), expected);
}

#[test]
fn an_error_has_the_usage_too() {
    let script = Script::new([Reply::with_headers(
        400,
        &[("x-app-usage", r#"{"call_count":107}"#)],
        r#"{"error":{"code":613}}"#,
    )]);
    let client = script.client_with(|builder| builder.retry(Retry::never()));
    let error = now(client.send(HELLO)).unwrap_err();
    assert_eq!(error.usage.as_ref().map(Usage::highest_percent), Some(107));
}

#[test]
fn a_header_that_cannot_be_read_is_none() {
    let deep = "[".repeat(1000);
    let broken = [
        "{",
        "[]",
        "null",
        "12",
        "\"x\"",
        "{}",
        "{\"1\":[]}",
        "{\"1\":[null]}",
        "{\"1\":null}",
        "<html>",
        "{\"1\":[{\"type\":\"messenger\"}]}",
        deep.as_str(),
    ];
    for text in broken {
        assert_eq!(read(text, text, text), None, "{text}");
    }
    for figure in [
        "null", "-1", "\"x\"", "\"NaN\"", "\"inf\"", "\"\"", "1e2", "[1]", "true",
    ] {
        assert_eq!(
            read("", &format!(r#"{{"call_count":{figure}}}"#), ""),
            None,
            "{figure}"
        );
    }
    let one_good = read("oops", r#"{"call_count":1,"total_time":"?"}"#, "");
    assert_eq!(to_value(one_good), json!({ "app": { "callCount": 1 } }));
    assert_eq!(read("", "", ""), None);
}

#[test]
fn a_figure_that_no_counter_holds_is_the_highest() {
    for figure in ["4294967295", "4294967296", &"9".repeat(400)] {
        let usage = read("", &format!(r#"{{"call_count":{figure}}}"#), "").unwrap();
        assert_eq!(usage.highest_percent(), u32::MAX);
    }
}

#[test]
fn a_header_with_too_many_entries_is_none() {
    let header = |count: usize| {
        let entry = |id: usize| (id.to_string(), json!([{ "call_count": 1 }]));
        Value::Object((0..count).map(entry).collect()).to_string()
    };
    assert_eq!(read(&header(64), "", "").unwrap().business.len(), 64);
    assert_eq!(read(&header(65), "", ""), None);
}

#[test]
fn one_object_in_place_of_the_list_is_read() {
    assert_eq!(
        read(r#"{"1":{"call_count":5}}"#, "", "")
            .unwrap()
            .business
            .len(),
        1
    );
}

#[test]
fn the_highest_figure_of_all_that_concerns_messages_counts() {
    let business = |use_case: &str| {
        let entry = json!([{ "type": use_case, "call_count": 107, "total_time": 125 }]);
        json!({ "1": entry }).to_string()
    };
    let app = r#"{"call_count":10}"#;
    for use_case in ["messenger", "instagram", "pages"] {
        assert_eq!(
            read(&business(use_case), app, "")
                .unwrap()
                .highest_percent(),
            125
        );
    }
    let other = read(&business("ads_management"), app, r#"{"total_cputime":30}"#).unwrap();
    assert_eq!(
        other.highest_percent(),
        30,
        "another product's limit stops no message"
    );
}

#[test]
fn the_wait_is_that_of_the_limit_in_question() {
    let business = json!({ "1": [
        { "type": "messenger", "estimated_time_to_regain_access": 2 },
        { "type": "instagram", "estimated_time_to_regain_access": 3 },
        { "type": "pages", "estimated_time_to_regain_access": 4 },
        { "type": "ads_management", "estimated_time_to_regain_access": 60 },
    ] });
    let usage = read(&business.to_string(), "", "").unwrap();
    for (code, minutes) in [
        (Some(80006), 2),
        (Some(80002), 3),
        (Some(80001), 4),
        (Some(613), 4),
        (None, 4),
    ] {
        assert_eq!(usage.minutes_to_wait(code), Some(minutes), "{code:?}");
    }
    let free = json!({ "1": [{ "type": "messenger", "estimated_time_to_regain_access": 0 }] });
    assert_eq!(
        read(&free.to_string(), "", "")
            .unwrap()
            .minutes_to_wait(Some(80006)),
        None
    );
}
