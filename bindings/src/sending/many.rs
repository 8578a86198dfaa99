//! Sends many messages: connects a run to the source and the listeners in JavaScript.

use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use js_sys::Promise;
use messenger_send::client::{
    Message, RunOptions, SendAllProgress, SendAllResult, SendAllSummary, SendError,
};
use messenger_send::validate::{RuleOptions, Unreadable, ValidationError, unreadable};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::call::Call;
use super::errors::error_value;
use super::{client, settled};
use crate::convert::{milliseconds, set, to_js};

#[wasm_bindgen]
extern "C" {
    /// A call with a source of messages. Its functions belong to the package and never throw.
    #[wasm_bindgen(extends = Call)]
    pub type ManyCall;
    /// The number of messages in the source, if known.
    #[wasm_bindgen(method, getter)]
    fn total(this: &ManyCall) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn concurrency(this: &ManyCall) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = perSecond)]
    fn per_second(this: &ManyCall) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn batch(this: &ManyCall) -> bool;
    #[wasm_bindgen(method, getter, js_name = outageMs)]
    fn outage_ms(this: &ManyCall) -> Option<f64>;
    /// Returns the next step of the source, or a promise for it.
    #[wasm_bindgen(method)]
    fn next(this: &ManyCall) -> JsValue;
    /// Tells the source that no more messages are read from it.
    #[wasm_bindgen(method)]
    fn close(this: &ManyCall);
    /// Whether the caller wants the receipts and errors of messages.
    #[wasm_bindgen(method, getter, js_name = wantsResults)]
    fn wants_results(this: &ManyCall) -> bool;
    /// Reports a finished message; `receipt` or `error` is `undefined`, or both if the caller does not
    /// want them. `is_left_over`: the message
    /// was not started when the run stopped, and its error is that of the summary.
    #[wasm_bindgen(method, js_name = onResult)]
    fn on_result(
        this: &ManyCall,
        index: u32,
        status: &str,
        receipt: JsValue,
        error: JsValue,
        is_left_over: bool,
    );
    /// Whether the caller wants a progress report now.
    #[wasm_bindgen(method, js_name = wantsProgress)]
    fn wants_progress(this: &ManyCall) -> bool;
    #[wasm_bindgen(method, js_name = onProgress)]
    fn on_progress(this: &ManyCall, progress: JsValue);

    /// A step of the source: at most one of these members is set.
    type Step;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Step) -> Option<String>;
    /// Why a message cannot be written as JSON.
    #[wasm_bindgen(method, getter)]
    fn reason(this: &Step) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = isDone)]
    fn is_done(this: &Step) -> bool;
}

/// Sends many messages. Resolves with the summary.
#[wasm_bindgen(js_name = sendAll)]
pub fn send_all(call: ManyCall) -> Promise {
    settled(call.id(), |aborted| async move {
        let source = Source {
            call: call.clone(),
            step: None,
            is_over: false,
        };
        let mut run = client(&call)?
            .try_send_all(source, options(&call)?)?
            .abort_when(aborted);
        let wants_results = call.wants_results();
        while let Some(result) = run.next().await {
            tell_result(&call, result, wants_results);
            if call.wants_progress() {
                call.on_progress(progress_value(&run.progress()));
            }
        }
        let progress = run.progress();
        let summary = run.summary();
        drop(run);
        call.on_progress(progress_value(&progress));
        Ok(Summary(summary))
    })
}

fn options(call: &ManyCall) -> Result<RunOptions, SendError> {
    let mut options = RunOptions::default().batch(call.batch());
    options.concurrency = call.concurrency();
    options.per_second = call.per_second();
    options.total = call.total().map(|total| total as usize);
    if let Some(milliseconds) = call.outage_ms() {
        // A value that does not fit a duration becomes the maximum, which the check refuses.
        let outage = Duration::try_from_secs_f64(milliseconds / 1000.0);
        options.outage = outage.unwrap_or(Duration::MAX);
    }
    Ok(options)
}

/// Progress for JavaScript: the counts, `total`, `perSecond`, `timeLeftMs`.
fn progress_value(progress: &SendAllProgress) -> JsValue {
    let value = to_js(&progress.counts);
    if let (Some(total), Some(left)) = (progress.total, progress.time_left()) {
        set(&value, "total", total as f64);
        set(&value, "timeLeftMs", milliseconds(left).round());
    }
    set(&value, "perSecond", progress.per_second());
    value
}

fn tell_result(call: &ManyCall, result: SendAllResult<JsonMessage>, wants_results: bool) {
    let (receipt, error) = match &result.outcome {
        _ if !wants_results => (JsValue::UNDEFINED, JsValue::UNDEFINED),
        Ok(receipt) => (to_js(receipt), JsValue::UNDEFINED),
        Err(error) => (JsValue::UNDEFINED, error_value(error)),
    };
    call.on_result(
        result.index as u32,
        result.status.as_str(),
        receipt,
        error,
        result.is_left_over,
    );
}

impl Clone for ManyCall {
    fn clone(&self) -> Self {
        JsValue::clone(self).unchecked_into()
    }
}

/// A message read by JavaScript: its JSON, or the reason why it has none.
struct JsonMessage(Result<String, Unreadable>);

impl Message for JsonMessage {
    fn to_request_json(&self, rules: &RuleOptions) -> Result<Cow<'_, str>, SendError> {
        match &self.0 {
            Ok(text) => text.to_request_json(rules),
            Err(reason) => {
                let report = unreadable(*reason, rules);
                Err(SendError::invalid(ValidationError::new(report)))
            }
        }
    }
}

/// The source, which JavaScript reads step by step. A step may be a promise.
struct Source {
    call: ManyCall,
    step: Option<JsFuture>,
    is_over: bool,
}

impl Stream for Source {
    type Item = Result<JsonMessage, SendError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(awaited) = &mut self.step else {
                let step = self.call.next();
                if step.is_instance_of::<Promise>() {
                    self.step = Some(JsFuture::from(step.unchecked_into::<Promise>()));
                    continue;
                }
                return Poll::Ready(self.item(&step));
            };
            let Poll::Ready(step) = Pin::new(awaited).poll(context) else {
                return Poll::Pending;
            };
            self.step = None;
            // `undefined`: the promise only gave other tasks a turn.
            let step = step.unwrap_or(JsValue::UNDEFINED);
            if !step.is_undefined() {
                return Poll::Ready(self.item(&step));
            }
        }
    }
}

impl Source {
    fn item(&mut self, step: &JsValue) -> Option<Result<JsonMessage, SendError>> {
        let step: &Step = step.unchecked_ref();
        if let Some(text) = step.text() {
            return Some(Ok(JsonMessage(Ok(text))));
        }
        if let Some(reason) = step.reason() {
            let reason = super::unreadable_reason(reason.as_bytes());
            return Some(Ok(JsonMessage(Err(reason))));
        }
        self.is_over = true;
        if step.is_done() {
            return None;
        }
        let message = "The source of the messages threw an error.";
        Some(Err(SendError::configuration(message)))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        if !self.is_over {
            self.call.close();
        }
    }
}

/// The summary for JavaScript: the counts, `durationMs`, and `stopped` as an error value.
struct Summary(SendAllSummary);

impl super::Outcome for Summary {
    fn to_js(&self) -> JsValue {
        let value = to_js(&self.0.counts);
        set(&value, "durationMs", milliseconds(self.0.duration).round());
        if let Some(stopped) = &self.0.stopped {
            set(&value, "stopped", error_value(stopped));
        }
        value
    }
}
