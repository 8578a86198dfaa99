//! The client over real connections, with reqwest and the local Graph.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "native/conversions.rs"]
mod conversions;
#[path = "support/local_graph.rs"]
mod local_graph;
#[path = "native/requests.rs"]
mod requests;
#[path = "native/scenarios.rs"]
mod scenarios;
