//! Sends many messages: connects a run to the source and the listeners in JavaScript.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Stream, StreamExt};
use js_sys::{Object, Promise};
use messenger_send::client::transport::{Fetch, Transport};
use messenger_send::client::{SendAllProgress, SendAllResult, SendAllSummary, SendError};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::call::{Call, GivenMessage, JsonMessage};
use super::errors::error_value;
use super::{client, settled};
use crate::convert::{milliseconds, set, to_js};

/// Smooth for a person who watches, and cheap at hundreds of messages per second.
const PROGRESS_EVERY: Duration = Duration::from_millis(100);

#[wasm_bindgen]
extern "C" {
    /// A call with a source of messages. Its functions belong to the package and never throw.
    #[wasm_bindgen(extends = Call, extends = GivenMessage)]
    pub type ManyCall;
    /// The number of messages in the source, if known.
    #[wasm_bindgen(method, getter)]
    fn total(this: &ManyCall) -> Option<u32>;
    /// Returns the next step of the source, or a promise for it.
    #[wasm_bindgen(method)]
    fn next(this: &ManyCall) -> JsValue;
    /// Tells the source that no more messages are read from it.
    #[wasm_bindgen(method)]
    fn close(this: &ManyCall);
    /// Reports a finished message: its `status`, and its `receipt` or its `error`.
    #[wasm_bindgen(method, js_name = onResult)]
    fn on_result(this: &ManyCall, index: u32, result: JsValue);
    /// The package's error for the [`error_value`] that stopped the run.
    #[wasm_bindgen(method, js_name = stopOf)]
    fn stop_of(this: &ManyCall, value: JsValue) -> JsValue;

    /// A step of the source other than the JSON of a message: its end, its failure, or a message
    /// without JSON.
    #[wasm_bindgen(extends = GivenMessage)]
    type Step;
    #[wasm_bindgen(method, getter, js_name = isDone)]
    fn is_done(this: &Step) -> bool;
    #[wasm_bindgen(method, getter, js_name = isFailed)]
    fn is_failed(this: &Step) -> bool;
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
        let mut options = call.option_reader();
        let values = options.run_values();
        let wants_progress = options.function("onProgress").is_some();
        let wants_results = options.function("onResult").is_some();
        let client = client(&call, options)?;
        let mut run_options = values.into_options()?;
        run_options.total = call.total().map(|total| total as usize);
        let mut run = client
            .try_send_all(source, run_options)?
            .abort_when(aborted);
        let mut reports = Reports::new(&call, wants_results, wants_progress);
        while let Some(result) = run.next().await {
            reports.result(result);
            if reports.is_progress_due() {
                reports.progress(&run.progress());
            }
        }
        let progress = run.progress();
        let summary = run.summary();
        drop(run);
        reports.progress(&progress);
        Ok(reports.summary(&summary))
    })
}

/// Reports to JavaScript during a run.
struct Reports {
    call: ManyCall,
    wants_results: bool,
    wants_progress: bool,
    clock: Fetch,
    /// When progress was last reported.
    progress_at: Duration,
    /// The error that stopped the run: the same object for the summary and for all messages that
    /// were not started.
    stopped: Option<JsValue>,
}

impl Reports {
    fn new(call: &ManyCall, wants_results: bool, wants_progress: bool) -> Self {
        let clock = Fetch::new();
        Self {
            call: call.clone(),
            wants_results,
            wants_progress,
            progress_at: clock.monotonic(),
            clock,
            stopped: None,
        }
    }

    fn result(&mut self, result: SendAllResult<JsonMessage>) {
        if self.wants_results {
            let value = self.result_value(&result);
            self.call.on_result(result.index as u32, value);
        }
    }

    fn result_value(&mut self, result: &SendAllResult<JsonMessage>) -> JsValue {
        let value = Object::new().into();
        set(&value, "status", result.status.as_str());
        match &result.outcome {
            Ok(receipt) => set(&value, "receipt", to_js(receipt)),
            Err(error) if result.is_left_over => set(&value, "error", self.stop_of(error)),
            Err(error) => set(&value, "error", self.call.error_of(error_value(error))),
        }
        value
    }

    fn stop_of(&mut self, error: &SendError) -> JsValue {
        let call = &self.call;
        let stopped = self
            .stopped
            .get_or_insert_with(|| call.stop_of(error_value(error)));
        stopped.clone()
    }

    /// Whether it is time to report progress.
    fn is_progress_due(&self) -> bool {
        self.wants_progress
            && self.clock.monotonic().saturating_sub(self.progress_at) >= PROGRESS_EVERY
    }

    fn progress(&mut self, progress: &SendAllProgress) {
        if self.wants_progress {
            self.progress_at = self.clock.monotonic();
            self.call.tell("onProgress", progress_value(progress));
        }
    }

    /// The counts, `durationMs`, and `stopped`.
    fn summary(&mut self, summary: &SendAllSummary) -> JsValue {
        let value = to_js(&summary.counts);
        set(&value, "durationMs", milliseconds(summary.duration).round());
        if let Some(stopped) = &summary.stopped {
            set(&value, "stopped", self.stop_of(stopped));
        }
        value
    }
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

impl Clone for ManyCall {
    fn clone(&self) -> Self {
        JsValue::clone(self).unchecked_into()
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
        if let Some(json) = step.as_string() {
            return Some(Ok(JsonMessage(Ok(json))));
        }
        let step: &Step = step.unchecked_ref();
        self.is_over = true;
        if step.is_done() {
            return None;
        }
        if step.is_failed() {
            let message = "The source of the messages threw an error.";
            return Some(Err(SendError::configuration(message)));
        }
        self.is_over = false;
        Some(Ok(step.without_json()))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        if !self.is_over {
            self.call.close();
        }
    }
}
