//! Building and checking: what both entries of the package need.
//!
//! Texts come in as UTF-8, because the package encodes them faster than the glue does. Reports go
//! out as a text and numbers, everything else as JSON text: see `FlatReport`.

use messenger_send::build;
use messenger_send::validate::{self, Unreadable};
use wasm_bindgen::prelude::*;

use crate::convert::{invalid_draft, report, rule_options};

/// Checks the JSON of a request, given as UTF-8. Returns the text and the numbers of the report, or
/// `undefined` without issues.
#[wasm_bindgen(js_name = validateJson)]
pub fn validate_json(json: &[u8], options: Option<Vec<u8>>) -> JsValue {
    report(&validate::flat_report(
        json,
        &rule_options(options.as_deref()),
    ))
}

/// The report on a value that cannot be written as JSON, or whose JSON is too large. `reason` is
/// `undefined`, `too_large`, `not_text`, or anything else for a value that cannot be serialized.
#[wasm_bindgen(js_name = reportUnreadable)]
pub fn report_unreadable(reason: &[u8], options: Option<Vec<u8>>) -> JsValue {
    report(&validate::flat_unreadable(
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

/// Builds a request from the JSON of a draft, as UTF-8. Returns the request as JSON text, or the
/// details of a `ValidationError`.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<Vec<u8>>) -> JsValue {
    // The package has encoded a string, so it is UTF-8.
    let draft = str::from_utf8(draft).unwrap_or_default();
    match build::flat_build(draft, &rule_options(options.as_deref())) {
        Ok(request) => request.into(),
        Err(invalid) => invalid_draft(&invalid.report, invalid.request.as_deref()),
    }
}

/// The catalogue of rules, as JSON text.
#[wasm_bindgen]
pub fn rules() -> JsValue {
    validate::rules_json().into()
}

/// The name among these that was perhaps meant by one that does not exist: for options of sending.
#[cfg(feature = "client")]
#[wasm_bindgen(js_name = nearestName)]
pub fn nearest_name(name: &str, known: Vec<String>) -> Option<String> {
    let known = known.iter().map(String::as_str);
    validate::nearest_name(name, known).map(str::to_owned)
}
