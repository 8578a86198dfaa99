//! Errors, as JavaScript makes its own of them.

use messenger_send::client::SendError;
use wasm_bindgen::JsValue;

use crate::convert::{parsed, set, validation_error};

/// A plain object with the members of a `SendError`, its `name`, and as `exception` what the
/// platform threw; or that of a `ValidationError`.
pub(super) fn error_value(error: &SendError) -> JsValue {
    if let Some(validation) = &error.validation {
        return validation_error(validation);
    }
    // As JSON text, because `data` holds numbers as Graph wrote them.
    let value = parsed(&serde_json::to_string(error).unwrap_or_default());
    set(&value, "name", "SendError");
    if let Some(exception) = error.cause.as_ref().and_then(|cause| cause.exception()) {
        set(&value, "exception", exception);
    }
    value
}
