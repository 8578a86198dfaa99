//! Building and validation, which both entries of the package export.
//!
//! Texts are passed in as UTF-8, because the package encodes them faster than the glue does.
//! Reports are returned as one text and a list of numbers (see `FlatReport`), everything else as
//! JSON text.

use messenger_send::build;
use messenger_send::validate::{self, Unreadable};
use wasm_bindgen::prelude::*;

use crate::convert::{report, report_details, rule_options};

/// Checks the JSON of a request, given as UTF-8. Returns the text and the numbers of the report, or
/// `undefined` if there are no issues.
#[wasm_bindgen(js_name = validateJson)]
pub fn validate_json(json: &[u8], options: Option<Vec<u8>>) -> JsValue {
    report(&validate::flat_report(
        json,
        &rule_options(options.as_deref()),
    ))
}

/// Returns the report on a value that cannot be written as JSON, or whose JSON is too large.
/// `reason` is `undefined`, `too_large` or `not_text`; any other text means that the value cannot
/// be serialized.
#[wasm_bindgen(js_name = reportUnreadable)]
pub fn report_unreadable(reason: &[u8], options: Option<Vec<u8>>) -> JsValue {
    report(&validate::flat_unreadable(
        unreadable_reason(reason),
        &rule_options(options.as_deref()),
    ))
}

/// Converts the package's name of the reason why there is no JSON.
pub(crate) fn unreadable_reason(reason: &[u8]) -> Unreadable {
    match reason {
        b"undefined" => Unreadable::Undefined,
        b"too_large" => Unreadable::TooLarge(None),
        b"not_text" => Unreadable::NotText,
        _ => Unreadable::Unserializable,
    }
}

/// Builds a request from the JSON of a draft, as UTF-8. Returns the request as JSON text, or the
/// details of a `ValidationError`.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<Vec<u8>>) -> JsValue {
    // The package encodes a string, so it is valid UTF-8.
    let draft = str::from_utf8(draft).unwrap_or_default();
    match build::flat_build(draft, &rule_options(options.as_deref())) {
        Ok(request) => request.into(),
        Err(invalid) => report_details(&invalid.report, invalid.request.as_deref()),
    }
}

/// The catalogue of rules, as JSON text.
#[wasm_bindgen]
pub fn rules() -> JsValue {
    validate::rules_json().into()
}
