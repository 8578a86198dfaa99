//! When a send is retried, and after which delay.
//!
//! Messages have no idempotency key. So a message is retried only if nothing left this machine, or
//! if Graph refused it and the response or the documentation says that the refusal is temporary. If
//! it is unknown whether the message arrived, it is retried only if the caller prefers a duplicate
//! to a loss.

use std::time::{Duration, SystemTime};

use super::codes;
use super::error::{Delivery, ErrorKind, SendError};
use super::options::{MAX_ATTEMPTS, Retry};
use super::transport::HttpResponse;

/// The retry policy of one send, and the state of its attempts. It reads no clock and generates no
/// random numbers.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    retry: Retry,
    attempts: u32,
    outcome: Outcome,
}

/// The combined outcome of the attempts so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing left this machine.
    NotSent,
    /// Each request was refused.
    Rejected,
    /// One of them may have arrived.
    Unknown,
}

/// What to do after a failed attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Retry after a delay.
    Retry {
        /// The delay.
        delay: Duration,
        /// Why the attempt failed.
        error: SendError,
    },
    /// Give up.
    GiveUp(SendError),
}

impl RetryPolicy {
    /// Before the first attempt.
    #[must_use]
    pub fn new(retry: Retry) -> Self {
        Self {
            retry,
            attempts: 0,
            outcome: Outcome::NotSent,
        }
    }

    /// The number of requests that were sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Counts a request that is sent now.
    pub fn dispatched(&mut self) {
        self.attempts += 1;
    }

    /// Uncounts a request that was not sent after all, because the platform cannot make it.
    pub fn undispatched(&mut self) {
        self.attempts = self.attempts.saturating_sub(1);
    }

    /// Whether another attempt is allowed.
    #[must_use]
    pub fn has_attempts_left(&self) -> bool {
        self.attempts < self.retry.attempts
    }

    /// Decides what to do after a failed attempt. `random` is at least 0 and below 1.
    pub fn decide(&mut self, mut error: SendError, random: f64) -> Decision {
        error.attempts = self.attempts;
        let delay = self.delay(&error, random);
        self.remember(error.delivery);
        self.correct(&mut error);
        match delay {
            Some(delay) => Decision::Retry { delay, error },
            None => Decision::GiveUp(error),
        }
    }

    /// The error of a send that the caller aborted. `in_flight`: whether a request had been sent
    /// without a response yet.
    pub fn aborted(&mut self, in_flight: bool) -> SendError {
        if in_flight {
            self.remember(Delivery::Unknown);
        }
        let delivery = match self.outcome {
            Outcome::NotSent => Delivery::NotSent,
            Outcome::Rejected => Delivery::Rejected,
            Outcome::Unknown => Delivery::Unknown,
        };
        let message = "The send was aborted by the caller's signal.";
        let mut error = SendError::new(ErrorKind::Aborted, delivery, message);
        error.attempts = self.attempts;
        error
    }

    /// The error of a send that Graph asked to pause for longer than the options allow.
    pub(super) fn paused(&mut self, wait: Duration) -> SendError {
        let seconds = wait.as_secs().max(1);
        let message = format!(
            "Not sent: Graph asked this Page to wait another {seconds} s, which is longer than \
             retry.maxDelayMs."
        );
        let mut error = SendError::new(ErrorKind::RateLimit, Delivery::NotSent, message);
        error.retryable = true;
        error.retry_after = Some(wait);
        error.attempts = self.attempts;
        self.correct(&mut error);
        error
    }

    fn remember(&mut self, delivery: Delivery) {
        self.outcome = match (self.outcome, delivery) {
            (Outcome::Unknown, _) | (_, Delivery::Unknown) => Outcome::Unknown,
            (_, Delivery::Rejected) => Outcome::Rejected,
            (outcome, Delivery::NotSent) => outcome,
        };
    }

    /// Makes the error describe the whole send: a refusal does not undo an earlier attempt that may
    /// have arrived.
    fn correct(&self, error: &mut SendError) {
        match (self.outcome, error.delivery) {
            (Outcome::Unknown, _) => {
                error.delivery = Delivery::Unknown;
                error.retryable = false;
            }
            (Outcome::Rejected, Delivery::NotSent) => error.delivery = Delivery::Rejected,
            _ => {}
        }
    }

    /// The delay before the next attempt, or `None` if there is none.
    fn delay(&self, error: &SendError, random: f64) -> Option<Duration> {
        let repeats_unknown = self.retry.unknown && error.delivery == Delivery::Unknown;
        let attempts = match codes::repeats_once(error.code, error.subcode) {
            true => self.retry.attempts.min(2),
            false => self.retry.attempts,
        };
        if !(error.retryable || repeats_unknown) || self.attempts >= attempts {
            return None;
        }
        let max_delay = self.retry.max_delay;
        // Full jitter: any time below the bound, so that many senders do not retry together.
        let doublings = self.attempts.min(MAX_ATTEMPTS).saturating_sub(1);
        let factor = 2_u32.checked_pow(doublings).unwrap_or(u32::MAX);
        let bound = self.retry.base_delay.saturating_mul(factor).min(max_delay);
        // A NaN from a transport must not cause a panic.
        let random = if random.is_nan() {
            0.0
        } else {
            random.clamp(0.0, 1.0)
        };
        let backoff = bound.mul_f64(random);
        match error.retry_after {
            // Too long to wait for here. The caller gets the delay as `retry_after`.
            Some(wait) if wait > max_delay => None,
            Some(wait) => Some(wait.saturating_add(backoff).min(max_delay)),
            None => Some(backoff),
        }
    }
}

/// The longest delay that the `Retry-After` headers of a response ask for.
pub(super) fn retry_after(response: &HttpResponse, now: SystemTime) -> Option<Duration> {
    response
        .header_values("retry-after")
        .filter_map(|value| read_retry_after(value, now))
        .max()
}

/// Parses a number of seconds such as `120`, or a date in one of HTTP's three formats. Some
/// platforms join repeated headers with a comma, which dates contain as well.
fn read_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    /// Longer values are not valid.
    const MAX_LENGTH: usize = 256;
    if value.len() > MAX_LENGTH {
        return None;
    }
    let parts: Vec<&str> = value.split(',').collect();
    let alone = parts.iter().filter_map(|part| one_retry_after(part, now));
    let pairs = parts
        .windows(2)
        .filter_map(|pair| one_retry_after(&pair.join(","), now));
    alone.chain(pairs).max()
}

fn one_retry_after(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim_ascii();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A wait of more than 136 years is treated as endless.
        return Some(Duration::from_secs(text.parse().unwrap_or(u32::MAX).into()));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date in the past means no wait.
    Some(date.duration_since(now).unwrap_or_default())
}
