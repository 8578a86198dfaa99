//! What the module exports for building and checking.

use js_sys::{Array, JSON, Reflect};
use messenger_send_wasm::validation::{
    build_message, nearest_name, report_unreadable, rules, validate_json,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const HELLO: &[u8] =
    br#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}"#;

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).expect("an object")
}

/// The object that an answer's JSON text describes.
fn parsed(answer: &JsValue) -> JsValue {
    JSON::parse(&answer.as_string().expect("a text")).expect("JSON")
}

fn issues(report: &JsValue) -> Array {
    get(report, "issues").unchecked_into()
}

#[wasm_bindgen_test]
fn a_clean_request_has_no_report() {
    assert!(validate_json(HELLO, None).is_undefined());
    let options = br#"{"platform":"messenger"}"#.to_vec();
    assert!(validate_json(HELLO, Some(options)).is_undefined());
}

#[wasm_bindgen_test]
fn an_issue_is_a_plain_object() {
    let wrong = br#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":""}}"#;
    let report = parsed(&validate_json(wrong, None));
    assert_eq!(get(&report, "valid"), JsValue::FALSE);
    let issue = issues(&report).get(0);
    assert_eq!(get(&issue, "code"), JsValue::from("text.empty"));
    assert_eq!(get(&issue, "pointer"), JsValue::from("/message/text"));
    let path: Array = get(&issue, "path").unchecked_into();
    assert_eq!(path.to_vec(), ["message", "text"].map(JsValue::from));
    assert!(get(&issue, "limit").is_undefined() && !Reflect::has(&issue, &"limit".into()).unwrap());
}

#[wasm_bindgen_test]
fn options_that_cannot_be_are_issues() {
    for options in [
        "null",
        r#"{"platform":"telegram"}"#,
        r#"{"rules":{"no.such.rule":"off"}}"#,
    ] {
        let report = parsed(&validate_json(HELLO, Some(options.into())));
        assert_eq!(
            get(&issues(&report).get(0), "code"),
            JsValue::from("options.invalid")
        );
    }
}

#[wasm_bindgen_test]
fn a_value_that_json_cannot_hold_is_an_issue() {
    for reason in ["undefined", "too_large", "not_text", "unserializable"] {
        let report = parsed(&report_unreadable(reason.as_bytes(), None));
        assert_eq!(issues(&report).length(), 1, "{reason}");
    }
}

#[wasm_bindgen_test]
fn a_draft_becomes_a_request_or_an_error() {
    let built = parsed(&build_message(br#"{"to":"1","text":"hello"}"#, None));
    let text = get(&get(&get(&built, "request"), "message"), "text");
    assert_eq!(text, JsValue::from("hello"));
    assert!(get(&built, "issues").is_undefined());
    let refused = parsed(&build_message(br#"{"text":"hello"}"#, None));
    assert!(issues(&refused).length() > 0);
    assert!(get(&refused, "request").is_undefined());
    let invalid = parsed(&build_message(br#"{"to":"1","text":""}"#, None));
    assert!(issues(&invalid).length() > 0);
    let text = get(&get(&get(&invalid, "request"), "message"), "text");
    assert_eq!(text, JsValue::from(""));
}

#[wasm_bindgen_test]
fn the_catalogue_is_a_list_of_plain_objects() {
    let catalogue: Array = parsed(&rules()).unchecked_into();
    assert!(catalogue.length() > 500);
    let first = catalogue.get(0);
    assert!(get(&first, "code").is_string() && get(&first, "docs").is_string());
}

#[wasm_bindgen_test]
fn a_name_that_was_perhaps_meant() {
    let known = || ["accessToken", "pageId"].map(str::to_owned).to_vec();
    assert_eq!(
        nearest_name("acessToken", known()).as_deref(),
        Some("accessToken")
    );
    assert_eq!(nearest_name("colour", known()), None);
}
