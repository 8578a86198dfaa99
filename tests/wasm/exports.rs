//! Tests of the module's exports for building and validation.

use js_sys::{Array, Function, JSON, Reflect, Uint32Array};
use messenger_send_wasm::validation::{build_message, report_unreadable, rules, validate_json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const HELLO: &[u8] =
    br#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":"hello"}}"#;

fn get(value: &JsValue, name: &str) -> JsValue {
    Reflect::get(value, &name.into()).expect("an object")
}

/// Parses a JSON text.
fn parsed(json: &JsValue) -> JsValue {
    JSON::parse(&json.as_string().expect("a text")).expect("JSON")
}

/// A function that keeps the text and the numbers of a report.
fn read() -> Function {
    Function::new_with_args("text, numbers", "return [text, numbers.slice()]")
}

/// The text and the numbers of a report.
fn parts(report: &JsValue) -> (String, Vec<u32>) {
    let report: &Array = report.unchecked_ref();
    let numbers: Uint32Array = report.get(1).unchecked_into();
    (report.get(0).as_string().expect("a text"), numbers.to_vec())
}

#[wasm_bindgen_test]
fn a_clean_request_has_no_report() {
    assert!(validate_json(HELLO, None, read().unchecked_ref()).is_undefined());
    let options = br#"{"platform":"messenger"}"#.to_vec();
    assert!(validate_json(HELLO, Some(options), read().unchecked_ref()).is_undefined());
}

#[wasm_bindgen_test]
fn a_report_is_a_text_and_numbers() {
    let wrong = br#"{"recipient":{"id":"1"},"messaging_type":"RESPONSE","message":{"text":""}}"#;
    let (text, numbers) = parts(&validate_json(wrong, None, read().unchecked_ref()));
    assert!(text.starts_with("/message/texttext.emptytext must not be empty.https:"));
    // A path of two names, and its end.
    assert_eq!(numbers.get(..7), Some(&[0, 1, 8, 0, 9, 13, 2][..]));
    assert!(numbers.get(7).is_some_and(|bits| bits & 1 == 1), "an error");
    // The code, the pointer and the message.
    assert_eq!(numbers.get(8..14), Some(&[13, 23, 0, 13, 23, 46][..]));
}

#[wasm_bindgen_test]
fn options_that_cannot_be_are_issues() {
    for options in [
        "null",
        r#"{"platform":"telegram"}"#,
        r#"{"rules":{"no.such.rule":"off"}}"#,
    ] {
        let (text, _) = parts(&validate_json(
            HELLO,
            Some(options.into()),
            read().unchecked_ref(),
        ));
        assert!(text.starts_with("options.invalid"), "{text}");
    }
}

#[wasm_bindgen_test]
fn a_value_that_json_cannot_hold_is_an_issue() {
    for reason in ["undefined", "too_large", "not_text", "unserializable"] {
        let (text, _) = parts(&report_unreadable(
            reason.as_bytes(),
            None,
            read().unchecked_ref(),
        ));
        assert!(text.starts_with("json."), "{reason}: {text}");
    }
}

#[wasm_bindgen_test]
fn a_draft_becomes_a_request_or_an_error() {
    let built = parsed(&build_message(
        br#"{"to":"1","text":"hello"}"#,
        None,
        read().unchecked_ref(),
    ));
    let text = get(&get(&built, "message"), "text");
    assert_eq!(text, JsValue::from("hello"));
    let refused = build_message(br#"{"text":"hello"}"#, None, read().unchecked_ref());
    let details: &Array = refused.unchecked_ref();
    assert!(details.get(1).is_undefined());
    assert!(!parts(&details.get(0)).0.is_empty());
    let invalid = build_message(br#"{"to":"1","text":""}"#, None, read().unchecked_ref());
    let details: &Array = invalid.unchecked_ref();
    assert!(parts(&details.get(0)).0.contains("text.empty"));
    let text = get(&get(&parsed(&details.get(1)), "message"), "text");
    assert_eq!(text, JsValue::from(""));
}

#[wasm_bindgen_test]
fn the_catalogue_is_a_list_of_plain_objects() {
    let catalogue: Array = parsed(&rules()).unchecked_into();
    assert!(catalogue.length() > 500);
    let first = catalogue.get(0);
    assert!(get(&first, "code").is_string() && get(&first, "docs").is_string());
}
