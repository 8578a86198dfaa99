//! Runs of many messages, and the rate of a Page, over a simulated transport with a virtual clock.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod run {
    mod batch;
    mod consequence;
    mod faults;
    mod messages;
    mod outage;
    mod pacing;
    mod rate_limit;
    mod world;
}
