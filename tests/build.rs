//! Building: every short form of a draft, both kinds of error, and that nothing changes silently.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod support;

mod build {
    mod drafts;
    mod errors;
    mod generated;
    mod short;
    mod typed;
}
