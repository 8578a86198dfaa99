//! The panic hook. The module without sending needs none: it has no pending promises, and the
//! package catches the trap.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A function of the package that never throws.
    #[wasm_bindgen(js_name = Function)]
    pub type OnPanic;
    #[wasm_bindgen(method)]
    fn call(this: &OnPanic, receiver: &JsValue);
}

thread_local! {
    static ON_PANIC: RefCell<Option<OnPanic>> = const { RefCell::new(None) };
}

/// Prepares a fresh instance. `on_panic` is called before a panic aborts the instance. It settles
/// every pending promise, which would otherwise stay pending for ever.
#[wasm_bindgen]
pub fn start(on_panic: OnPanic) {
    ON_PANIC.set(Some(on_panic));
    std::panic::set_hook(Box::new(|_| {
        if let Some(on_panic) = ON_PANIC.take() {
            on_panic.call(&JsValue::UNDEFINED);
        }
    }));
}
