//! Converts between Rust types and plain JavaScript values.

use js_sys::{Array, Uint32Array};
#[cfg(feature = "client")]
use messenger_send::validate::ValidationError;
use messenger_send::validate::{FlatReport, RuleOptions};
#[cfg(feature = "client")]
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain object, as `JSON.parse` returns it.
#[cfg(feature = "client")]
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // The converted types contain nothing that JavaScript cannot hold.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// Parses a JSON text. A value with many members crosses the boundary in one call instead of one
/// call for each member.
#[cfg(feature = "client")]
pub(crate) fn parsed(json: &str) -> JsValue {
    // The core wrote it, so it is valid.
    js_sys::JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of a plain object.
#[cfg(feature = "client")]
pub(crate) fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // A plain object accepts every member.
    let _ = js_sys::Reflect::set(object, &name.into(), &value.into());
}

/// A duration in milliseconds, JavaScript's unit.
#[cfg(feature = "client")]
pub(crate) fn milliseconds(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Reads validation options from JSON in UTF-8. `None`: the defaults.
pub(crate) fn rule_options(options: Option<&[u8]>) -> RuleOptions {
    options
        .map(|json| RuleOptions::from_json(&String::from_utf8_lossy(json)))
        .unwrap_or_default()
}

/// Converts a report; `undefined` if there are no issues, which is the usual case.
pub(crate) fn report(report: &FlatReport) -> JsValue {
    if report.is_empty() {
        JsValue::UNDEFINED
    } else {
        report_details(report, None)
    }
}

/// The text and the numbers of a report, and the JSON of the built request, if there is one. They
/// cross the boundary in a few calls, whatever the number of issues.
pub(crate) fn report_details(report: &FlatReport, request: Option<&str>) -> JsValue {
    let numbers = Uint32Array::from(report.numbers.as_slice());
    Array::of3(&report.text.as_str().into(), &numbers, &request.into()).into()
}

/// The details of a `ValidationError`.
#[cfg(feature = "client")]
pub(crate) fn validation_error(error: &ValidationError) -> JsValue {
    report_details(&error.issues.as_slice().into(), error.request_json())
}
