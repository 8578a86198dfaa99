//! Validation: the fixtures, every rule of the catalogue, systematic mutations of legal requests, counting, and options.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

mod validate {
    mod bounds;
    mod catalogue;
    mod counting;
    mod fixtures;
    mod judged;
    mod mutations;
    mod options;
    mod respelled;
}
