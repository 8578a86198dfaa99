//! The one room that talks to the runtime: `wasm32` only.
//!
//! gloo-net builds the request. The call itself is the global `fetch`, or the function that the caller gave, and the answer is
//! read through reflection: what comes back need not be a `Response` (a test's double, another realm's class), and an exception
//! of a getter that goes through wasm would leave the caller's promise pending for ever.
//!
//! Whatever is called here can throw, and whatever is awaited here can be cut off by the caller's signal and by the deadline.

mod body;
mod cause;
mod exchange;
mod interrupt;
mod js;
mod proof;
mod settings;

use super::failure::Failure;
use super::policy::{Course, Next};
use super::redact::Redactor;
use super::request::Prepared;
use exchange::{Exchange, Trouble};
use interrupt::{Cut, Interrupt};
use js_sys::Function;
use settings::Settings;
use wasm_bindgen::JsValue;

/// Sends a request that has been checked.
///
/// `options` is the plain object of the JavaScript side. Its `fetch`, if there is one, is called as `fetch(request)` with a
/// `Request` and `this` undefined. Its `onRetry` is called before each wait with `{ attempt, delayMs, error }`: the number of the
/// attempt that failed, the wait, and the plain object of its error; what it throws is ignored, because a send that works must
/// not fail for its log. Resolves with the plain receipt, rejects with the plain error.
pub async fn send(request_json: String, options: JsValue) -> Result<JsValue, JsValue> {
    let settings = Settings::read(&options).map_err(|failure| rejection(&failure, None))?;
    let prepared = Prepared::read(&request_json).map_err(|failure| rejection(&failure, None))?;
    let secrets = [Some(settings.options.access_token.as_str()), settings.options.app_secret.as_deref()];
    let redactor = Redactor::new(secrets.into_iter().flatten());
    let course = Course::new(settings.options.retry.clone());
    run(&settings, &prepared, &redactor, course).await
}

async fn run(settings: &Settings, prepared: &Prepared<'_>, redactor: &Redactor, mut course: Course) -> Result<JsValue, JsValue> {
    let interrupt = match Interrupt::listen(settings.signal.as_ref()) {
        Ok(Ok(interrupt)) => interrupt,
        Ok(Err(reason)) => return Err(aborted(&mut course, redactor, false, reason)),
        Err(failure) => return Err(rejection(&failure, None)),
    };
    let exchange = Exchange { settings, prepared, interrupt: &interrupt };
    loop {
        let (failure, cause) = match exchange.attempt(&mut course).await {
            Ok(mut receipt) => {
                receipt.attempts = course.attempts();
                return js::parse(&receipt.to_json());
            }
            Err(Trouble::Aborted { reason, in_flight }) => return Err(aborted(&mut course, redactor, in_flight, reason)),
            Err(Trouble::Failed { failure, cause }) => (failure.redacted(redactor), cause.and_then(|error| cause::of_fetch(&error, redactor))),
        };
        let delay_ms = match course.settle(Box::new(failure), js_sys::Math::random()) {
            Next::Stop(failure) => return Err(rejection(&failure, cause.as_ref())),
            Next::Repeat { delay_ms, failure } => {
                tell(settings.on_retry.as_ref(), course.attempts(), delay_ms, &rejection(&failure, cause.as_ref()));
                delay_ms
            }
        };
        let _timer = interrupt.timer(delay_ms).map_err(|failure| rejection(&failure, None))?;
        if let Cut::Aborted(reason) = interrupt.cut().await {
            return Err(aborted(&mut course, redactor, false, reason));
        }
    }
}

#[inline(never)]
fn aborted(course: &mut Course, redactor: &Redactor, in_flight: bool, reason: JsValue) -> JsValue {
    let failure = course.abort(in_flight).redacted(redactor);
    rejection(&failure, Some(&cause::of_abort(reason, redactor)))
}

#[inline(never)]
fn tell(on_retry: Option<&Function>, attempt: u32, delay_ms: f64, error: &JsValue) {
    if let Some(on_retry) = on_retry {
        let info = js::object(&[("attempt", &JsValue::from(attempt)), ("delayMs", &JsValue::from(delay_ms)), ("error", error)]);
        let _ = js::call(on_retry, &[&info]);
    }
}

/// The plain object that the promise is rejected with.
#[inline(never)]
fn rejection(failure: &Failure, cause: Option<&JsValue>) -> JsValue {
    // The text is our own JSON, so both ways out are the same object.
    let error = js::parse(&failure.to_json()).unwrap_or_else(|error| error);
    if let Some(cause) = cause {
        js::set(&error, "cause", cause);
    }
    error
}
