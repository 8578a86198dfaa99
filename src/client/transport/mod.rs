//! The seam between the client and the platform: HTTP, time, randomness and signing.
//!
//! The client makes every decision; a transport carries out one exchange and says what it knows of
//! it. `Fetch` is the transport of browsers and Workers (wasm32), `Reqwest` that of native
//! programs (feature `reqwest`). A transport for another HTTP client takes about thirty lines:
//! see `examples/custom-transport`.

#[cfg(any(target_arch = "wasm32", feature = "reqwest", test))]
mod connect;
#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(feature = "http")]
mod http;
mod message;
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
mod reqwest;

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::time::{Duration, SystemTime};

#[cfg(target_arch = "wasm32")]
pub use fetch::{Exception, Fetch};
pub(crate) use message::StatusNote;
pub use message::{Body, HttpRequest, HttpResponse, MAX_BODY, RESPONSE_HEADERS, ResponseBody};
#[cfg(all(feature = "reqwest", not(target_arch = "wasm32")))]
pub use reqwest::Reqwest;

use super::maybe_send::{BoxError, MaybeSend, MaybeSync};

/// The longest time that a timer takes, in milliseconds; see [`super::MAX_DURATION`].
#[cfg(target_arch = "wasm32")]
const MAX_DURATION_MS: u32 = 2_147_483_647;

/// Provides HTTP, time and randomness. All decisions are made by the client.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends one request and reads its answer, once. No redirect is followed, because the token
    /// would go to another host, and nothing is repeated.
    ///
    /// There is no time limit here: the client drops the future when the deadline has passed or
    /// the caller aborts. Dropping it must release the connection.
    fn exchange(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> + MaybeSend;

    /// Waits. Dropping the future cancels the timer.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + MaybeSend;

    /// The wall clock: for signatures and for HTTP dates.
    fn now(&self) -> SystemTime;

    /// A clock that never goes back, from any start: for rates and durations.
    fn monotonic(&self) -> Duration;

    /// A number drawn evenly from 0 to 1, 1 excluded.
    fn random(&self) -> f64;

    /// HMAC-SHA256, for `appsecret_proof`.
    ///
    /// # Errors
    /// Where the platform signs and cannot.
    #[cfg(not(target_arch = "wasm32"))]
    fn hmac_sha256(
        &self,
        key: &[u8],
        message: &[u8],
    ) -> impl Future<Output = Result<[u8; 32], TransportError>> + MaybeSend {
        use hmac::{Hmac, KeyInit, Mac};

        let signature = Hmac::<sha2::Sha256>::new_from_slice(key).map(|mut mac| {
            mac.update(message);
            mac.finalize().into_bytes().into()
        });
        let unusable = |_| TransportError::unsupported("HMAC-SHA256 cannot use the appSecret.");
        std::future::ready(signature.map_err(unusable))
    }

    /// HMAC-SHA256, for `appsecret_proof`.
    ///
    /// # Errors
    /// Where the platform signs and cannot.
    #[cfg(target_arch = "wasm32")]
    fn hmac_sha256(
        &self,
        key: &[u8],
        message: &[u8],
    ) -> impl Future<Output = Result<[u8; 32], TransportError>> + MaybeSend;
}

/// Why an exchange gave no answer, and whether the request may have reached Graph.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What is known of the request.
    pub kind: TransportErrorKind,
    /// What happened, in a sentence or in the platform's words. Secrets in it are redacted by the
    /// client.
    pub message: String,
    /// The HTTP status, where the answer had begun.
    pub status: Option<u16>,
    /// What the platform reported.
    pub source: Option<BoxError>,
}

/// What is known of a request that got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection stood (name not found, refused, unreachable, connect timeout): nothing left.
    NotSent,
    /// The server's certificate was refused: nothing left, and trying again does not help.
    Certificate,
    /// The platform cannot make the request at all: it has no HTTP client, or refuses the address
    /// or the file.
    Unsupported,
    /// The request may have reached Graph.
    Unknown,
    /// What came back is no HTTP response.
    NoResponse,
    /// A time limit of the platform's own passed. The request may have reached Graph.
    Timeout,
    /// Something else than the client's caller stopped the request. It may have reached Graph.
    Aborted,
}

impl TransportError {
    /// An error without a source.
    pub fn new(kind: TransportErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            status: None,
            source: None,
        }
    }

    /// The platform cannot make the request.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(TransportErrorKind::Unsupported, message)
    }

    /// The same error with what the platform reported.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same error after an answer with this status had begun.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source
            .as_ref()
            .map(|source| source.as_ref() as &(dyn Error + 'static))
    }
}
