//! What an error's `cause` may be: nothing in it tells a secret.

use super::js;
use crate::send::redact::Redactor;
use js_sys::{Error, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// How deep a chain of causes is copied.
const MAX_CHAIN: usize = 4;

/// How far into a reason it is looked for secrets: levels, and values in all.
const MAX_DEPTH: usize = 8;
const MAX_VALUES: usize = 2000;

/// The caller's reason is handed back as it is, unless it tells a secret.
pub fn of_abort(reason: JsValue, redactor: &Redactor) -> JsValue {
    if tells(&reason, redactor, MAX_DEPTH, &mut { MAX_VALUES }) { copy(&reason, redactor, MAX_CHAIN) } else { reason }
}

/// An error of `fetch` is always copied: it may hold the request, whose headers show only when it is printed.
pub fn of_fetch(error: &JsValue, redactor: &Redactor) -> Option<JsValue> {
    Some(copy(error, redactor, MAX_CHAIN)).filter(|copy| !copy.is_undefined())
}

fn tells(value: &JsValue, redactor: &Redactor, depth: usize, left: &mut usize) -> bool {
    if depth == 0 || *left == 0 {
        return false;
    }
    *left -= 1;
    if let Some(text) = value.as_string() {
        return redactor.finds(&text);
    }
    if !value.is_object() && !value.is_function() {
        return false;
    }
    // Of an error these are getters, or not its own.
    let of_error = ["name", "message", "stack", "cause"].iter().any(|name| tells(&js::get(value, name), redactor, depth - 1, left));
    of_error || own_members(value).iter().any(|(name, member)| redactor.finds(name) || tells(member, redactor, depth - 1, left))
}

/// Own members that are no getters: asking a getter can change something.
fn own_members(object: &JsValue) -> Vec<(String, JsValue)> {
    let Ok(keys) = Reflect::own_keys(object) else {
        return Vec::new();
    };
    let value_of = |key: JsValue| {
        let descriptor = Reflect::get_own_property_descriptor::<JsValue>(object.unchecked_ref(), &key).ok()?;
        Some((key.as_string().unwrap_or_default(), js::get(&descriptor, "value")))
    };
    keys.iter().take(MAX_VALUES).filter_map(value_of).collect()
}

/// An error with the same name, message, code, stack and cause, redacted. Other objects are left out.
fn copy(value: &JsValue, redactor: &Redactor, chain: usize) -> JsValue {
    if let Some(text) = value.as_string() {
        return JsValue::from_str(&redactor.text(&text));
    }
    if !value.is_object() && !value.is_function() {
        return value.clone();
    }
    let text = |name: &str| js::get(value, name).as_string().map(|text| redactor.text(&text));
    let Some(message) = text("message") else {
        return JsValue::UNDEFINED;
    };
    let error = JsValue::from(Error::new(&message));
    if let Some(name) = text("name").filter(|name| name != "Error") {
        js::set(&error, "name", &JsValue::from_str(&name));
    }
    js::set(&error, "stack", &JsValue::from_str(&text("stack").unwrap_or(message)));
    match js::get(value, "code") {
        code if code.is_string() => js::set(&error, "code", &copy(&code, redactor, chain)),
        code if code.as_f64().is_some() => js::set(&error, "code", &code),
        _ => {}
    }
    let cause = js::get(value, "cause");
    if chain > 0 && !cause.is_undefined() {
        js::set(&error, "cause", &copy(&cause, redactor, chain - 1));
    }
    error
}
