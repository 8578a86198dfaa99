//! `Send` bounds that apply only off wasm32. JavaScript values belong to one thread, so nothing on
//! wasm32 can require `Send`.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;

#[cfg(not(target_arch = "wasm32"))]
mod bounds {
    /// `Send` off wasm32; implemented for every type on wasm32.
    pub trait MaybeSend: Send {}
    impl<T: Send + ?Sized> MaybeSend for T {}

    /// `Sync` off wasm32; implemented for every type on wasm32.
    pub trait MaybeSync: Sync {}
    impl<T: Sync + ?Sized> MaybeSync for T {}
}

#[cfg(target_arch = "wasm32")]
mod bounds {
    /// `Send` off wasm32; implemented for every type on wasm32.
    pub trait MaybeSend {}
    impl<T: ?Sized> MaybeSend for T {}

    /// `Sync` off wasm32; implemented for every type on wasm32.
    pub trait MaybeSync {}
    impl<T: ?Sized> MaybeSync for T {}
}

pub use bounds::{MaybeSend, MaybeSync};

/// A boxed future that is `Send` off wasm32.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A boxed future that is `Send` off wasm32.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// A boxed future that may borrow, and is `Send` off wasm32.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type ScopedBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A boxed future that may borrow, and is `Send` off wasm32.
#[cfg(target_arch = "wasm32")]
pub(crate) type ScopedBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// An error of any type that is `Send` and `Sync` off wasm32.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxError = Box<dyn Error + Send + Sync>;

/// An error of any type that is `Send` and `Sync` off wasm32.
#[cfg(target_arch = "wasm32")]
pub type BoxError = Box<dyn Error>;

#[cfg(not(target_arch = "wasm32"))]
macro_rules! maybe_send_dyn {
    ($($name:tt)*) => { dyn $($name)* + Send + Sync };
}

#[cfg(target_arch = "wasm32")]
macro_rules! maybe_send_dyn {
    ($($name:tt)*) => { dyn $($name)* };
}

pub(crate) use maybe_send_dyn;
