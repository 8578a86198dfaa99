//! Building and checking: what both doors of the package export.

use messenger_send::build;
use messenger_send::validate::{self, Unreadable};
use wasm_bindgen::prelude::*;

use crate::convert::{invalid_draft, parsed, report, rule_options};

/// Checks the JSON of a request, given as UTF-8. Answers the text and the numbers of the report, or
/// `undefined` where there is no issue.
#[wasm_bindgen(js_name = validateJson)]
pub fn validate_json(json: &[u8], options: Option<String>) -> JsValue {
    report(&validate::flat_report(
        json,
        &rule_options(options.as_deref()),
    ))
}

/// The report on a value that has no JSON, or too much of it. `reason` is `undefined`,
/// `too_large`, `not_text` or anything else for what cannot be serialized.
#[wasm_bindgen(js_name = reportUnreadable)]
pub fn report_unreadable(reason: &str, options: Option<String>) -> JsValue {
    report(&validate::flat_unreadable(
        unreadable_reason(reason),
        &rule_options(options.as_deref()),
    ))
}

/// The words of the package for why there is no JSON.
pub(crate) fn unreadable_reason(reason: &str) -> Unreadable {
    match reason {
        "undefined" => Unreadable::Undefined,
        "too_large" => Unreadable::TooLarge(None),
        "not_text" => Unreadable::NotText,
        _ => Unreadable::Unserializable,
    }
}

/// Builds a request from the JSON of a draft, given as UTF-8. Answers the request as JSON text, or
/// an object that a `ValidationError` is made of.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<String>) -> JsValue {
    // The package has encoded a string, so it is UTF-8.
    let draft = str::from_utf8(draft).unwrap_or_default();
    match build::flat_build(draft, &rule_options(options.as_deref())) {
        Ok(request) => request.into(),
        Err(invalid) => invalid_draft(&invalid.report, invalid.request.as_deref()),
    }
}

/// The catalogue of rules.
#[wasm_bindgen]
pub fn rules() -> JsValue {
    parsed(&validate::rules_json())
}

/// The name among these that was perhaps meant by one that does not exist.
#[wasm_bindgen(js_name = nearestName)]
pub fn nearest_name(name: &str, known: Vec<String>) -> Option<String> {
    let known = known.iter().map(String::as_str);
    validate::nearest_name(name, known).map(str::to_owned)
}
