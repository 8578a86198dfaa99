//! The client, with scripted and simulated transports.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "support/cpu.rs"]
mod cpu;

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
    mod run_faults;
    mod run_outage;
    pub mod script;
    mod tokens;
    mod usage;
    mod world;
}
