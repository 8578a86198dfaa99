//! Building and validation, which both entries of the package export.
//!
//! Texts are passed in as UTF-8, because the package encodes them faster than the glue does.
//! A report is passed to a function of the package (see `FlatReport`). Everything else is returned
//! as JSON text.

use js_sys::Array;
use messenger_send::build;
use messenger_send::validate::{self, Unreadable};
use wasm_bindgen::prelude::*;

use crate::convert::{ReadIssues, issues, rule_options};

/// Checks the JSON of a request, given as UTF-8. Returns what `read` makes of the report, or
/// `undefined` if there are no issues.
#[wasm_bindgen(js_name = validateJson)]
pub fn validate_json(json: &[u8], options: Option<Vec<u8>>, read: &ReadIssues) -> JsValue {
    let options = rule_options(options.as_deref());
    issues(&validate::flat_report(json, &options), read)
}

/// Returns the report on a value that cannot be written as JSON, or whose JSON is too large.
/// `reason` is `undefined`, `too_large` or `not_text`; any other text means that the value cannot
/// be serialized.
#[wasm_bindgen(js_name = reportUnreadable)]
pub fn report_unreadable(reason: &[u8], options: Option<Vec<u8>>, read: &ReadIssues) -> JsValue {
    let options = rule_options(options.as_deref());
    let reason = unreadable_reason(reason);
    issues(&validate::flat_unreadable(reason, &options), read)
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

/// Builds a request from the JSON of a draft, as UTF-8. Returns the request as JSON text. If it is
/// invalid: what `read` makes of the report, and the JSON of the request, if it was built.
#[wasm_bindgen(js_name = buildMessage)]
pub fn build_message(draft: &[u8], options: Option<Vec<u8>>, read: &ReadIssues) -> JsValue {
    // The package encodes a string, so it is valid UTF-8.
    let draft = str::from_utf8(draft).unwrap_or_default();
    match build::flat_build(draft, &rule_options(options.as_deref())) {
        Ok(request) => request.into(),
        Err(invalid) => {
            let issues = issues(&invalid.report, read);
            Array::of2(&issues, &invalid.request.into()).into()
        }
    }
}

/// The catalogue of rules, as JSON text.
#[wasm_bindgen]
pub fn rules() -> JsValue {
    validate::rules_json().into()
}
