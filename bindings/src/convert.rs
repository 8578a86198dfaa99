//! Between Rust's types and plain JavaScript values.

use messenger_send::validate::{RuleOptions, ValidationError, ValidationReport};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// A plain object or value, as `JSON.parse` would give it.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // The types that are converted have nothing that JavaScript cannot hold.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// A value from a plain object that the package made. What does not fit counts as absent: the
/// package has checked the types.
pub(crate) fn from_js<T: DeserializeOwned + Default>(value: JsValue) -> T {
    serde_wasm_bindgen::from_value(value).unwrap_or_default()
}

/// The options of a check; `undefined` are none.
pub(crate) fn rule_options(options: JsValue) -> RuleOptions {
    if options.is_undefined() { RuleOptions::default() } else { from_js(options) }
}

/// A report; `undefined` where there is no issue, which is the usual case.
pub(crate) fn report(report: &ValidationReport) -> JsValue {
    if report.issues.is_empty() { JsValue::UNDEFINED } else { to_js(report) }
}

/// What the package makes a `ValidationError` of. The built request stays JSON text, because
/// `JSON.parse` is the fastest way to an object.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ValidationErrorValue<'a> {
    name: &'static str,
    issues: &'a [messenger_send::validate::Issue],
    request_json: Option<&'a str>,
}

pub(crate) fn validation_error(error: &ValidationError) -> JsValue {
    to_js(&ValidationErrorValue {
        name: "ValidationError",
        issues: &error.issues,
        request_json: error.request_json(),
    })
}
