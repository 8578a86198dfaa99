//! The JavaScript interface of the core: exports and conversions, without rules or policies.
//!
//! The package's JavaScript copies every argument into plain values first, so this module never
//! sees an object that a caller created. With the feature `client` it is the module of
//! `messenger-send`; without the feature it is the module of `messenger-send/validate`.
#![cfg(target_arch = "wasm32")]

mod convert;
#[cfg(feature = "client")]
mod panic;
#[cfg(feature = "client")]
mod sending;
pub mod validation;

/// The module has one thread and allocates short texts. This allocator takes constant time, and a
/// fifth of the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
