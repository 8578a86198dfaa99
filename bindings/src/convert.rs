//! Between Rust's types and plain JavaScript values.

use js_sys::{Array, JSON, Object, Uint32Array};
#[cfg(feature = "client")]
use messenger_send::validate::ValidationError;
use messenger_send::validate::{FlatReport, RuleOptions};
#[cfg(feature = "client")]
use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain object, as `JSON.parse` would give it.
#[cfg(feature = "client")]
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // The types that are converted have nothing that JavaScript cannot hold.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// The value of a JSON text. What has many members crosses the border as one: that is a call instead
/// of one for each member.
pub(crate) fn parsed(json: &str) -> JsValue {
    // The core has written it.
    JSON::parse(json).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a member of a plain object.
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
pub(crate) fn report(report: &FlatReport) -> JsValue {
    if report.is_empty() {
        JsValue::UNDEFINED
    } else {
        issues(report)
    }
}

/// The text of a report and its numbers: two calls, whatever the number of issues.
fn issues(report: &FlatReport) -> JsValue {
    let numbers = Uint32Array::from(report.numbers.as_slice());
    Array::of2(&report.text.as_str().into(), &numbers).into()
}

/// What the package makes a `ValidationError` of: its name, its issues, and the JSON of the request
/// that was built.
pub(crate) fn invalid_draft(report: &FlatReport, request: Option<&str>) -> JsValue {
    let object = Object::new().into();
    set(&object, "name", "ValidationError");
    set(&object, "issues", issues(report));
    if let Some(request) = request {
        set(&object, "request", request);
    }
    object
}

#[cfg(feature = "client")]
pub(crate) fn validation_error(error: &ValidationError) -> JsValue {
    invalid_draft(&error.issues.as_slice().into(), error.request_json())
}
