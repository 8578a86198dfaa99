//! Sends one message, from its first attempt to its last.
//!
//! [`deliver`] retries attempts as [`RetryPolicy`] decides. [`attempt`] makes one request and
//! interprets its response. [`exchange`] signs and sends the request, until the deadline or the
//! caller's abort.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::future::{self, Either};

use super::abort::Abort;
use super::answer::{self, Context};
use super::cause::Cause;
use super::error::{Delivery, ErrorKind, SendError};
use super::events::{Event, Observer, RequestInfo, ResponseInfo, RetryInfo};
use super::options::{MAX_DURATION, SendOptions, whole_milliseconds};
use super::pacing::{Attempt, Denied, Pace, Pacing, PagePermit, Sender};
use super::receipt::SendReceipt;
use super::request::{PreparedRequest, Proof};
use super::retry::{Decision, RetryPolicy};
use super::tokens::Tokens;
use super::trace;
use super::transport::{HttpResponse, StatusNote, Transport, TransportError, TransportErrorKind};

/// The state that all attempts of a send share.
pub(super) struct Call<'a, T> {
    pub transport: &'a T,
    pub options: &'a SendOptions,
    pub abort: &'a Abort,
    pub observer: Option<&'a Observer>,
    pub pacing: &'a Arc<Pacing>,
}

impl<T: Transport> Call<'_, T> {
    pub(super) fn observe(&self, event: &Event<'_>) {
        trace::observe(event);
        if let Some(observer) = self.observer {
            observer(event);
        }
    }

    fn request_info(&self, request: &PreparedRequest, attempt: u32) -> RequestInfo<'_> {
        RequestInfo {
            page_id: &self.options.page_id,
            edge: request.edge,
            attempt,
        }
    }

    pub(super) fn answer_context(&self) -> Context {
        Context {
            now: self.transport.now(),
            instagram_login: self.options.is_instagram_login(),
        }
    }
}

/// Sends until there is a receipt or no attempt is left.
pub(super) async fn deliver<T: Transport>(
    call: &Call<'_, T>,
    request: &PreparedRequest,
    pace: Option<Pace>,
    tokens: &mut Tokens,
) -> Result<SendReceipt, SendError> {
    let mut policy = RetryPolicy::new(call.options.retry);
    tokens.prepare(call).await?;
    loop {
        let permit = acquire(call, pace, &mut policy).await?;
        let sent_at = call.transport.monotonic();
        let result = attempt(call, request, tokens, &mut policy).await;
        complete(call, permit, &result, sent_at);
        match result {
            Ok(receipt) => return Ok(receipt),
            Err(Decision::GiveUp(error)) => {
                if error.code != Some(190) || !policy.has_attempts_left() {
                    return Err(error);
                }
                match tokens.renew(call).await {
                    Some(true) => {}
                    Some(false) => return Err(error),
                    None => return Err(policy.aborted(false)),
                }
            }
            Err(Decision::Retry { delay, error }) => {
                let attempt = policy.attempts();
                call.observe(&Event::Retry(RetryInfo {
                    attempt,
                    delay,
                    error: &error,
                }));
                if call.abort.race(call.transport.sleep(delay)).await.is_none() {
                    return Err(policy.aborted(false));
                }
            }
        }
    }
}

/// Waits until the rate limits and pauses of the Page allow a request.
async fn acquire<T: Transport>(
    call: &Call<'_, T>,
    pace: Option<Pace>,
    policy: &mut RetryPolicy,
) -> Result<PagePermit, SendError> {
    let mut longest = None;
    let mut place = None;
    loop {
        let now = call.transport.monotonic();
        let denied = match call.pacing.try_acquire(pace, Sender::Single, 1, now) {
            Ok(permit) => return Ok(permit),
            Err(denied) => denied,
        };
        let wait = denied.wait().min(MAX_DURATION);
        let longest = *longest.get_or_insert(now.saturating_add(call.options.retry.max_delay));
        match (denied, pace) {
            (Denied::Paused(_) | Denied::Probing(_), _) if now.saturating_add(wait) > longest => {
                return Err(policy.paused(wait));
            }
            (Denied::Rate(_), Some(pace)) if place.is_none() => {
                place = Some(call.pacing.wait_first(pace.lane));
            }
            _ => {}
        }
        if call.abort.race(call.transport.sleep(wait)).await.is_none() {
            return Err(policy.aborted(false));
        }
    }
}

