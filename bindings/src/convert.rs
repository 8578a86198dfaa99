//! Converts between Rust types and plain JavaScript values.

#[cfg(feature = "client")]
use messenger_send::validate::ValidationError;
use messenger_send::validate::{FlatReport, RuleOptions};
#[cfg(feature = "client")]
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The function of the package that makes the issues of a [`FlatReport`]. It reads the numbers
    /// in the memory of the module, since a copy takes as long as splitting the text.
    #[wasm_bindgen(js_name = Function)]
    pub type ReadIssues;
    #[wasm_bindgen(method)]
    fn call(this: &ReadIssues, receiver: &JsValue, text: &str, numbers: &[u32]) -> JsValue;
}

/// A plain object, as `JSON.parse` returns it.
#[cfg(feature = "client")]
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // The converted types contain nothing that JavaScript cannot hold.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
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
pub(crate) fn issues(report: &FlatReport, read: &ReadIssues) -> JsValue {
    if report.is_empty() {
        JsValue::UNDEFINED
    } else {
        read.call(&JsValue::UNDEFINED, &report.text, &report.numbers)
    }
}

/// The details of a `ValidationError` of a send, which JavaScript reads later: the text and the
/// numbers of the report, and the JSON of the built request, if there is one.
#[cfg(feature = "client")]
pub(crate) fn validation_error(error: &ValidationError) -> JsValue {
    let report = FlatReport::from(error.issues.as_slice());
    let numbers = js_sys::Uint32Array::from(report.numbers.as_slice());
    let request = error.request_json();
    js_sys::Array::of3(&report.text.into(), &numbers, &request.into()).into()
}
