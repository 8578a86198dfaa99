//! Small steps into JavaScript that cannot throw through wasm: everything answers with a `Result`.
//!
//! They are called from many places of code that waits for the network, so none is inlined: that halves the module's share.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// A member; `undefined` where there is none, and where it cannot be had.
#[inline(never)]
pub fn get(object: &JsValue, name: &str) -> JsValue {
    try_get(object, name).unwrap_or(JsValue::UNDEFINED)
}

/// A member, or what its getter threw.
#[inline(never)]
pub fn try_get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &JsValue::from_str(name))
}

/// Sets a member of an object of our own.
#[inline(never)]
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A plain object.
#[inline(never)]
pub fn object(members: &[(&str, &JsValue)]) -> JsValue {
    let object = JsValue::from(Object::new());
    for (name, value) in members {
        set(&object, name, value);
    }
    object
}

/// Calls a function with `this` undefined.
#[inline(never)]
pub fn call(function: &Function, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    apply(function, &JsValue::UNDEFINED, arguments)
}

/// Calls a method.
#[inline(never)]
pub fn method(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let function = try_get(object, name)?.dyn_into::<Function>()?;
    apply(&function, object, arguments)
}

#[inline(never)]
fn apply(function: &Function, this: &JsValue, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let list = Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::apply(function, this, &list)
}

/// Is there a method of this name?
#[inline(never)]
pub fn has_method(object: &JsValue, name: &str) -> bool {
    get(object, name).is_function()
}

/// A global object, by its name.
#[inline(never)]
pub fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

/// Awaits a value that may be a promise, a thenable, or neither. A promise of our own stands in front of it, because the
/// `then` of a foreign one may throw.
#[inline(never)]
pub fn settled(value: &JsValue) -> JsFuture {
    JsFuture::from(Promise::new(&mut |resolve: Function, _reject: Function| {
        let _ = call(&resolve, &[value]);
    }))
}

/// Lets a promise go its way without anybody asking how it ends.
#[inline(never)]
pub fn detach(outcome: Result<JsValue, JsValue>) {
    if let Ok(value) = outcome {
        let future = settled(&value);
        spawn_local(async move {
            let _ = future.await;
        });
    }
}

/// Reads a JSON text of our own.
#[inline(never)]
pub fn parse(text: &str) -> Result<JsValue, JsValue> {
    js_sys::JSON::parse(text)
}
