//! Spans and events for the `tracing` crate (feature `tracing`), with the target `messenger_send`.
//!
//! They contain no secret and no part of the message, only the Page, the edge, the attempt, the
//! status, codes, and Graph's redacted message.

#[cfg(feature = "tracing")]
pub(super) use enabled::{in_request_span, in_send_span, observe};

#[cfg(not(feature = "tracing"))]
pub(super) use disabled::{in_request_span, in_send_span, observe};

/// Whether a subscriber may be interested in events.
pub(super) const IS_ENABLED: bool = cfg!(feature = "tracing");

#[cfg(feature = "tracing")]
mod enabled {
    use std::future::Future;

    use tracing::Instrument;

    use crate::client::events::{Event, RequestInfo, ResponseInfo, RetryInfo};

    /// One message, from its first attempt to its last.
    pub(in crate::client) fn in_send_span<F: Future>(
        page_id: &str,
        send: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        send.instrument(tracing::info_span!(target: "messenger_send", "send", page_id))
    }

    /// One request and its answer.
    pub(in crate::client) fn in_request_span<F: Future>(
        info: RequestInfo<'_>,
        request: F,
    ) -> impl Future<Output = F::Output> + use<F> {
        let RequestInfo {
            page_id,
            edge,
            attempt,
        } = info;
        let edge = edge.as_str();
        let span =
            tracing::debug_span!(target: "messenger_send", "request", page_id, edge, attempt);
        request.instrument(span)
    }

    pub(in crate::client) fn observe(event: &Event<'_>) {
        match event {
            Event::Request(RequestInfo { edge, attempt, .. }) => {
                let edge = edge.as_str();
                tracing::debug!(target: "messenger_send", edge, attempt, "request");
            }
            Event::Response(response) => observe_response(response),
            Event::Retry(RetryInfo {
                attempt,
                delay,
                error,
            }) => {
                let (delay, kind) = (delay.as_secs_f64(), error.kind.as_str());
                tracing::info!(target: "messenger_send", attempt, delay, kind, "retry");
            }
        }
    }

    fn observe_response(response: &ResponseInfo<'_>) {
        let ResponseInfo {
            request,
            status,
            duration,
            fbtrace_id,
            error,
            ..
        } = response;
        let (attempt, duration) = (request.attempt, duration.as_secs_f64());
        match error {
            None => tracing::debug!(
                target: "messenger_send", attempt, status, duration, fbtrace_id, "response"
            ),
            Some(error) => tracing::warn!(
                target: "messenger_send",
                attempt,
                status,
                duration,
                fbtrace_id,
                kind = error.kind.as_str(),
                delivery = error.delivery.as_str(),
                code = error.code,
                subcode = error.subcode,
                %error,
                "attempt failed"
            ),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod disabled {
    use crate::client::events::{Event, RequestInfo};

    pub(in crate::client) fn in_send_span<F>(_: &str, send: F) -> F {
        send
    }

    pub(in crate::client) fn in_request_span<F>(_: RequestInfo<'_>, request: F) -> F {
        request
    }

    pub(in crate::client) fn observe(_: &Event<'_>) {}
}
