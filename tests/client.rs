//! The client over a scripted transport: options, requests, answers, retries, redaction, codes.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod client {
    mod answers;
    mod codes;
    mod files;
    mod options;
    mod redaction;
    mod requests;
    mod retries;
    mod retry_after;
    pub mod script;
    mod tokens;
    mod usage;
}
