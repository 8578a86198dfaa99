//! The pure half of sending: options, requests, answers, codes, usage, the policy of repeating, and redaction.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod send {
    mod answers;
    mod attach;
    mod codes;
    mod options;
    mod policy;
    mod redact;
    mod request;
    mod steps;
    mod usage;
}
