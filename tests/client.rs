//! The client, over a simulated transport with a virtual clock.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod client {
    mod consequence;
    mod pacing;
    mod rate_limit;
    mod run;
    mod run_batch;
    mod run_outage;
    mod world;
}
