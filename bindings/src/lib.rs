//! The JavaScript interface of the core: exports and conversions, without rules or policies.
//!
//! Everything that comes in has been read by JavaScript into plain values of its own: this module
//! is never given an object that a caller made. With the feature `client` it is the module of
//! `messenger-send`, without it that of `messenger-send/validate`.
#![cfg(target_arch = "wasm32")]

mod convert;
#[cfg(feature = "client")]
mod panic;
#[cfg(feature = "client")]
mod sending;
pub mod validation;

/// A module of this kind has one thread and short texts: this allocator has constant time, and a
/// fifth of the standard one's size.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
