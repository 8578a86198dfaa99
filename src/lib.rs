//! messenger-send: builds, checks and sends Facebook Messenger messages (the Send API, v25.0).
//!
//! - [`payload`]: what may be said. Each payload is declared once: its type, its limits, its rules.
//! - [`validate`]: JSON in, report out: every mistake, with its place.
//! - [`build`]: the short way to say a message, and the request that it makes.
//!
//! Everything here compiles natively. In JavaScript the same core is the npm package `messenger-send`.

pub mod build;
#[cfg(feature = "client")]
pub mod client;
mod json;
pub mod payload;
pub mod validate;
