//! Deterministic simulation: the real client in a simulated world, whose virtual clock, network and
//! Graph are all generated from one seed.
//!
//! A failing seed is printed. `SEED=7 cargo test --test simulation` runs only that seed and prints
//! what happened.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod simulation {
    pub mod executor;
    pub mod harness;
    pub mod refusals;
    pub mod runs;
    pub mod secrets;
    pub mod sends;
    pub mod source;
    pub mod weather;
    pub mod world;
}

use simulation::{harness, runs, sends};

/// The number of sends.
const SENDS: u64 = 10_000;

/// The number of runs.
const RUNS: u64 = 2_000;

#[test]
fn no_send_breaks_a_promise() {
    let seen = harness::explore("no_send_breaks_a_promise", SENDS, sends::simulate);
    seen.assert_all(&sends::OUTCOMES);
}

#[test]
fn no_run_breaks_a_promise() {
    let seen = harness::explore("no_run_breaks_a_promise", RUNS, runs::simulate);
    seen.assert_all(&runs::OUTCOMES);
}
