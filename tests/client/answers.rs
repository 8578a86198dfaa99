//! Responses: receipts, errors of Graph, and everything else.

use messenger_send::client::transport::{MAX_BODY, ResponseBody};
use messenger_send::client::{Delivery, ErrorKind, SendError, SendReceipt};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::script::{Reply, send_once};

fn read(status: u16, body: impl AsRef<[u8]>) -> Result<SendReceipt, SendError> {
    send_once(Reply::new(status, body))
}

#[track_caller]
fn failure(status: u16, body: impl AsRef<[u8]>) -> SendError {
    read(status, body).expect_err("an error")
}

#[track_caller]
fn error(error: Value) -> SendError {
    failure(400, json!({ "error": error }).to_string())
}

#[track_caller]
fn assert_invalid(status: u16, body: impl AsRef<[u8]>, delivery: Delivery) {
    let error = failure(status, body);
    assert_eq!(
        (error.kind, error.delivery),
        (ErrorKind::InvalidResponse, delivery),
        "{error}"
    );
    assert_eq!(error.retryable, status == 429, "{error}");
}

#[test]
fn a_receipt_has_any_of_the_three_ids() {
    let body = r#"{"recipient_id":"1","message_id":"m_2","attachment_id":"3","thread_key":"t"}"#;
    assert_eq!(
        serde_json::to_value(read(200, body).unwrap()).unwrap(),
        json!({ "recipient_id": "1", "message_id": "m_2", "attachment_id": "3", "attempts": 1 })
    );
    let of = |status, body: &str| read(status, body).unwrap();
    assert_eq!(
        of(200, r#"{"recipient_id":"1"}"#).recipient_id.as_deref(),
        Some("1")
    );
    assert_eq!(
        of(201, r#"{"message_id":"m"}"#).message_id.as_deref(),
        Some("m")
    );
    assert_eq!(
        of(299, r#"{"attachment_id":"9"}"#).attachment_id.as_deref(),
        Some("9")
    );
}

#[test]
fn an_id_may_be_a_whole_number_and_nothing_else() {
    let receipt = read(200, r#"{"recipient_id":18446744073709551615}"#).unwrap();
    assert_eq!(
        receipt.recipient_id.as_deref(),
        Some("18446744073709551615")
    );
    for id in ["1.5", "1e30", "-1", "null", "true", "{}", "[]", r#""""#] {
        assert_invalid(200, format!(r#"{{"message_id":{id}}}"#), Delivery::Unknown);
    }
    let one_is_good = read(200, r#"{"message_id":{},"recipient_id":"1"}"#);
    assert!(one_is_good.is_ok(), "one good id is enough");
    let half = read(200, r#"{"message_id":"\ud800"}"#).unwrap();
    assert_eq!(
        half.message_id.as_deref(),
        Some("\u{fffd}"),
        "it arrived all the same"
    );
}

#[test]
fn error_data_is_kept_as_graph_wrote_it() {
    let data = r#"{ "b":1.50,"a":[12345678901234567890,"\u00fc"],"c":null }"#;
    let error = failure(
        400,
        format!(r#"{{"error":{{"code":1,"error_data":{data}}}}}"#),
    );
    let kept = error.data.as_ref().unwrap();
    assert_eq!(kept.as_str(), data);
    assert_eq!(
        kept.to_value(),
        json!({ "b": 1.5, "a": [12345678901234567890_u64, "ü"], "c": null })
    );
    assert_eq!(format!("{kept:?}"), data);
    let written = serde_json::to_string(&error).unwrap();
    assert!(written.contains(&format!(r#""data":{data}"#)), "{written}");
    let half = r#"{"error":{"code":1,"error_data":"\ud800"}}"#;
    let half = failure(400, half).data.clone().unwrap();
    assert_eq!(half.as_str(), r#""\ud800""#);
    assert_eq!(half.to_value(), Value::Null);
    let none = r#"{"error":{"code":1,"error_data":null}}"#;
    assert_eq!(failure(400, none).data, None);
}

#[test]
fn error_data_may_be_nested_as_deeply_as_a_response() {
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        failure(
            400,
            format!(r#"{{"error":{{"code":1,"error_data":{open}{close}}}}}"#),
        )
    };
    let deepest = nested(126).data.clone().unwrap();
    assert_eq!(deepest.as_str().len(), 252);
    assert!(deepest.to_value().is_array());
    assert_eq!(nested(126).code, Some(1));
    assert_eq!(
        nested(127).kind,
        ErrorKind::InvalidResponse,
        "the reader's own bound"
    );
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    let receipt = read(200, r#"{"message_id":"first","message_id":"last"}"#).unwrap();
    assert_eq!(receipt.message_id.as_deref(), Some("last"));
    assert!(read(200, r#"{"message_id":"m","error":{"code":1},"error":null}"#).is_ok());
    assert_eq!(
        failure(200, r#"{"error":{"code":1,"code":190}}"#).code,
        Some(190)
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert!(read(200, b"\xEF\xBB\xBF{\"message_id\":\"m\"}").is_ok());
}

#[test]
fn an_error_that_is_not_an_object_does_not_undo_a_receipt() {
    assert!(read(200, r#"{"message_id":"m","error":null}"#).is_ok());
}

#[test]
fn an_error_object_is_an_error_at_any_status() {
    let body = r#"{"error":{"message":"(#100) No matching user found","code":100,"error_subcode":2018001}}"#;
    for status in [0, 200, 302, 400, 403, 408, 500, 503] {
        let error = failure(status, body);
        let outcome = (error.kind, error.delivery, error.retryable);
        assert_eq!(
            outcome,
            (ErrorKind::Recipient, Delivery::Rejected, false),
            "at {status}"
        );
        assert_eq!(
            error.message,
            "Graph answered with an error: (#100) No matching user found (code 100, subcode 2018001)"
        );
    }
}

#[test]
fn a_permanent_code_at_a_server_error_is_permanent() {
    let error = failure(
        500,
        r#"{"error":{"code":100,"message":"(#100) Unknown parameter"}}"#,
    );
    let outcome = (error.kind, error.delivery, error.retryable);
    assert_eq!(outcome, (ErrorKind::Request, Delivery::Rejected, false));
}

#[test]
fn an_error_beside_a_message_id_leaves_the_delivery_open() {
    let error = failure(200, r#"{"message_id":"m_1","error":{"code":2}}"#);
    assert_eq!(
        (error.delivery, error.retryable),
        (Delivery::Unknown, false)
    );
}

#[test]
fn every_member_of_an_error_is_read() {
    let error = error(json!({
        "message": "(#10) Outside", "type": "OAuthException", "code": 10,
        "error_subcode": 2_018_278, "fbtrace_id": "Atrace", "is_transient": false,
        "error_user_title": "Title", "error_user_msg": "Text", "error_data": { "a": [1] },
    }));
    let expected = json!({
        "message": "Graph answered with an error: (#10) Outside (code 10, subcode 2018278)",
        "kind": "window", "delivery": "rejected", "retryable": false, "attempts": 1,
        "status": 400, "code": 10, "subcode": 2_018_278, "type": "OAuthException",
        "fbtraceId": "Atrace", "isTransient": false, "userTitle": "Title",
        "userMessage": "Text", "data": { "a": [1] }, "hint": error.hint.unwrap(),
    });
    assert_eq!(serde_json::to_value(&error).unwrap(), expected);
}

#[test]
fn members_of_the_wrong_type_are_read_where_they_can_be() {
    let numeric = error(json!({
        "code": " 613 ", "error_subcode": 1_893_016.0, "is_transient": "false",
        "message": 7, "fbtrace_id": 8,
    }));
    assert_eq!(
        (numeric.code, numeric.subcode),
        (Some(613), Some(1_893_016))
    );
    assert_eq!(
        (numeric.is_transient, numeric.kind),
        (Some(false), ErrorKind::RateLimit)
    );
    assert_eq!(numeric.fbtrace_id.as_deref(), Some("8"));
    assert_eq!(error(json!({ "is_transient": 1 })).is_transient, Some(true));

    let wrong = json!([{ "deep": 1 }]);
    let useless = error(json!({
        "message": wrong, "type": wrong, "code": wrong, "error_subcode": "x",
        "fbtrace_id": wrong, "is_transient": 3, "error_user_title": wrong,
        "error_user_msg": null, "error_data": null,
    }));
    let expected = json!({
        "message": "Graph answered with an error: no message (no code, HTTP 400)",
        "kind": "request", "delivery": "rejected", "retryable": false, "attempts": 1,
        "status": 400,
    });
    assert_eq!(serde_json::to_value(&useless).unwrap(), expected);
}

#[test]
fn a_code_that_no_number_of_javascript_holds_is_none() {
    let over = 9_007_199_254_740_992_i64;
    for code in [
        json!(over),
        json!(-over),
        json!(1e300),
        json!(2.5),
        json!("1e3"),
        json!(u64::MAX),
    ] {
        assert_eq!(error(json!({ "code": code })).code, None, "{code}");
    }
    for code in [over - 1, 1 - over, -1] {
        assert_eq!(error(json!({ "code": code })).code, Some(code));
    }
}

#[test]
fn the_answer_that_hides_a_success_is_unknown() {
    let hidden = error(json!({ "code": 1, "error_subcode": 1_357_046, "is_transient": true }));
    assert_eq!(
        (hidden.delivery, hidden.retryable),
        (Delivery::Unknown, false)
    );
    let other = error(json!({ "code": 1, "error_subcode": 99 }));
    assert_eq!(
        (other.delivery, other.retryable),
        (Delivery::Rejected, true)
    );
}

#[test]
fn a_refusal_at_a_server_error_is_a_refusal() {
    let error = failure(
        500,
        r#"{"error":{"code":2,"message":"Service temporarily unavailable"}}"#,
    );
    let outcome = (error.kind, error.delivery, error.retryable);
    assert_eq!(outcome, (ErrorKind::Transient, Delivery::Rejected, true));
}

#[test]
fn a_response_not_from_graph_is_judged_by_its_status() {
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
fn a_gateway_that_throttles_means_later() {
    let wait = [("Retry-After", "7")];
    let answer = |status| send_once(Reply::with_headers(status, &wait, "slow down")).unwrap_err();
    for status in [400, 403, 429] {
        let error = answer(status);
        assert_eq!(
            (error.delivery, error.retryable),
            (Delivery::Rejected, true),
            "{status}"
        );
        assert_eq!(error.retry_after.map(|wait| wait.as_secs()), Some(7));
    }
    for status in [200, 302, 408, 500, 503] {
        let error = answer(status);
        assert_eq!(
            (error.delivery, error.retryable),
            (Delivery::Unknown, false),
            "{status}"
        );
    }
    assert!(failure(429, "").retryable && !failure(403, "").retryable);
}

#[test]
fn a_receipt_at_a_wrong_status_is_none() {
    let receipt = r#"{"message_id":"m"}"#;
    assert_invalid(0, receipt, Delivery::Unknown);
    assert_invalid(199, receipt, Delivery::Unknown);
    assert_invalid(300, receipt, Delivery::Unknown);
    assert_invalid(400, receipt, Delivery::Rejected);
    assert_invalid(500, receipt, Delivery::Unknown);
}

#[test]
fn the_message_says_what_is_wrong_with_a_response() {
    let message = |status, body: &str| failure(status, body).message.clone();
    assert_eq!(message(200, ""), "The response (HTTP 200) has no body.");
    assert_eq!(
        message(502, "<html>"),
        "The response (HTTP 502) is not a JSON object."
    );
    assert_eq!(
        message(200, "{}"),
        "The response (HTTP 200) has no message_id, recipient_id or attachment_id."
    );
    assert_eq!(
        message(0, ""),
        "The response is a redirect, which is not followed: check baseUrl."
    );
    assert_eq!(failure(0, "").status, None);
    assert_eq!(
        message(404, "{}"),
        "The response (HTTP 404) is neither a receipt nor an error of Graph."
    );
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
    let unread = |status, body| send_once(Reply::without_body(status, body)).unwrap_err();
    let too_large = unread(413, ResponseBody::TooLarge);
    assert_eq!(too_large.delivery, Delivery::Rejected);
    assert!(
        too_large.message.contains("larger than 1 MiB"),
        "{too_large}"
    );
    let unreadable = unread(200, ResponseBody::Unreadable);
    let outcome = (unreadable.kind, unreadable.delivery);
    assert_eq!(outcome, (ErrorKind::InvalidResponse, Delivery::Unknown));
    assert!(
        unreadable.message.contains("cannot be read"),
        "{unreadable}"
    );
}

#[test]
fn the_headers_give_trace_usage_and_wait() {
    let usage =
        r#"{"1":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":3}]}"#;
    let headers = [
        ("retry-after", "7"),
        ("X-Business-Use-Case-Usage", usage),
        ("x-fb-trace-id", "Bheader"),
    ];
    let answer = |body: &str| send_once(Reply::with_headers(400, &headers, body)).unwrap_err();
    let limited = answer(r#"{"error":{"code":80006}}"#);
    assert_eq!(limited.retry_after.map(|wait| wait.as_secs()), Some(180));
    assert_eq!(limited.fbtrace_id.as_deref(), Some("Bheader"));
    assert!(limited.usage.is_some());
    let other = answer(r#"{"error":{"code":100,"fbtrace_id":"Abody"}}"#);
    let wait = other.retry_after.map(|wait| wait.as_secs());
    assert_eq!(
        wait,
        Some(7),
        "a full limit is no reason for a bad parameter"
    );
    assert_eq!(other.fbtrace_id.as_deref(), Some("Abody"));
    let invalid = answer("oops");
    assert_eq!(invalid.retry_after.map(|wait| wait.as_secs()), Some(7));
    assert_eq!(invalid.fbtrace_id.as_deref(), Some("Bheader"));
    assert!(invalid.usage.is_some());
}

proptest! {
    #[test]
    fn no_answer_makes_it_panic(
        status: u16,
        body: Vec<u8>,
        retry_after: Option<String>,
        usage: Option<String>,
    ) {
        let usage = usage.as_deref();
        let headers = [
            ("retry-after", retry_after.as_deref()),
            ("x-app-usage", usage),
            ("x-page-usage", usage),
            ("x-business-use-case-usage", usage),
        ];
        let headers: Vec<_> =
            headers.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let answer = send_once(Reply::with_headers(status, &headers, &body));
        prop_assert!(answer.is_err(), "random bytes are no receipt");
    }

    #[test]
    fn no_error_object_makes_it_panic(
        code in any_json(),
        subcode in any_json(),
        transient in any_json(),
        data in any_json(),
        message in any_json(),
    ) {
        let body = json!({ "error": {
            "code": code, "error_subcode": subcode, "is_transient": transient,
            "error_data": data, "message": message,
        } });
        let error = failure(400, body.to_string());
        prop_assert!(serde_json::to_string(&error).is_ok());
        prop_assert!(error.delivery != Delivery::NotSent);
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-2_i64..2000).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(number.to_string())),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let members = prop::collection::btree_map(any::<String>(), inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
