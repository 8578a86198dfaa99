//! Converts between Rust types and plain JavaScript values.

use js_sys::JSON;
use messenger_send::validate::{RuleOptions, ValidationError, ValidationReport};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain object, as `JSON.parse` returns it.
#[cfg(feature = "client")]
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // The converted types contain nothing that JavaScript cannot hold.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// For values with many members: one JSON text crosses the boundary, and `JSON.parse` creates the
/// object. A report with ten issues takes one call instead of two hundred.
pub(crate) fn parsed(value: &impl Serialize) -> JsValue {
    // The converted types contain nothing that JSON cannot hold.
    let json = serde_json::to_string(value).unwrap_or_default();
    JSON::parse(&json).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of a plain object.
#[cfg(feature = "client")]
pub(crate) fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // A plain object accepts every member.
    let _ = js_sys::Reflect::set(object, &name.into(), &value.into());
}

/// A time in JavaScript's unit.
#[cfg(feature = "client")]
pub(crate) fn milliseconds(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The options of a validation from JSON; the defaults if there is none.
pub(crate) fn rule_options(options: Option<&str>) -> RuleOptions {
    options.map(RuleOptions::from_json).unwrap_or_default()
}

/// A report; `undefined` without issues, which is the usual case.
pub(crate) fn report(report: &ValidationReport) -> JsValue {
    if report.issues.is_empty() {
        JsValue::UNDEFINED
    } else {
        parsed(report)
    }
}

/// The details of a `ValidationError`. The built request stays JSON text, because `JSON.parse` is
/// the fastest way to an object.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ValidationErrorValue<'a> {
    name: &'static str,
    issues: &'a [messenger_send::validate::Issue],
    request_json: Option<&'a str>,
}

pub(crate) fn validation_error(error: &ValidationError) -> JsValue {
    parsed(&ValidationErrorValue {
        name: "ValidationError",
        issues: &error.issues,
        request_json: error.request_json(),
    })
}
