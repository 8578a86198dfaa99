//! What JavaScript sees of the core: exports and conversions. No rule and no policy is here.
//!
//! Everything that comes in has been read by JavaScript into plain values of its own: this module
//! is never given an object that a caller made. Options of a check come in as JSON text; a
//! report goes out as one text and a list of numbers.
#![cfg(target_arch = "wasm32")]

mod convert;
#[cfg(feature = "client")]
mod sending;
pub mod validation;

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// A module of this kind has one thread and short texts: this allocator has constant time, and a
/// fifth of the standard one's size.
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

/// Prepares a fresh instance. `on_panic` is called before a panic aborts: it settles every pending
/// promise, since nothing else will.
#[wasm_bindgen]
pub fn start(on_panic: OnPanic) {
    ON_PANIC.set(Some(on_panic));
    std::panic::set_hook(Box::new(|_| {
        if let Some(on_panic) = ON_PANIC.take() {
            on_panic.call(&JsValue::UNDEFINED);
        }
    }));
}
