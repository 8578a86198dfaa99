//! Errors, as JavaScript makes its own of them.

use js_sys::Reflect;
use messenger_send::client::SendError;
use wasm_bindgen::JsValue;

use crate::convert::{to_js, validation_error};

/// A plain object with the members of a `SendError`, its `name`, and as `exception` what the
/// platform threw; or that of a `ValidationError`.
pub(super) fn error_value(error: &SendError) -> JsValue {
    if let Some(validation) = &error.validation {
        return validation_error(validation);
    }
    let value = to_js(error);
    let exception = error.cause.as_ref().and_then(|cause| cause.exception());
    let members = [("name", Some("SendError".into())), ("exception", exception.cloned())];
    for (name, member) in members {
        if let Some(member) = member {
            // A plain object takes every member.
            let _ = Reflect::set(&value, &name.into(), &member);
        }
    }
    value
}
