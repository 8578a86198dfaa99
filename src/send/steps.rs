//! The steps of a send, text in and text out, for whoever makes the HTTP call in another language: in the npm package
//! `exchange.js`. It has the clock, the chance and the network; what they mean is decided here.
//!
//! Nothing is kept between two steps: each gets the options (as JSON, which [`Options::from_json`] has taken before), and how far
//! the send has come. [`Facts`](super::Facts) is how both cross the boundary.

use super::failure::Failure;
use super::loose;
use super::options::{Edge, Options};
use super::policy::{Course, Next, Sent};
use super::receipt::Receipt;
use super::redact::Redactor;
use super::request::{Prepared, Proof, proof_text};
use super::response::{Answer, read_answer, too_large, unreadable};
use super::trouble::Trouble;
use crate::json::ObjectText;
use crate::words::{decimal, joined};

/// How far a send has come.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// How many requests went out.
    pub attempts: u32,
    /// What is known of them, as the step before told it in `sent`: 0 at the start.
    pub sent: u32,
}

impl Progress {
    fn course(self, options: &Options) -> Course {
        let sent = match self.sent {
            0 => Sent::Nothing,
            1 => Sent::Refused,
            _ => Sent::Perhaps,
        };
        Course::resumed(options.retry.clone(), self.attempts, sent)
    }
}

fn number_of(sent: Sent) -> i64 {
    match sent {
        Sent::Nothing => 0,
        Sent::Refused => 1,
        Sent::Perhaps => 2,
    }
}

/// What goes over HTTP: in the first line, as JSON, `url`, `contentType`, `authorization` where the token is in a header, and
/// `timeoutMs` in whole milliseconds; behind the line break the body.
///
/// # Errors
/// The request is no object, or has a secret in it.
pub fn request(request: &str, options: &Options, edge: Edge) -> Result<String, Box<Failure>> {
    let prepared = Prepared::read(request)?.to(edge);
    Ok(plan(&prepared, &prepared.body(options), options))
}

/// The same for an item of a batch: its body is a form without a token, beside whose token it stands.
/// <https://developers.facebook.com/docs/graph-api/batch-requests>
///
/// # Errors
/// As those of [`request`].
pub fn item(request: &str, options: &Options) -> Result<String, Box<Failure>> {
    let prepared = Prepared::read(request)?;
    Ok(plan(&prepared, &prepared.form(None), options))
}

#[inline(never)]
fn plan(prepared: &Prepared<'_>, body: &str, options: &Options) -> String {
    let mut plan = ObjectText::default();
    plan.text("url", &prepared.url(options));
    plan.text("contentType", options.content_type());
    if let Some(authorization) = options.authorization() {
        plan.text("authorization", &authorization);
    }
    plan.json("timeoutMs", &decimal(options.timeout_ms.ceil() as i64));
    joined(&[&plan.end(), "\n", body])
}

/// What the app's secret signs at this time, in seconds since 1970: digits.
#[must_use]
pub fn proof(options: &Options, time: &str) -> String {
    proof_text(&options.access_token, loose::digits(time).map_or(0, u64::from))
}

/// The body with its proof.
#[must_use]
pub fn proven(body: String, options: &Options, proof: String, time: u64) -> String {
    Proof { proof, time }.added_to(body, options.encoding)
}

/// How the body of an answer was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// To its end.
    Whole,
    /// Up to [`MAX_BODY`](super::MAX_BODY), which it exceeds.
    TooLarge,
    /// It cannot be had.
    Unreadable,
}

/// What an answer means: `{"receipt"}`, or what [`trouble`] tells. `headers` are those of
/// [`HEADER_NAMES`](super::HEADER_NAMES), one a line; the options are asked for where there is no receipt; `now_ms` is the time since 1970, `random` from 0 to 1.
#[must_use]
pub fn answer(options: &dyn Fn() -> Options, progress: Progress, answer: &Answer<'_>, reading: Reading, now_ms: f64, random: f64) -> String {
    let read = match reading {
        Reading::Whole => read_answer(answer, now_ms),
        Reading::TooLarge => Err(too_large(answer, now_ms)),
        Reading::Unreadable => Err(unreadable(answer, now_ms)),
    };
    match read {
        Ok(receipt) => received(&Receipt { attempts: progress.attempts, ..receipt }),
        Err(failure) => settled(&options(), progress, failure, random),
    }
}

fn received(receipt: &Receipt) -> String {
    let mut concluded = ObjectText::default();
    concluded.json("receipt", &receipt.to_json());
    concluded.end()
}

/// What a trouble means: `{"error", "sent"}`, and `delayMs` where the send goes on after that time. `sent` is for the next step.
/// The word is one of [`Trouble`], `aborted` (with a request under way), or `aborted_before`.
#[must_use]
pub fn trouble(options: &Options, progress: Progress, word: &str, detail: &str, status: Option<u16>, random: f64) -> String {
    match Trouble::named(word) {
        Some(trouble) => {
            let mut failure = trouble.failure(detail);
            failure.status = status;
            settled(options, progress, failure, random)
        }
        None => {
            let mut course = progress.course(options);
            let failure = course.abort(word == "aborted");
            told(&course, &failure, None)
        }
    }
}

fn settled(options: &Options, progress: Progress, mut failure: Box<Failure>, random: f64) -> String {
    failure.redact(&Redactor::new(options.secrets()));
    let mut course = progress.course(options);
    match course.settle(failure, random) {
        Next::Repeat { delay_ms, failure } => told(&course, &failure, Some(delay_ms)),
        Next::Stop(failure) => told(&course, &failure, None),
    }
}

#[inline(never)]
fn told(course: &Course, failure: &Failure, delay_ms: Option<f64>) -> String {
    let mut concluded = ObjectText::default();
    concluded.json("error", &failure.to_json());
    concluded.json("sent", &decimal(number_of(course.sent())));
    if let Some(delay_ms) = delay_ms {
        concluded.json("delayMs", &decimal(delay_ms as i64));
    }
    concluded.end()
}

/// A text from outside without the secrets.
#[must_use]
pub fn redacted(options: &Options, text: &str) -> String {
    Redactor::new(options.secrets()).text(text)
}
