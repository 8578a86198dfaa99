//! The JavaScript interface of the core: exports and conversions, without rules or policies.
//!
//! JavaScript reads all input into plain values of its own: this module never gets an object of the
//! caller. Validation options and results are passed as JSON text.
#![cfg(target_arch = "wasm32")]

mod convert;
#[cfg(feature = "client")]
mod sending;
pub mod validation;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// With one thread and short texts, this allocator takes constant time and a fifth of the code of
/// the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

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

/// Prepares a fresh instance. `on_panic` is called before a panic aborts, and settles every pending
/// promise, which nothing else would.
#[wasm_bindgen]
pub fn start(on_panic: OnPanic) {
    ON_PANIC.set(Some(on_panic));
    std::panic::set_hook(Box::new(|_| {
        if let Some(on_panic) = ON_PANIC.take() {
            on_panic.call(&JsValue::UNDEFINED);
        }
    }));
}
