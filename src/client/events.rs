//! The events of a send that a program can observe: requests, responses and retries.

use std::sync::Arc;
use std::time::Duration;

use super::error::SendError;
use super::maybe_send::maybe_send_dyn;
use super::request::Edge;
use super::usage::Usage;

/// An event of a send. It contains no secret.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A request is about to be sent.
    Request(RequestInfo<'a>),
    /// An attempt has finished, with or without a response.
    Response(ResponseInfo<'a>),
    /// A failed attempt is about to be retried.
    Retry(RetryInfo<'a>),
}

/// A request that is about to be sent.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RequestInfo<'a> {
    /// The Page that sends.
    pub page_id: &'a str,
    /// The edge of the Page.
    pub edge: Edge,
    /// The number of the attempt; the first is 1.
    pub attempt: u32,
}

/// An attempt that has finished.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResponseInfo<'a> {
    /// The request.
    pub request: RequestInfo<'a>,
    /// The HTTP status, if there was a response.
    pub status: Option<u16>,
    /// The time from the request to the last byte of the response.
    pub duration: Duration,
    /// The usage of the rate limits, if the response says so.
    pub usage: Option<&'a Usage>,
    /// The trace id of the response.
    pub fbtrace_id: Option<&'a str>,
    /// Why the attempt failed, if it did.
    pub error: Option<&'a SendError>,
}

/// A retry that is about to begin.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryInfo<'a> {
    /// The number of the attempt that failed; the first is 1.
    pub attempt: u32,
    /// The delay before the next attempt.
    pub delay: Duration,
    /// Why the attempt failed.
    pub error: &'a SendError,
}

/// A listener for events. It must not block.
pub(super) type Observer = Arc<maybe_send_dyn!(Fn(&Event<'_>))>;
