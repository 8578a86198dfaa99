//! When to send again, and after how long.
//!
//! A message has no idempotency key. So it is sent again only where Graph refused it and says, or is documented to mean, "later".
//! Whether it arrived is sometimes unknown; then it is sent again only if the caller said so, who takes a duplicate over a loss.

use super::answer_headers::AnswerHeaders;
use super::failure::{Delivery, Failure, Kind};
use super::loose;
use super::options::{MAX_ATTEMPTS, Retry};
use crate::words::{all_digits, cut, trimmed};

const MS_PER_MINUTE: u64 = 60_000;

/// What to do about a failed attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// Wait, then send again. The failure is for the caller's `onRetry`.
    Repeat {
        /// How long to wait.
        delay_ms: f64,
        /// What happened.
        failure: Box<Failure>,
    },
    /// This is the end.
    Stop(Box<Failure>),
}

/// One send, attempt after attempt. It has no clock and no randomness of its own.
#[derive(Clone, Debug)]
pub struct Course {
    retry: Retry,
    attempts: u32,
    sent: Sent,
}

/// What is known of the attempts so far, taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// No request went out.
    Nothing,
    /// Each one was refused.
    Refused,
    /// One may have arrived.
    Perhaps,
}

impl Course {
    /// At the start.
    #[must_use]
    pub fn new(retry: Retry) -> Self {
        Self { retry, attempts: 0, sent: Sent::Nothing }
    }

    /// Goes on where an earlier one was left: after so many requests, of which this is known.
    #[must_use]
    pub fn resumed(retry: Retry, attempts: u32, sent: Sent) -> Self {
        Self { retry, attempts, sent }
    }

    /// What is known of the attempts so far.
    #[must_use]
    pub fn sent(&self) -> Sent {
        self.sent
    }

    /// How many requests went out.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// A request goes out now.
    pub fn dispatch(&mut self) {
        self.attempts += 1;
    }

    /// An attempt failed. `random` is from 0 to 1, 1 excluded.
    pub fn settle(&mut self, mut failure: Box<Failure>, random: f64) -> Next {
        failure.attempts = self.attempts;
        let delay = delay_before_next(&failure, self.attempts, &self.retry, random);
        self.remember(failure.delivery);
        self.overlay(&mut failure);
        match delay {
            Some(delay_ms) => Next::Repeat { delay_ms, failure },
            None => Next::Stop(failure),
        }
    }

    /// The caller stopped it. `in_flight`: a request was out whose answer had not come.
    #[must_use]
    pub fn abort(&mut self, in_flight: bool) -> Box<Failure> {
        if in_flight {
            self.remember(Delivery::Unknown);
        }
        let delivery = match self.sent {
            Sent::Nothing => Delivery::NotSent,
            Sent::Refused => Delivery::Rejected,
            Sent::Perhaps => Delivery::Unknown,
        };
        let mut failure = Failure::boxed(Kind::Aborted, delivery, String::from("The send was aborted by the caller's signal."));
        failure.attempts = self.attempts;
        failure
    }

    fn remember(&mut self, delivery: Delivery) {
        self.sent = match (self.sent, delivery) {
            (Sent::Perhaps, _) | (_, Delivery::Unknown) => Sent::Perhaps,
            (_, Delivery::Rejected) => Sent::Refused,
            (sent, Delivery::NotSent) => sent,
        };
    }

    /// A refusal does not undo an earlier attempt that may have arrived: what is told speaks of the whole send.
    fn overlay(&self, failure: &mut Failure) {
        match (self.sent, failure.delivery) {
            (Sent::Perhaps, _) => {
                failure.delivery = Delivery::Unknown;
                failure.retryable = false;
            }
            (Sent::Refused, Delivery::NotSent) => failure.delivery = Delivery::Rejected,
            _ => {}
        }
    }
}

/// How long to wait before the next attempt, or `None` if there is to be none.
fn delay_before_next(failure: &Failure, attempts: u32, retry: &Retry, random: f64) -> Option<f64> {
    let may = failure.retryable || (retry.unknown && failure.delivery == Delivery::Unknown && failure.kind != Kind::Aborted);
    if !may || attempts >= retry.attempts {
        return None;
    }
    // Full jitter: any time from 0 to the bound, so that many senders do not come back together.
    let bound = (1..attempts.min(MAX_ATTEMPTS)).fold(retry.base_delay_ms, |bound, _| bound * 2.0);
    let backoff = bound.min(retry.max_delay_ms) * random.clamp(0.0, 1.0);
    match failure.retry_after_ms.map(|wait| wait as f64) {
        // Too long to wait here: it is the caller's, as `retryAfterMs`.
        Some(wait) if wait > retry.max_delay_ms => None,
        Some(wait) => Some((wait + backoff).min(retry.max_delay_ms)),
        None => Some(backoff),
    }
}

/// The wait that the answer asks for: the longer of `Retry-After` and the minutes of the usage header.
pub(super) fn documented_wait(headers: &AnswerHeaders<'_>, minutes: Option<u32>, now_ms: f64) -> Option<u64> {
    let of_header = headers.retry_after.and_then(|text| retry_after_ms(trimmed(text), now_ms));
    let of_usage = minutes.map(|minutes| u64::from(minutes) * MS_PER_MINUTE);
    of_header.max(of_usage)
}

/// `120`, or `Fri, 31 Dec 2027 23:59:59 GMT`. A date in the past is no wait.
fn retry_after_ms(text: &str, now_ms: f64) -> Option<u64> {
    if !text.is_empty() && all_digits(text) {
        // More than 136 years are for ever.
        return Some(u64::from(loose::digits(text).unwrap_or(u32::MAX)) * 1000);
    }
    // Half a millisecond does not matter here.
    http_date_ms(text).map(|date| u64::try_from(date - now_ms as i64).unwrap_or(0))
}

/// The one form of a date that servers may send today; the two old ones are not read.
fn http_date_ms(text: &str) -> Option<i64> {
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    // 0 stands for a digit, M for a letter of the month.
    const SHAPE: &[u8] = b" 00 MMM 0000 00:00:00 GMT";
    let (_, date) = cut(text, b",")?;
    let date = date.as_bytes();
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'0' => byte.is_ascii_digit(),
        b'M' => true,
        _ => byte == shape,
    };
    if date.len() != SHAPE.len() || !date.iter().zip(SHAPE).all(fits) {
        return None;
    }
    let (day, year, hour, minute, second) = (number(date, 1, 2), number(date, 8, 4), number(date, 13, 2), number(date, 16, 2), number(date, 19, 2));
    let month = MONTHS.chunks(3).position(|month| Some(month) == date.get(4..7))? as i64;
    if !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1970, with years that begin in March so that the leap day is the last.
    let shifted = (month + 10) % 12;
    let year = if month < 2 { year - 1 } else { year };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (shifted * 306 + 5) / 10 + day - 1 - 719_468;
    Some((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000)
}

/// The number whose digits stand at a place.
#[inline(never)]
fn number(date: &[u8], from: usize, length: usize) -> i64 {
    date.iter().skip(from).take(length).fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
}
