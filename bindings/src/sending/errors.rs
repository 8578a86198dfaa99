//! Converts errors for JavaScript, which creates its own errors from them.

use js_sys::Object;
use messenger_send::client::SendError;
use wasm_bindgen::JsValue;

use crate::convert::{parsed, set, validation_error};

/// A plain object with the members of a `SendError`, its `name`, and the value that the platform
/// threw as `exception`; or the details of a `ValidationError`.
pub(super) fn error_value(error: &SendError) -> JsValue {
    if let Some(validation) = &error.validation {
        let value = Object::new().into();
        set(&value, "name", "ValidationError");
        set(&value, "details", validation_error(validation));
        return value;
    }
    // As JSON text, because `data` holds numbers as Graph wrote them.
    let value = parsed(&serde_json::to_string(error).unwrap_or_default());
    set(&value, "name", "SendError");
    if let Some(exception) = error.cause.as_ref().and_then(|cause| cause.exception()) {
        set(&value, "exception", exception);
    }
    value
}
