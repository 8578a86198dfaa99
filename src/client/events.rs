//! What a program can observe of a send: each request, each response, each repetition.

use std::sync::Arc;
use std::time::Duration;

use super::error::SendError;
use super::maybe_send::maybe_send_dyn;
use super::request::Edge;
use super::usage::Usage;

/// Something that happened during a send. Nothing in it holds a secret.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A request is about to go out.
    Request(RequestInfo<'a>),
    /// An attempt has ended, with or without an answer.
    Response(ResponseInfo<'a>),
    /// A failed attempt is about to be repeated.
    Retry(RetryInfo<'a>),
}

/// A request that is about to go out.
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

/// An attempt that has ended.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ResponseInfo<'a> {
    /// The request.
    pub request: RequestInfo<'a>,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// From the request to the last byte of the answer.
    pub duration: Duration,
    /// How much of the rate limits is used up, where the answer says so.
    pub usage: Option<&'a Usage>,
    /// The trace id of the answer.
    pub fbtrace_id: Option<&'a str>,
    /// Why the attempt failed, if it did.
    pub error: Option<&'a SendError>,
}

/// A repetition that is about to begin.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryInfo<'a> {
    /// The number of the attempt that failed; the first is 1.
    pub attempt: u32,
    /// How long it waits before the next attempt.
    pub delay: Duration,
    /// Why the attempt failed.
    pub error: &'a SendError,
}

/// What is told of events. It must not block.
pub(super) type Observer = Arc<maybe_send_dyn!(Fn(&Event<'_>))>;
