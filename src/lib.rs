//! messenger-send

pub mod build;
#[cfg(feature = "client")]
pub mod client;
mod json;
pub mod payload;
pub mod validate;

pub use build::Draft;
#[cfg(feature = "client")]
pub use client::{Client, Delivery, ErrorKind, Retry, RunOptions, SendAllResult, SendError, SendReceipt, Transport};
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use client::transport::Reqwest;
pub use payload::{Button, GenericElement as Element, GenericTemplate, QuickReply, Recipient, SendRequest};
pub use validate::{Issue, RuleOptions, ValidationError, ValidationReport};
