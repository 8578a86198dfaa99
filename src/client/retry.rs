//! When a send is repeated, and after how long.
//!
//! A message has no idempotency key. So it is sent again only where Graph refused it and says, or
//! is documented to mean, "later", or where nothing left this machine. Where it is unknown whether
//! the message arrived, it is sent again only if the caller prefers a duplicate to a loss.

use std::time::{Duration, SystemTime};

use super::codes;
use super::error::{Delivery, ErrorKind, SendError};
use super::options::{MAX_ATTEMPTS, Retry};
use super::transport::HttpResponse;

/// The attempts of one send so far. It has no clock and no randomness of its own.
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    retry: Retry,
    attempts: u32,
    outcome: Outcome,
}

/// What is known of the attempts so far, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing left this machine.
    NotSent,
    /// Each request was refused.
    Rejected,
    /// One of them may have arrived.
    Unknown,
}

/// What to do about a failed attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// Wait, then send again.
    Retry {
        /// How long to wait.
        delay: Duration,
        /// Why the attempt failed.
        error: SendError,
    },
    /// This is the end of it.
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

    /// How many requests went out.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// A request goes out now.
    pub fn dispatched(&mut self) {
        self.attempts += 1;
    }

    /// The request that was counted did not go out after all: the platform cannot make it.
    pub fn undispatched(&mut self) {
        self.attempts = self.attempts.saturating_sub(1);
    }

    /// Whether another request may go out.
    #[must_use]
    pub fn has_attempts_left(&self) -> bool {
        self.attempts < self.retry.attempts
    }

    /// Decides what follows a failed attempt. `random` is from 0 to 1, 1 excluded.
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

    /// The error of a send that the caller stopped. `in_flight`: a request was out whose answer
    /// had not come.
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

    /// The error of a send that would have to wait longer than the options allow, because of what
    /// Graph answered to an earlier one.
    pub(super) fn paused(&mut self, wait: Duration) -> SendError {
        let seconds = wait.as_secs().max(1);
        let message = format!(
            "Not sent: Graph has asked this Page to wait, for another {seconds} s, which is longer than retry.maxDelayMs."
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

    /// A refusal does not undo an earlier attempt that may have arrived: the error speaks of the
    /// whole send.
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

    /// How long to wait before the next attempt, or `None` if there is to be none.
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
        // Full jitter: any time below the bound, so that many senders do not come back together.
        let doublings = self.attempts.min(MAX_ATTEMPTS).saturating_sub(1);
        let factor = 2_u32.checked_pow(doublings).unwrap_or(u32::MAX);
        let bound = self.retry.base_delay.saturating_mul(factor).min(max_delay);
        // A transport's NaN must not become a panic.
        let random = if random.is_nan() {
            0.0
        } else {
            random.clamp(0.0, 1.0)
        };
        let backoff = bound.mul_f64(random);
        match error.retry_after {
            // Too long to wait here: it is the caller's, as `retry_after`.
            Some(wait) if wait > max_delay => None,
            Some(wait) => Some(wait.saturating_add(backoff).min(max_delay)),
            None => Some(backoff),
        }
    }
}

/// The wait that the `Retry-After` headers of an answer ask for: the longest of them.
pub(super) fn retry_after(response: &HttpResponse, now: SystemTime) -> Option<Duration> {
    response
        .header_values("retry-after")
        .filter_map(|value| read_retry_after(value, now))
        .max()
}

/// `120`, or a date in one of the three forms of HTTP. A header that stands twice reaches some
/// platforms as one value with a comma in it, which dates have as well.
fn read_retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    /// Longer values are no `Retry-After`.
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
        // More than 136 years are for ever.
        return Some(Duration::from_secs(text.parse().unwrap_or(u32::MAX).into()));
    }
    // A date in the past is no wait.
    Some(http_date(text)?.duration_since(now).unwrap_or_default())
}

/// A date in one of the three forms of HTTP.
#[cfg(not(target_arch = "wasm32"))]
fn http_date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

/// A date in one of the three forms of HTTP. JavaScript reads all of them: `httpdate` is 3 KB of the
/// module after gzip.
#[cfg(target_arch = "wasm32")]
fn http_date(text: &str) -> Option<SystemTime> {
    const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    // JavaScript takes much else for a date, such as "7 minutes 1".
    let has_weekday = WEEKDAYS.iter().any(|day| text.starts_with(day));
    if !has_weekday || !text.contains(':') {
        return None;
    }
    // The oldest form names no zone, which JavaScript takes for the local one.
    let milliseconds = match text.ends_with("GMT") {
        true => js_sys::Date::parse(text),
        false => js_sys::Date::parse(&format!("{text} GMT")),
    };
    let is_date = milliseconds.is_finite() && milliseconds >= 0.0;
    is_date.then(|| SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds as u64))
}
