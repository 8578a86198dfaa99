//! The boundary to JavaScript, in Node and in headless Chrome.
//!
//! `wasm-pack test --node bindings`, and with `WASM_BINDGEN_USE_BROWSER=1`
//! `wasm-pack test --headless --chrome bindings`. Without the variable Chrome skips every test.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod doubles;
mod exports;
mod many;
mod sending;
