//! Converts between Rust types and plain JavaScript values.

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

/// JSON text, which the package makes an object of. For a report with ten issues that is one call
/// instead of two hundred.
pub(crate) fn json_text(value: &impl Serialize) -> String {
    // The types that are converted have nothing that JSON cannot hold.
    serde_json::to_string(value).unwrap_or_default()
}

/// `JSON.parse`, of text that is JSON.
#[cfg(feature = "client")]
pub(crate) fn parse(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
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

/// The options of a check, as JSON in UTF-8; without a text there are none.
pub(crate) fn rule_options(options: Option<&[u8]>) -> RuleOptions {
    options
        .map(|json| RuleOptions::from_json(&String::from_utf8_lossy(json)))
        .unwrap_or_default()
}

/// A report; `undefined` without issues, which is the usual case.
pub(crate) fn report(report: &ValidationReport) -> JsValue {
    if report.issues.is_empty() {
        JsValue::UNDEFINED
    } else {
        json_text(report).into()
    }
}

/// What the package makes a `ValidationError` of: `{"issues": […], "request"?: …}`. Put together as
/// text, because its `Serialize` reads the request once more, with 9 KB of code after gzip.
pub(crate) fn validation_error(error: &ValidationError) -> String {
    let issues = json_text(&error.issues);
    match error.request_json() {
        Some(request) => [r#"{"issues":"#, &issues, r#","request":"#, request, "}"].concat(),
        None => [r#"{"issues":"#, &issues, "}"].concat(),
    }
}
