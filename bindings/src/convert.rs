//! Between Rust's types and plain JavaScript values.

use js_sys::JSON;
use messenger_send::validate::{RuleOptions, ValidationError, ValidationReport};
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain object, as `JSON.parse` would give it.
#[cfg(feature = "client")]
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // The types that are converted have nothing that JavaScript cannot hold.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// What has many members: one JSON text crosses the border, and `JSON.parse` makes the object. For
/// a report with ten issues that is a call instead of two hundred.
pub(crate) fn parsed(value: &impl Serialize) -> JsValue {
    // The types that are converted have nothing that JSON cannot hold.
    let json = serde_json::to_string(value).unwrap_or_default();
    JSON::parse(&json).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of a plain object.
#[cfg(feature = "client")]
pub(crate) fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    // A plain object takes every member.
    let _ = js_sys::Reflect::set(object, &name.into(), &value.into());
}

/// A time as JavaScript has it.
#[cfg(feature = "client")]
pub(crate) fn milliseconds(duration: std::time::Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The options of a check, as JSON text; without a text there are none.
pub(crate) fn rule_options(options: Option<&str>) -> RuleOptions {
    options.map(RuleOptions::from_json).unwrap_or_default()
}

/// A report; `undefined` where there is no issue, which is the usual case.
pub(crate) fn report(report: &ValidationReport) -> JsValue {
    if report.issues.is_empty() {
        JsValue::UNDEFINED
    } else {
        parsed(report)
    }
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
    parsed(&ValidationErrorValue {
        name: "ValidationError",
        issues: &error.issues,
        request_json: error.request_json(),
    })
}
