//! The client: options, requests, answers, retries, redaction and codes over a scripted transport;
//! the run and its rate over a simulated one with a virtual clock.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod client {
    mod answers;
    mod codes;
    mod consequence;
    mod files;
    mod options;
    mod pacing;
    mod rate_limit;
    mod redaction;
    mod requests;
    mod retries;
    mod retry_after;
    mod run;
    mod run_batch;
    mod run_outage;
    mod script;
    mod tokens;
    mod usage;
    mod world;
}