/// Reports the outcome of an attempt to the pacing of the Page.
fn complete<T: Transport>(
    call: &Call<'_, T>,
    permit: PagePermit,
    result: &Result<SendReceipt, Decision>,
    sent_at: Duration,
) {
    let now = call.transport.monotonic();
    let (outcome, delay) = match result {
        Ok(receipt) => (Ok(receipt), None),
        Err(Decision::Retry { delay, error }) => (Err(error), Some(*delay)),
        Err(Decision::GiveUp(error)) => (Err(error), None),
    };
    let is_answered = outcome.map_or_else(|error| error.status.is_some(), |_| true);
    permit.complete(is_answered.then_some(now));
    let max_delay = call.options.retry.max_delay;
    call.pacing.learn(&Attempt {
        outcome,
        delay,
        sent_at,
        now,
        max_delay,
    });
}

/// Makes one request and interprets its response.
pub(super) async fn attempt<T: Transport>(
    call: &Call<'_, T>,
    request: &PreparedRequest,
    tokens: &Tokens,
    policy: &mut RetryPolicy,
) -> Result<SendReceipt, Decision> {
    let (trip, result) = exchange(call, request, tokens, policy.attempts() + 1).await;
    if trip.dispatched {
        policy.dispatched();
    }
    let outcome = match result {
        Ok(response) => answer::read(&response, &call.answer_context()),
        Err(Failure::Error(error)) => Err(error),
        Err(Failure::Aborted) => {
            let error = policy.aborted(trip.dispatched);
            trip.observe(call, Err(&error));
            return Err(Decision::GiveUp(error));
        }
    };
    match outcome {
        Ok(mut receipt) => {
            receipt.redact(tokens.redactor());
            receipt.attempts = policy.attempts();
            trip.observe(call, Ok(&receipt));
            Ok(receipt)
        }
        Err(mut error) => {
            error.redact(tokens.redactor());
            let decision = policy.decide(error, call.transport.random());
            let (Decision::Retry { error, .. } | Decision::GiveUp(error)) = &decision;
            trip.observe(call, Err(error));
            Err(decision)
        }
    }
}

/// One HTTP exchange with Graph.
pub(super) struct RoundTrip<'a> {
    /// Whether a request may have left the machine.
    pub dispatched: bool,
    info: RequestInfo<'a>,
    status: Option<u16>,
    duration: Duration,
}

/// Why a request has no response.
pub(super) enum Failure {
    /// The caller aborted.
    Aborted,
    /// The error, not yet redacted.
    Error(SendError),
}

impl RoundTrip<'_> {
    /// Reports the outcome of the request.
    pub(super) fn observe<T: Transport>(
        &self,
        call: &Call<'_, T>,
        outcome: Result<&SendReceipt, &SendError>,
    ) {
        if !self.dispatched || (call.observer.is_none() && !trace::IS_ENABLED) {
            return;
        }
        let (usage, fbtrace_id) = match outcome {
            Ok(receipt) => (receipt.usage.as_ref(), receipt.fbtrace_id.as_deref()),
            Err(error) => (error.usage.as_ref(), error.fbtrace_id.as_deref()),
        };
        call.observe(&Event::Response(ResponseInfo {
            request: self.info,
            status: self.status,
            duration: self.duration,
            usage,
            fbtrace_id,
            error: outcome.err(),
        }));
    }
}

