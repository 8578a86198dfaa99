//! What an answer means: receipts, errors of Graph, and everything that is neither.

use messenger_send::send::{Answer, AnswerHeaders, Delivery, Failure, Kind, MAX_BODY, Receipt, read_answer, too_large, unreadable};
use proptest::prelude::*;
use serde_json::{Value, json};

fn read(status: u16, body: impl AsRef<[u8]>) -> Result<Receipt, Box<Failure>> {
    read_answer(&Answer { status, body: body.as_ref(), ..Answer::default() }, 0.0)
}

#[track_caller]
fn failure(status: u16, body: impl AsRef<[u8]>) -> Failure {
    *read(status, body).expect_err("a failure")
}

#[track_caller]
fn error(error: Value) -> Failure {
    failure(400, json!({ "error": error }).to_string())
}

#[track_caller]
fn assert_invalid(status: u16, body: impl AsRef<[u8]>, delivery: Delivery) {
    let failure = failure(status, body);
    assert_eq!((failure.kind, failure.delivery, failure.retryable), (Kind::InvalidResponse, delivery, false), "{}", failure.message);
}

#[test]
fn a_receipt_has_any_of_the_three_ids() {
    let receipt = read(200, r#"{"recipient_id":"1","message_id":"m_2","attachment_id":"3","thread_key":"t"}"#).unwrap();
    assert_eq!(receipt.to_json(), r#"{"recipient_id":"1","message_id":"m_2","attachment_id":"3","attempts":0}"#);
    assert_eq!(read(200, r#"{"recipient_id":"1"}"#).unwrap().recipient_id.as_deref(), Some("1"));
    assert_eq!(read(201, r#"{"message_id":"m"}"#).unwrap().message_id.as_deref(), Some("m"));
    assert_eq!(read(299, r#"{"attachment_id":"9"}"#).unwrap().attachment_id.as_deref(), Some("9"));
}

#[test]
fn an_id_may_be_a_whole_number_and_nothing_else() {
    assert_eq!(read(200, r#"{"recipient_id":18446744073709551615}"#).unwrap().recipient_id.as_deref(), Some("18446744073709551615"));
    for id in ["1.5", "1e30", "-1", "null", "true", "{}", "[]", r#""""#] {
        assert_invalid(200, format!(r#"{{"message_id":{id}}}"#), Delivery::Unknown);
    }
    assert!(read(200, r#"{"message_id":{},"recipient_id":"1"}"#).is_ok(), "one good id is enough");
    assert_eq!(read(200, r#"{"message_id":"\ud800"}"#).unwrap().message_id.as_deref(), Some("\u{fffd}"), "it arrived all the same");
}

#[test]
fn error_data_is_kept_as_it_was_written() {
    let failure = failure(400, r#"{"error":{"code":1,"error_data":{ "b":1.0,"a":[12345678901234567890,"\u00fc"] }}}"#);
    assert_eq!(failure.details.get("data"), Some(r#"{ "b":1.0,"a":[12345678901234567890,"\u00fc"] }"#));
    let depth = |depth: usize| format!(r#"{{"error":{{"code":1,"error_data":{}{}}}}}"#, "[".repeat(depth), "]".repeat(depth));
    assert!(super::answers::failure(400, depth(126)).code.is_some());
    assert_invalid(400, depth(127), Delivery::Rejected);
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    assert_eq!(read(200, r#"{"message_id":"first","message_id":"last"}"#).unwrap().message_id.as_deref(), Some("last"));
    assert!(read(200, r#"{"message_id":"m","error":{"code":1},"error":null}"#).is_ok());
    assert_eq!(failure(200, r#"{"error":{"code":1,"code":190}}"#).code, Some(190));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert!(read(200, b"\xEF\xBB\xBF{\"message_id\":\"m\"}").is_ok());
}

#[test]
fn an_error_that_is_no_object_does_not_undo_a_receipt() {
    assert!(read(200, r#"{"message_id":"m","error":null}"#).is_ok());
}

#[test]
fn an_error_object_is_an_error_at_any_status() {
    for status in [0, 200, 302, 400, 403, 408, 500, 503] {
        let failure = failure(status, r#"{"error":{"message":"(#100) No matching user found","code":100,"error_subcode":2018001}}"#);
        assert_eq!((failure.kind, failure.delivery), (Kind::Recipient, Delivery::Rejected), "at {status}");
        assert_eq!(failure.message, "Graph answered with an error: (#100) No matching user found (code 100, subcode 2018001)");
    }
}

#[test]
fn an_error_beside_a_message_id_leaves_the_delivery_open() {
    let failure = failure(200, r#"{"message_id":"m_1","error":{"code":2}}"#);
    assert_eq!((failure.delivery, failure.retryable), (Delivery::Unknown, false));
}

#[test]
fn every_member_of_an_error_is_read() {
    let failure = error(json!({
        "message": "(#10) Outside", "type": "OAuthException", "code": 10, "error_subcode": 2018278, "fbtrace_id": "Atrace",
        "is_transient": false, "error_user_title": "Title", "error_user_msg": "Text", "error_data": { "a": [1] },
    }));
    let hint = failure.hint.unwrap();
    let expected = json!({
        "name": "SendError", "message": "Graph answered with an error: (#10) Outside (code 10, subcode 2018278)",
        "kind": "window", "delivery": "rejected", "retryable": false, "attempts": 0, "status": 400, "code": 10, "subcode": 2018278,
        "type": "OAuthException", "fbtraceId": "Atrace", "isTransient": false, "userTitle": "Title", "userMessage": "Text",
        "data": { "a": [1] }, "hint": hint,
    });
    assert_eq!(serde_json::from_str::<Value>(&failure.to_json()).unwrap(), expected);
}

#[test]
fn members_of_the_wrong_type_are_read_where_they_can_be() {
    let numeric = error(json!({ "code": " 613 ", "error_subcode": 1893016.0, "is_transient": "false", "message": 7, "fbtrace_id": 8 }));
    assert_eq!((numeric.code, numeric.subcode, numeric.details.get("isTransient")), (Some(613), Some(1_893_016), Some("false")));
    assert_eq!((numeric.kind, numeric.details.get("fbtraceId")), (Kind::RateLimit, Some("\"8\"")));
    assert_eq!(error(json!({ "is_transient": 1 })).details.get("isTransient"), Some("true"));

    let wrong = json!([{ "deep": 1 }]);
    let useless = error(json!({
        "message": wrong, "type": wrong, "code": wrong, "error_subcode": "x", "fbtrace_id": wrong, "is_transient": 3,
        "error_user_title": wrong, "error_user_msg": null, "error_data": null,
    }));
    let expected = json!({
        "name": "SendError", "message": "Graph answered with an error: no message (no code, HTTP 400)", "kind": "request",
        "delivery": "rejected", "retryable": false, "attempts": 0, "status": 400,
    });
    assert_eq!(serde_json::from_str::<Value>(&useless.to_json()).unwrap(), expected);
}

#[test]
fn a_code_that_no_number_of_javascript_holds_is_none() {
    for code in [json!(9_007_199_254_740_992_i64), json!(1e300), json!(2.5), json!("1e3"), json!(u64::MAX)] {
        assert_eq!(error(json!({ "code": code })).code, None, "{code}");
    }
    assert_eq!(error(json!({ "code": 9_007_199_254_740_991_i64 })).code, Some(9_007_199_254_740_991));
}

#[test]
fn the_answer_that_hides_a_success_is_unknown() {
    let failure = error(json!({ "code": 1, "error_subcode": 1_357_046, "is_transient": true }));
    assert_eq!((failure.delivery, failure.retryable), (Delivery::Unknown, false));
    let other = error(json!({ "code": 1, "error_subcode": 99 }));
    assert_eq!((other.delivery, other.retryable), (Delivery::Rejected, true));
}

#[test]
fn a_refusal_at_a_server_error_is_a_refusal() {
    let failure = failure(500, r#"{"error":{"code":2,"message":"Service temporarily unavailable"}}"#);
    assert_eq!((failure.kind, failure.delivery, failure.retryable), (Kind::Transient, Delivery::Rejected, true));
}

#[test]
fn what_is_no_answer_of_graph_is_judged_by_its_status() {
    let nested = "[".repeat(5000) + &"]".repeat(5000);
    let deep_object = r#"{"a":"#.repeat(5000);
    let bodies = [
        "",
        " ",
        "<!DOCTYPE html><title>Error</title>",
        "[]",
        r#"[{"message_id":"m"}]"#,
        r#"{"message_id":"m_1""#,
        "12",
        "null",
        "true",
        r#""message_id""#,
        "{}",
        r#"{"error":"invalid_request"}"#,
        r#"{"error":[]}"#,
        r#"{"success":true}"#,
        r#"{"message_id":"m"} trailing"#,
        r#"{"message_id":1e999}"#,
        nested.as_str(),
        deep_object.as_str(),
    ];
    for body in bodies {
        for (status, delivery) in [
            (0, Delivery::Unknown),
            (200, Delivery::Unknown),
            (204, Delivery::Unknown),
            (302, Delivery::Unknown),
            (400, Delivery::Rejected),
            (404, Delivery::Rejected),
            (408, Delivery::Unknown),
            (429, Delivery::Rejected),
            (499, Delivery::Rejected),
            (500, Delivery::Unknown),
            (502, Delivery::Unknown),
            (999, Delivery::Unknown),
        ] {
            assert_invalid(status, body, delivery);
        }
    }
    assert_invalid(200, b"{\"message_id\":\"\xff\"}", Delivery::Unknown);
}

#[test]
fn a_receipt_at_a_wrong_status_is_none() {
    assert_invalid(0, r#"{"message_id":"m"}"#, Delivery::Unknown);
    assert_invalid(302, r#"{"message_id":"m"}"#, Delivery::Unknown);
    assert_invalid(400, r#"{"message_id":"m"}"#, Delivery::Rejected);
    assert_invalid(500, r#"{"message_id":"m"}"#, Delivery::Unknown);
}

#[test]
fn the_message_says_what_is_wrong_with_an_answer() {
    assert_eq!(failure(200, "").message, "The answer (HTTP 200) has no body.");
    assert_eq!(failure(502, "<html>").message, "The answer (HTTP 502) is not a JSON object.");
    assert_eq!(failure(200, "{}").message, "The answer (HTTP 200) has no message_id, recipient_id or attachment_id.");
    assert_eq!(failure(0, "").message, "The answer is a redirect, which is not followed: check baseUrl.");
    assert_eq!(failure(0, "").status, None);
    assert_eq!(failure(404, "{}").message, "The answer (HTTP 404) is neither a receipt nor an error of Graph.");
}

#[test]
fn a_body_is_read_up_to_the_cap() {
    let filled = |length: usize| {
        let mut body = br#"{"message_id":"m"}"#.to_vec();
        body.resize(length, b' ');
        body
    };
    assert!(read(200, filled(MAX_BODY)).is_ok());
    assert_invalid(200, filled(MAX_BODY + 1), Delivery::Unknown);
    let answer = Answer { status: 413, ..Answer::default() };
    assert_eq!(too_large(&answer, 0.0).delivery, Delivery::Rejected);
    assert_eq!(unreadable(&answer, 0.0).kind, Kind::InvalidResponse);
}

#[test]
fn the_headers_give_trace_usage_and_wait() {
    let headers = AnswerHeaders::read(|name| {
        Some(match name {
            "retry-after" => "7",
            "x-business-use-case-usage" => r#"{"1":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":3}]}"#,
            "x-fb-trace-id" => "Bheader",
            _ => return None,
        })
    });
    let answer = |body: &'static str| Answer { status: 400, headers, body: body.as_bytes() };
    let limited = read_answer(&answer(r#"{"error":{"code":80006}}"#), 0.0).unwrap_err();
    assert_eq!((limited.retry_after_ms, limited.details.get("fbtraceId")), (Some(180_000), Some("\"Bheader\"")));
    assert!(limited.details.get("usage").is_some());
    let other = read_answer(&answer(r#"{"error":{"code":100,"fbtrace_id":"Abody"}}"#), 0.0).unwrap_err();
    assert_eq!(
        (other.retry_after_ms, other.details.get("fbtraceId")),
        (Some(7000), Some("\"Abody\"")),
        "a full limit is no reason for a bad parameter"
    );
    let invalid = read_answer(&answer("oops"), 0.0).unwrap_err();
    assert_eq!((invalid.retry_after_ms, invalid.details.get("fbtraceId")), (Some(7000), Some("\"Bheader\"")));
    assert!(invalid.details.get("usage").is_some());
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(status: u16, body: Vec<u8>, retry_after: Option<String>, usage: Option<String>, now: f64) {
        let usage = usage.as_deref();
        let headers = AnswerHeaders { retry_after: retry_after.as_deref(), business_usage: usage, app_usage: usage, page_usage: usage, trace_id: None };
        let answer = Answer { status, headers, body: &body };
        prop_assert!(read_answer(&answer, now).is_err(), "random bytes are no receipt");
    }

    #[test]
    fn no_error_object_makes_it_panic(code in any_json(), subcode in any_json(), transient in any_json(), data in any_json(), message in any_json()) {
        let body = json!({ "error": { "code": code, "error_subcode": subcode, "is_transient": transient, "error_data": data, "message": message } });
        let failure = failure(400, body.to_string());
        prop_assert!(serde_json::from_str::<Value>(&failure.to_json()).is_ok());
        prop_assert!(failure.delivery != Delivery::NotSent);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0_i64..2000).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(number.to_string())),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(|map| Value::Object(map.into_iter().collect()))
        ]
    })
}
