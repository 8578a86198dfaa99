//! The boundary to JavaScript, in Node and in headless Chrome: what crosses it as text, and the request that gloo-net builds.
//!
//! `wasm-pack test --node . --test wasm`, and with `WASM_BINDGEN_USE_BROWSER=1` `wasm-pack test --headless --chrome . --test wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use js_sys::{Function, Promise, Reflect};
use messenger_send::bindings::many::{
    answered_lane, check_options, consequence, open_lane, pass_lane,
};
use messenger_send::bindings::send::{
    build_request, prepare_send, prepare_upload, proof_text, read_answer, read_trouble, redact,
    with_proof,
};
use messenger_send::bindings::{build_message, rules, validate_bytes, validate_unreadable};
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

const HELLO: &str =
    r#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}"#;
const TOKEN: &str = "EAABtesttoken";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

// Text in, text out.

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap()
}

/// What stands behind the mark of a refusal.
fn refused(text: &str) -> Value {
    read(text.strip_prefix('!').expect("a refusal"))
}

fn codes(report: &Value) -> Vec<&str> {
    report["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|issue| issue["code"].as_str().unwrap())
        .collect()
}

#[wasm_bindgen_test]
fn a_clean_request_has_no_report() {
    assert_eq!(validate_bytes(HELLO.as_bytes(), None), None);
    assert_eq!(
        validate_bytes(
            HELLO.as_bytes(),
            Some(r#"{"platform":"messenger"}"#.to_owned())
        ),
        None
    );
    assert_eq!(validate_bytes(HELLO.as_bytes(), None), None);
}

#[wasm_bindgen_test]
fn a_wrong_request_has_a_report_as_json() {
    let wrong = r#"{"recipient":{"id":"1"},"message":{"text":""}}"#;
    let text = validate_bytes(wrong.as_bytes(), None).unwrap();
    let report = read(&text);
    assert_eq!(report["valid"], json!(false));
    assert!(
        report["issues"]
            .as_array()
            .unwrap()
            .iter()
            .any(|issue| issue["pointer"] == "/message/text"),
        "{text}"
    );
    assert_eq!(
        validate_bytes(wrong.as_bytes(), None).as_deref(),
        Some(text.as_str())
    );
}

#[wasm_bindgen_test]
fn text_that_is_no_json_and_bytes_that_are_no_text_have_one_issue() {
    let report = read(&validate_bytes(b"{", None).unwrap());
    assert_eq!((&report["valid"], codes(&report).len()), (&json!(false), 1));
    let report = read(&validate_bytes(b"{\"a\":\"\xFF\"}", None).unwrap());
    assert_eq!(codes(&report), ["json.malformed"]);
    assert!(
        report["issues"][0]["message"]
            .as_str()
            .unwrap()
            .contains("byte 6"),
        "{report}"
    );
}

#[wasm_bindgen_test]
fn options_cross_as_json_and_a_wrong_one_is_an_issue() {
    let wrong = r#"{"recipient":{"id":"1"},"message":{"text":""}}"#;
    let report = read(&validate_bytes(wrong.as_bytes(), None).unwrap());
    let off: serde_json::Map<String, Value> = codes(&report)
        .into_iter()
        .map(|code| (code.to_owned(), json!("off")))
        .collect();
    assert_eq!(
        validate_bytes(wrong.as_bytes(), Some(json!({ "rules": off }).to_string())),
        None
    );

    let report = read(
        &validate_bytes(
            HELLO.as_bytes(),
            Some(r#"{"platform":"pigeon"}"#.to_owned()),
        )
        .unwrap(),
    );
    assert_eq!(report["issues"].as_array().unwrap().len(), 1);
    assert!(
        report["issues"][0]["message"]
            .as_str()
            .unwrap()
            .contains("platform"),
        "{report}"
    );
}

#[wasm_bindgen_test]
fn a_value_without_json_has_a_report_for_each_reason() {
    for reason in ["undefined", "unserializable", "too_large", "not_text"] {
        let report = read(&validate_unreadable(reason, None));
        let expected = if reason == "too_large" {
            "json.too_large"
        } else {
            "json.unserializable"
        };
        assert_eq!(report["valid"], json!(false), "{reason}");
        assert_eq!(codes(&report), [expected], "{reason}");
        assert_eq!(report["issues"][0]["pointer"], json!(""), "{reason}");
    }
}

#[wasm_bindgen_test]
fn a_draft_becomes_a_request_or_its_issues_behind_a_mark() {
    let request = build_message(br#"{"to":"1","text":"hello"}"#, None);
    assert_eq!(validate_bytes(request.as_bytes(), None), None, "{request}");
    assert_eq!(read(&request)["message"]["text"], json!("hello"));

    let error = refused(&build_message(b"{", None));
    assert_eq!(codes(&error).len(), 1);
    assert!(error.get("request").is_none(), "{error}");

    // What was built is wrong: the request is there too, so that the places of its issues mean something.
    let error = refused(&build_message(
        json!({ "to": "1", "text": "x".repeat(3000) })
            .to_string()
            .as_bytes(),
        None,
    ));
    assert!(!codes(&error).is_empty(), "{error}");
    assert!(error["request"].is_object(), "{error}");

    let error = refused(&build_message(
        br#"{"to":"1","text":"hello"}"#,
        Some("[]".to_owned()),
    ));
    assert_eq!(codes(&error).len(), 1, "{error}");
}

#[wasm_bindgen_test]
fn the_catalogue_is_a_list_of_rules() {
    let rules = read(&rules());
    let rules = rules.as_array().unwrap();
    assert!(rules.len() > 50, "{}", rules.len());
    for rule in rules {
        assert!(
            rule["code"].is_string() && rule["summary"].is_string() && rule["platforms"].is_array(),
            "{rule}"
        );
        assert!(
            rule["severity"] == "error" || rule["severity"] == "warning",
            "{rule}"
        );
    }
}

// The steps of a send.

fn options() -> Value {
    json!({ "accessToken": TOKEN })
}

fn with(more: &Value) -> String {
    let mut options = options();
    options
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    options.to_string()
}

/// What a step is told: options, and facts beside them.
fn step(more: &Value, facts: &Value) -> String {
    format!("{}\n{facts}", with(more))
}

/// What goes over HTTP: the plan and the body.
fn prepared(more: &Value) -> (Value, String) {
    let text = prepare_send(HELLO.as_bytes(), &step(more, &json!({})));
    let (plan, body) = text.split_once('\n').unwrap();
    (read(plan), body.to_owned())
}

#[wasm_bindgen_test]
fn a_form_is_written_with_the_token_in_it() {
    let (plan, body) = prepared(&json!({ "pageId": "42", "timeoutMs": 1500.5 }));
    let expected = json!({
        "url": "https://graph.facebook.com/v25.0/42/messages", "contentType": "application/x-www-form-urlencoded", "timeoutMs": 1501,
    });
    assert_eq!(plan, expected);
    assert_eq!(
        body,
        "recipient=%7B%22id%22%3A%221%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22hello%22%7D&access_token=EAABtesttoken"
    );
}

#[wasm_bindgen_test]
fn json_goes_out_as_it_was_written_with_the_token_in_a_header() {
    let (plan, body) =
        prepared(&json!({ "encoding": "json", "baseUrl": "https://example.org/graph/" }));
    let expected = json!({
        "url": "https://example.org/graph/v25.0/me/messages", "contentType": "application/json", "authorization": "Bearer EAABtesttoken",
        "timeoutMs": 30000,
    });
    assert_eq!((plan, body.as_str()), (expected, HELLO));
}

#[wasm_bindgen_test]
fn a_proof_is_added_in_both_encodings() {
    for (encoding, expected) in [
        (
            "form",
            "&access_token=EAABtesttoken&appsecret_proof=abc&appsecret_time=1700000000",
        ),
        (
            "json",
            r#","appsecret_proof":"abc","appsecret_time":1700000000}"#,
        ),
    ] {
        let options = json!({ "appSecret": SECRET, "encoding": encoding });
        assert_eq!(
            proof_text("1700000000", &with(&options)),
            "EAABtesttoken|1700000000"
        );
        let (_, body) = prepared(&json!({ "encoding": encoding }));
        let proven = with_proof(
            body,
            &step(&options, &json!({ "proof": "abc", "time": 1_700_000_000 })),
        );
        assert!(proven.ends_with(expected), "{proven}");
    }
}

#[wasm_bindgen_test]
fn a_file_makes_up_for_the_source_of_a_medium() {
    let medium = |payload: Value| json!({ "recipient": { "id": "1" }, "messaging_type": "RESPONSE", "message": { "attachment": { "type": "image", "payload": payload } } });
    let prepare = |payload: Value, facts: Value| {
        prepare_send(
            medium(payload).to_string().as_bytes(),
            &step(&json!({}), &facts),
        )
    };
    assert!(prepare(json!({}), json!({ "file": 5 })).starts_with('{'));
    assert_eq!(
        refused(&prepare(json!({}), json!({})))["report"]["issues"][0]["code"],
        json!("media.no_source")
    );
    for (payload, bytes) in [
        (json!({}), 8_388_609),
        (json!({}), 0),
        (json!({ "url": "https://example.org/a.png" }), 5),
    ] {
        assert_eq!(
            refused(&prepare(payload, json!({ "file": bytes })))["kind"],
            json!("configuration")
        );
    }
}

#[wasm_bindgen_test]
fn an_upload_goes_to_its_own_edge() {
    let upload = |url: Option<&str>, facts: Value| {
        prepare_upload(url.map(str::to_owned), &step(&json!({}), &facts))
    };
    let text = upload(
        None,
        json!({ "bytes": 5, "mime": "audio/mpeg", "reusable": true }),
    );
    let (plan, body) = text.split_once('\n').unwrap();
    assert_eq!(
        read(plan)["url"],
        json!("https://graph.facebook.com/v25.0/me/message_attachments")
    );
    assert!(
        body.contains("audio")
            && body.contains("true")
            && body.ends_with("&access_token=EAABtesttoken"),
        "{body}"
    );
    let of_address = upload(Some("https://example.org/a"), json!({ "kind": "video" }));
    assert!(
        of_address.contains("video") && of_address.contains("false"),
        "{of_address}"
    );
    for (url, facts) in [
        (Some("a.png"), json!({})),
        (None, json!({ "bytes": 0, "mime": "image/png" })),
        (
            None,
            json!({ "bytes": 5, "mime": "image/png", "kind": "?" }),
        ),
    ] {
        assert_eq!(refused(&upload(url, facts))["kind"], json!("configuration"));
    }
}

#[wasm_bindgen_test]
fn an_item_of_a_batch_has_no_token() {
    let text = prepare_send(
        HELLO.as_bytes(),
        &step(&json!({}), &json!({ "item": true })),
    );
    let form = "recipient=%7B%22id%22%3A%221%22%7D&messaging_type=RESPONSE&message=%7B%22text%22%3A%22hello%22%7D";
    assert_eq!(text.split_once('\n').map(|(_, body)| body), Some(form));
}

#[wasm_bindgen_test]
fn a_wrong_request_and_a_wrong_option_are_refused() {
    let wrong = r#"{"recipient":{},"message":{"text":"hello"}}"#;
    let error = refused(&prepare_send(wrong.as_bytes(), &with(&json!({}))));
    assert_eq!(error["name"], json!("ValidationError"));
    assert_eq!(
        error["report"],
        read(&validate_bytes(wrong.as_bytes(), None).unwrap())
    );
    let off = json!({ "rules": r#"{"rules":{"no.such.rule":"off"}}"# });
    for (facts, bad, word) in [
        (json!({}), json!({ "timeoutMs": -1 }), "timeoutMs"),
        (off, json!({}), "no.such.rule"),
    ] {
        let error = refused(&prepare_send(HELLO.as_bytes(), &step(&bad, &facts)));
        assert_eq!(
            (&error["name"], &error["kind"], &error["delivery"]),
            (
                &json!("SendError"),
                &json!("configuration"),
                &json!("not_sent")
            )
        );
        assert!(error["message"].as_str().unwrap().contains(word), "{error}");
    }
}

#[wasm_bindgen_test]
fn an_answer_is_a_receipt_or_an_error_with_the_next_wait() {
    let answer = |status: u16, headers: &str, body: &str, reading: u32| {
        let facts = json!({ "attempts": 1, "sent": 0, "status": status, "headers": headers, "reading": reading, "now": 0, "random": 0.5 });
        read(&read_answer(
            body.as_bytes(),
            &step(&json!({ "retry": { "baseDelayMs": 1000 } }), &facts),
        ))
    };
    let receipt = answer(200, "\n\n{\"call_count\":7}", r#"{"message_id":"m_1"}"#, 0);
    assert_eq!(
        receipt,
        json!({ "receipt": { "message_id": "m_1", "attempts": 1, "usage": { "app": { "callCount": 7 } } } })
    );
    let refused = answer(
        400,
        "2",
        &format!(r#"{{"error":{{"code":613,"message":"slow {TOKEN}"}}}}"#),
        0,
    );
    assert_eq!(
        (
            &refused["delayMs"],
            &refused["sent"],
            &refused["error"]["retryAfterMs"]
        ),
        (&json!(2500), &json!(1), &json!(2000))
    );
    assert!(!refused.to_string().contains(TOKEN), "{refused}");
    for reading in [1, 2] {
        let invalid = answer(200, "", "", reading);
        assert_eq!(
            (&invalid["error"]["kind"], &invalid["sent"]),
            (&json!("invalid_response"), &json!(2)),
            "{invalid}"
        );
        assert!(invalid.get("delayMs").is_none());
    }
}

#[wasm_bindgen_test]
fn a_trouble_is_an_error() {
    let trouble = |word: &str, facts: Value| {
        read(&read_trouble(
            word,
            &step(
                &json!({ "retry": { "unknown": true, "baseDelayMs": 0 } }),
                &facts,
            ),
        ))
    };
    let late = trouble(
        "late",
        json!({ "attempts": 1, "sent": 0, "detail": "20", "status": 200, "random": 0 }),
    );
    let error = &late["error"];
    assert_eq!(
        (&error["kind"], &error["delivery"], &error["status"]),
        (&json!("timeout"), &json!("unknown"), &json!(200))
    );
    assert_eq!(
        (&error["message"], &late["delayMs"]),
        (&json!("No whole answer came within 20 ms."), &json!(0))
    );
    for (word, sent, delivery) in [
        ("aborted_before", 0, "not_sent"),
        ("aborted_before", 1, "rejected"),
        ("aborted", 1, "unknown"),
    ] {
        let aborted = trouble(word, json!({ "attempts": 1, "sent": sent }));
        assert!(aborted["error"].get("status").is_none(), "{aborted}");
        assert_eq!(
            (&aborted["error"]["kind"], &aborted["error"]["delivery"]),
            (&json!("aborted"), &json!(delivery)),
            "{aborted}"
        );
        assert!(aborted.get("delayMs").is_none());
    }
}

#[wasm_bindgen_test]
fn secrets_are_taken_out_of_a_text() {
    assert_eq!(
        redact(
            &format!("{TOKEN} and {SECRET}."),
            &with(&json!({ "appSecret": SECRET }))
        ),
        "<redacted> and <redacted>."
    );
}

#[wasm_bindgen_test]
fn options_are_checked_without_a_message() {
    assert_eq!(
        check_options(None, r#"{"accessToken":"EAABtesttoken"}"#),
        None
    );
    let unknown = Some(r#"{"rules":{"no.such.rule":"off"}}"#.to_owned());
    for (rules, options) in [
        (None, "{}"),
        (None, r#"{"accessToken":"a b"}"#),
        (unknown, r#"{"accessToken":"EAABtesttoken"}"#),
    ] {
        let error = read(&check_options(rules, options).unwrap());
        assert_eq!(
            (&error["kind"], &error["delivery"]),
            (&json!("configuration"), &json!("not_sent"))
        );
    }
}

#[wasm_bindgen_test]
fn a_lane_is_kept_as_numbers_by_any_clock() {
    // The second one counts from 1970, as in Workers: more slots than 32 bits have.
    for start in [0.0, 1.8e12] {
        let mut lane = open_lane();
        let mut passed = 0.0;
        for at in 0..1000 {
            passed += pass_lane(&mut lane, start + f64::from(at), 50.0, 0.0, 1.0).max(0.0);
            answered_lane(
                &mut lane,
                start + f64::from(at) - 0.5,
                start + f64::from(at),
                0.0,
            );
        }
        assert!(
            (45.0..=50.0).contains(&passed),
            "{passed} of 50 from {start}"
        );
        assert!(pass_lane(&mut lane, start + 1000.5, 50.0, 0.0, 1.0) <= 1.0);
        let mut full = open_lane();
        assert_eq!(pass_lane(&mut full, start + 1.0, 50.0, 0.0, 80.0), 50.0);
        assert!(
            pass_lane(&mut full, start + 990.0, 50.0, 0.0, 1.0) < 0.0,
            "the second is full"
        );
        assert_eq!(pass_lane(&mut full, start + 4000.0, 50.0, 0.0, 1.0), 1.0);
    }
}

#[wasm_bindgen_test]
fn a_refusal_has_a_consequence_for_the_others() {
    let cases = [
        (551.0, f64::NAN, 0),
        (613.0, f64::NAN, 1),
        (200.0, f64::NAN, 2),
        (190.0, 463.0, 3),
        (10.0, 1_893_063.0, 3),
    ];
    for (code, subcode, expected) in cases {
        assert_eq!(consequence(code, subcode), expected, "{code}/{subcode}");
    }
    for none in [f64::NAN, f64::INFINITY, 0.5, -1.0, 1e300] {
        assert_eq!(consequence(none, none), 0);
    }
}

// The request that gloo-net builds.

/// Runs the body of a function of `value`.
fn run(code: &str, value: &JsValue) -> JsValue {
    Function::new_with_args("value", code)
        .call1(&JsValue::UNDEFINED, value)
        .unwrap()
}

async fn text_of(request: &JsValue) -> String {
    JsFuture::from(Promise::from(run("return value.text();", request)))
        .await
        .unwrap()
        .as_string()
        .unwrap()
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap()
}

const URL: &str = "https://graph.facebook.com/v25.0/me/messages";

const FORM: &str = "application/x-www-form-urlencoded";

/// The request with what one message adds to it; `code` gives that.
fn with_init(content_type: Option<&str>, code: &str, value: &JsValue) -> web_sys::Request {
    let request = build_request(URL, content_type.map(str::to_owned)).unwrap();
    let init = run(code, value);
    let made = Function::new_with_args("request, init", "return new Request(request, init);")
        .call2(&JsValue::UNDEFINED, &request, &init);
    made.unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn the_request_is_a_post_that_follows_no_redirect() {
    let request = build_request(URL, Some(FORM.to_owned())).unwrap();
    assert_eq!(
        (request.method(), request.url()),
        ("POST".to_owned(), URL.to_owned())
    );
    assert_eq!(
        get(&request, "redirect").as_string().as_deref(),
        Some("manual")
    );
    assert_eq!(
        request.headers().get("content-type").unwrap().as_deref(),
        Some(FORM)
    );
    assert_eq!(request.headers().get("authorization").unwrap(), None);
    assert_eq!(text_of(&request).await, "");
}

#[wasm_bindgen_test]
async fn one_request_serves_several_messages() {
    for body in ["a=b", "c=d"] {
        let request = with_init(
            Some(FORM),
            "return { body: value };",
            &JsValue::from_str(body),
        );
        assert_eq!(
            (request.method(), request.url()),
            ("POST".to_owned(), URL.to_owned())
        );
        assert_eq!(
            get(&request, "redirect").as_string().as_deref(),
            Some("manual")
        );
        assert_eq!(
            request.headers().get("content-type").unwrap().as_deref(),
            Some(FORM)
        );
        assert_eq!(text_of(&request).await, body);
    }
}

#[wasm_bindgen_test]
fn a_token_in_a_header_is_in_the_one_request_only() {
    let json = "application/json";
    let code = "return { body: '{}', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer x' } };";
    let request = with_init(Some(json), code, &JsValue::UNDEFINED);
    assert_eq!(
        request.headers().get("authorization").unwrap().as_deref(),
        Some("Bearer x")
    );
    assert_eq!(
        request.headers().get("content-type").unwrap().as_deref(),
        Some(json)
    );
}

#[wasm_bindgen_test]
fn the_signal_aborts_the_request() {
    let controller = AbortController::new().unwrap();
    let request = with_init(None, "return { signal: value };", &controller.signal());
    assert!(!request.signal().aborted());
    controller.abort();
    assert!(request.signal().aborted());
}

#[wasm_bindgen_test]
async fn a_form_with_a_file_has_the_content_type_of_the_runtime() {
    let code = r#"
        const body = new FormData();
        body.append("message", "{}");
        body.append("filedata", new Blob(["GIF89a"], { type: "image/gif" }), "a.gif");
        return { body };"#;
    let request = with_init(None, code, &JsValue::UNDEFINED);
    let content_type = request.headers().get("content-type").unwrap().unwrap();
    assert!(
        content_type.starts_with("multipart/form-data; boundary="),
        "{content_type}"
    );
    let text = text_of(&request).await;
    assert!(
        text.contains("name=\"filedata\"; filename=\"a.gif\"")
            && text.contains("Content-Type: image/gif")
            && text.contains("GIF89a"),
        "{text}"
    );
}