/// Makes one request: signs it, sends it, and reads the response to its last byte, all within the
/// deadline.
pub(super) async fn exchange<'a, T: Transport>(
    call: &'a Call<'_, T>,
    request: &PreparedRequest,
    tokens: &Tokens,
    attempt: u32,
) -> (RoundTrip<'a>, Result<HttpResponse, Failure>) {
    let timeout = call.options.timeout;
    let info = call.request_info(request, attempt);
    let started = call.transport.monotonic();
    let dispatched = AtomicBool::new(false);
    let status_note = StatusNote::default();
    let result = if call.abort.is_aborted() {
        Err(Failure::Aborted)
    } else {
        let status = status_note.clone();
        let sending = sign_and_send(call, request, tokens, info, &dispatched, status);
        let operation = pin!(trace::in_request_span(info, sending));
        let deadline = pin!(call.transport.sleep(timeout));
        let aborted = call.abort.aborted();
        match future::select(operation, future::select(deadline, aborted)).await {
            Either::Left((Ok(Some(response)), _)) => Ok(response),
            Either::Left((Err(error), _)) => {
                if error.kind == TransportErrorKind::Unsupported {
                    dispatched.store(false, Ordering::Relaxed);
                }
                Err(Failure::Error(transport_error(error, timeout)))
            }
            Either::Right((Either::Left(_), _)) => {
                let mut error = timeout_error(timeout, dispatched.load(Ordering::Relaxed));
                error.status = status_note.get();
                Err(Failure::Error(error))
            }
            Either::Left((Ok(None), _)) | Either::Right((Either::Right(_), _)) => {
                Err(Failure::Aborted)
            }
        }
    };
    let status = match &result {
        Ok(response) => Some(response.status()).filter(|status| *status != 0),
        Err(Failure::Error(error)) => error.status,
        Err(Failure::Aborted) => None,
    };
    let duration = call.transport.monotonic().saturating_sub(started);
    let dispatched = dispatched.load(Ordering::Relaxed);
    (
        RoundTrip {
            dispatched,
            info,
            status,
            duration,
        },
        result,
    )
}

/// `None`: the caller aborted before the request was sent.
async fn sign_and_send<T: Transport>(
    call: &Call<'_, T>,
    request: &PreparedRequest,
    tokens: &Tokens,
    info: RequestInfo<'_>,
    dispatched: &AtomicBool,
    status: StatusNote,
) -> Result<Option<HttpResponse>, TransportError> {
    let proof = match &call.options.app_secret {
        None => None,
        Some(secret) => {
            let (message, time) = Proof::message(tokens.current(), call.transport.now());
            let key = secret.expose().as_bytes();
            let signature = call.transport.hmac_sha256(key, message.as_bytes()).await?;
            Some(Proof::signed(signature, time))
        }
    };
    // Signing may have taken some time.
    if call.abort.is_aborted() {
        return Ok(None);
    }
    let http_request = request.http_request(call.options, tokens.current(), proof.as_ref(), status);
    call.observe(&Event::Request(info));
    dispatched.store(true, Ordering::Relaxed);
    call.transport.exchange(http_request).await.map(Some)
}

fn timeout_error(timeout: Duration, dispatched: bool) -> SendError {
    let delivery = if dispatched {
        Delivery::Unknown
    } else {
        Delivery::NotSent
    };
    let milliseconds = whole_milliseconds(timeout);
    let message = format!("No complete response came within {milliseconds} ms.");
    SendError::new(ErrorKind::Timeout, delivery, message)
}

/// Converts a transport error to the error of the send.
fn transport_error(error: TransportError, timeout: Duration) -> SendError {
    let detail = error.message.as_str();
    let sentence = |what: &str| match detail {
        "" => format!("{what}."),
        detail => format!("{what}: {detail}"),
    };
    let mut send_error = match error.kind {
        TransportErrorKind::NotSent => {
            let message = sentence("No connection could be made, so nothing was sent");
            let mut error = SendError::new(ErrorKind::Network, Delivery::NotSent, message);
            error.retryable = true;
            error
        }
        TransportErrorKind::Certificate => {
            let message = sentence("The server's certificate is not trusted, so nothing was sent");
            SendError::new(ErrorKind::Network, Delivery::NotSent, message)
        }
        TransportErrorKind::Unsupported => SendError::configuration(detail),
        TransportErrorKind::NoResponse => {
            SendError::new(ErrorKind::InvalidResponse, Delivery::Unknown, detail)
        }
        TransportErrorKind::Timeout => timeout_error(timeout, true),
        TransportErrorKind::Unknown | TransportErrorKind::Aborted => {
            let what = match error.status {
                Some(_) => "The connection broke before the response was complete",
                None => "No answer came",
            };
            SendError::new(ErrorKind::Network, Delivery::Unknown, sentence(what))
        }
    };
    send_error.status = error.status;
    send_error.cause = error
        .source
        .as_ref()
        .map(|source| Cause::of(source.as_ref()));
    send_error
}
