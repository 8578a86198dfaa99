//! Converts errors for JavaScript, which creates its own errors from them.

use js_sys::{JSON, Object};
use messenger_send::client::{SendError, SendErrorDetails};
use wasm_bindgen::JsValue;

use crate::convert::{set, to_js, validation_error};

/// A plain object with the members of a `SendError`, its `name`, and the value that the platform
/// threw as `exception`; or the details of a `ValidationError`.
pub(super) fn error_value(error: &SendError) -> JsValue {
    if let Some(validation) = &error.validation {
        let value = Object::new().into();
        set(&value, "name", "ValidationError");
        set(&value, "details", validation_error(validation));
        return value;
    }
    let details: &SendErrorDetails = error;
    let value = to_js(details);
    set(&value, "name", "SendError");
    // The core has checked the text.
    if let Some(data) = &details.data
        && let Ok(data) = JSON::parse(data.as_str())
    {
        set(&value, "data", data);
    }
    if let Some(exception) = error.cause.as_ref().and_then(|cause| cause.exception()) {
        set(&value, "exception", exception);
    }
    value
}
