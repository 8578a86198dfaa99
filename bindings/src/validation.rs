//! Building and validating: the exports of both entry points of the package.

use messenger_send::build;
use messenger_send::validate::{self, Unreadable, unreadable};
use wasm_bindgen::prelude::*;

use crate::convert::{parsed, report, rule_options, validation_error};

/// Checks the JSON of a request, as UTF-8. Returns the report, or `undefined` without issues.
#[wasm_bindgen(js_name = validateJson)]
pub fn validate_json(json: &[u8], options: Option<String>) -> JsValue {
    report(&validate::validate_json(
        json,
        &rule_options(options.as_deref()),
    ))
}

/// The report on a value that cannot be written as JSON, or whose JSON is too large. `reason` is
/// `undefined`, `too_large`, `not_text`, or anything else for a value that cannot be serialized.
#[wasm_bindgen(js_name = reportUnreadable)]
pub fn report_unreadable(reason: &str, options: Option<String>) -> JsValue {
    report(&unreadable(
        unreadable_reason(reason),
        &rule_options(options.as_deref()),
    ))
}

/// The package's names for why there is no JSON.
pub(crate) fn unreadable_reason(reason: &str) -> Unreadable {
    match reason {
        "undefined" => Unreadable::Undefined,
        "too_large" => Unreadable::TooLarge(None),
        "not_text" => Unreadable::NotText,
        _ => Unreadable::Unserializable,
    }
}

/// Builds a request from the JSON of a draft, as UTF-8. Returns the request as JSON text, or the
/// details of a `ValidationError`.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<String>) -> JsValue {
    // Invalid UTF-8 is reported as the position where the text stops being JSON.
    let draft = String::from_utf8_lossy(draft);
    match build::build_message(&draft, &rule_options(options.as_deref())) {
        Ok(request) => request.into(),
        Err(error) => validation_error(&error),
    }
}

/// The catalogue of rules.
#[wasm_bindgen]
pub fn rules() -> JsValue {
    parsed(&validate::rules())
}

/// The known name that is nearest to an unknown one.
#[wasm_bindgen(js_name = nearestName)]
pub fn nearest_name(name: &str, known: Vec<String>) -> Option<String> {
    let known = known.iter().map(String::as_str);
    validate::nearest_name(name, known).map(str::to_owned)
}
