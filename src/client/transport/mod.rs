//! The interface between the client and the platform: HTTP, time, randomness and signing.
//!
//! The client makes every decision; a transport carries out one exchange and reports what it knows
//! about it. `Fetch` is the transport for browsers and Workers (wasm32), `Reqwest` the one for
//! native programs (feature `reqwest`). A transport for another HTTP client takes about thirty
//! lines: see `examples/custom-transport`.

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

/// The longest supported timer, in milliseconds; see [`super::MAX_DURATION`].
#[cfg(target_arch = "wasm32")]
const MAX_DURATION_MS: u32 = 2_147_483_647;

/// Provides HTTP, time and randomness. All decisions are made by the client.
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends one request once and reads its response. It must not follow redirects, which would
    /// send the token to another host, and must not retry.
    ///
    /// It needs no timeout: the client drops the future when the deadline has passed or the caller
    /// aborts. Dropping it must release the connection.
    fn exchange(
        &self,
        request: HttpRequest,
    ) -> impl Future<Output = Result<HttpResponse, TransportError>> + MaybeSend;

    /// Waits. Dropping the future cancels the timer.
    fn sleep(&self, duration: Duration) -> impl Future<Output = ()> + MaybeSend;

    /// The wall clock, for signatures and HTTP dates.
    fn now(&self) -> SystemTime;

    /// A monotonic clock with any starting point, for rates and durations.
    fn monotonic(&self) -> Duration;

    /// A uniformly distributed random number in 0..1, excluding 1.
    fn random(&self) -> f64;

    /// HMAC-SHA256, for `appsecret_proof`.
    ///
    /// # Errors
    /// The platform signs, and fails to.
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
    /// The platform signs, and fails to.
    #[cfg(target_arch = "wasm32")]
    fn hmac_sha256(
        &self,
        key: &[u8],
        message: &[u8],
    ) -> impl Future<Output = Result<[u8; 32], TransportError>> + MaybeSend;
}

/// Why an exchange got no response, and whether the request may have reached Graph.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportError {
    /// What is known about the request.
    pub kind: TransportErrorKind,
    /// What happened, as a sentence or in the platform's words. The client redacts secrets in it.
    pub message: String,
    /// The HTTP status, if the response had started.
    pub status: Option<u16>,
    /// The error of the platform.
    pub source: Option<BoxError>,
}

/// What is known about a request without a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made (name not found, refused, unreachable, connect timeout): nothing was
    /// sent.
    NotSent,
    /// The server's certificate is not trusted: nothing was sent, and retrying does not help.
    Certificate,
    /// The platform cannot make the request: it has no HTTP client, or refuses the URL or the file.
    Unsupported,
    /// The request may have reached Graph.
    Unknown,
    /// The result is not an HTTP response.
    NoResponse,
    /// A timeout of the platform itself. The request may have reached Graph.
    Timeout,
    /// Something other than the caller aborted the request. It may have reached Graph.
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

    /// The same error, with the error of the platform.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same error, after a response with this status had started.
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
