//! Building and checking: what both entries of the package need.
//!
//! Texts come in as UTF-8, because the package encodes them faster than the glue does. Results go
//! out as JSON text, because `JSON.parse` is the fastest way to an object.

use messenger_send::build;
use messenger_send::validate::{self, Unreadable, unreadable};
use wasm_bindgen::prelude::*;

use crate::convert::{json_text, report, rule_options, validation_error};

/// Checks the JSON of a request, as UTF-8. Returns the report, or `undefined` without issues.
#[wasm_bindgen(js_name = validateJson)]
pub fn validate_json(json: &[u8], options: Option<Vec<u8>>) -> JsValue {
    report(&validate::validate_json(
        json,
        &rule_options(options.as_deref()),
    ))
}

/// The report on a value that cannot be written as JSON, or whose JSON is too large. `reason` is
/// `undefined`, `too_large`, `not_text`, or anything else for a value that cannot be serialized.
#[wasm_bindgen(js_name = reportUnreadable)]
pub fn report_unreadable(reason: &[u8], options: Option<Vec<u8>>) -> JsValue {
    report(&unreadable(
        unreadable_reason(reason),
        &rule_options(options.as_deref()),
    ))
}

/// The words of the package for why there is no JSON.
pub(crate) fn unreadable_reason(reason: &[u8]) -> Unreadable {
    match reason {
        b"undefined" => Unreadable::Undefined,
        b"too_large" => Unreadable::TooLarge(None),
        b"not_text" => Unreadable::NotText,
        _ => Unreadable::Unserializable,
    }
}

/// Builds a request from the JSON of a draft. Answers `{"request": …}`, or what a `ValidationError`
/// is made of: `{"issues": […], "request"?: …}`.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<Vec<u8>>) -> JsValue {
    // What is not UTF-8 is told as the place where the text stops being JSON.
    let draft = String::from_utf8_lossy(draft);
    match build::build_message(&draft, &rule_options(options.as_deref())) {
        Ok(request) => [r#"{"request":"#, &request, "}"].concat().into(),
        Err(error) => validation_error(&error).into(),
    }
}

/// The catalogue of rules.
#[wasm_bindgen]
pub fn rules() -> JsValue {
    json_text(&validate::rules()).into()
}

/// The name among these that was perhaps meant by one that does not exist: for options of sending.
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = nearestName)]
pub fn nearest_name(name: &str, known: Vec<String>) -> Option<String> {
    let known = known.iter().map(String::as_str);
    validate::nearest_name(name, known).map(str::to_owned)
}
