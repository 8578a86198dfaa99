//! The usage headers.

use messenger_send::send::{AnswerHeaders, Usage};
use serde_json::{Value, json};

fn read(business: &str, app: &str, page: &str) -> Option<Usage> {
    Usage::read(&AnswerHeaders::from_lines(&format!("\n{business}\n{app}\n{page}\n")))
}

fn to_value(usage: &Usage) -> Value {
    serde_json::from_str(usage.to_json()).unwrap()
}

#[test]
fn all_headers_are_read() {
    let business = r#"{"1":[{"type":"messenger","call_count":28,"total_cputime":25,"total_time":24.5,"estimated_time_to_regain_access":0},{"type":"pages"}],"2":[{"call_count":"7"}]}"#;
    let usage = read(business, r#"{"call_count":10,"total_time":20,"total_cputime":30}"#, r#"{"call_count":1}"#).unwrap();
    let expected = json!({
        "app": { "callCount": 10, "totalTime": 20, "totalCputime": 30 },
        "page": { "callCount": 1 },
        "business": [
            { "id": "1", "type": "messenger", "callCount": 28, "totalTime": 24, "totalCputime": 25, "minutesToRegainAccess": 0 },
            { "id": "2", "callCount": 7 },
        ],
    });
    assert_eq!(to_value(&usage), expected);
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
    for figure in ["null", "-1", "\"x\"", "\"NaN\"", "\"inf\"", "\"\"", "1e2", "4294967296", "[1]", "true"] {
        assert_eq!(read("", &format!(r#"{{"call_count":{figure}}}"#), ""), None, "{figure}");
    }
    let one_good = read("oops", r#"{"call_count":1,"total_time":"?"}"#, "").unwrap();
    assert_eq!(to_value(&one_good), json!({ "app": { "callCount": 1 } }));
    assert_eq!(read("", "", ""), None);
}

#[test]
fn a_header_with_too_many_entries_is_none() {
    let header = |count: usize| Value::Object((0..count).map(|id| (id.to_string(), json!([{ "call_count": 1 }]))).collect()).to_string();
    assert_eq!(to_value(&read(&header(64), "", "").unwrap())["business"].as_array().unwrap().len(), 64);
    assert_eq!(read(&header(65), "", ""), None);
}

#[test]
fn one_object_in_place_of_the_list_is_read() {
    assert_eq!(to_value(&read(r#"{"1":{"call_count":5}}"#, "", "").unwrap())["business"].as_array().unwrap().len(), 1);
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
    assert_eq!(usage.minutes_to_wait(Some(80006)), Some(2));
    assert_eq!(usage.minutes_to_wait(Some(80002)), Some(3));
    assert_eq!(usage.minutes_to_wait(Some(80001)), Some(4));
    assert_eq!(usage.minutes_to_wait(Some(613)), Some(4));
    assert_eq!(usage.minutes_to_wait(None), Some(4));
    let free = read(r#"{"1":[{"type":"messenger","estimated_time_to_regain_access":0}]}"#, "", "").unwrap();
    assert_eq!(free.minutes_to_wait(Some(80006)), None);
}
