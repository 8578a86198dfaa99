//! The input of a call from JavaScript: plain values, and callbacks of the package, which never
//! throw.

use std::borrow::Cow;
use std::cell::Cell;

use js_sys::{Object, Promise};
use messenger_send::client::{AccessToken, Event, Message, RequestInfo, SendError};
use messenger_send::validate::{RuleOptions, Unreadable, ValidationError, unreadable};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::errors::error_value;
use super::options::OptionReader;
use crate::convert::{milliseconds, rule_options, set, to_js};
use crate::validation::unreadable_reason;

#[wasm_bindgen]
extern "C" {
    /// A message as the package read it.
    pub type GivenMessage;
    /// Its JSON.
    #[wasm_bindgen(method, getter)]
    fn text(this: &GivenMessage) -> Option<String>;
    /// Why it has no JSON.
    #[wasm_bindgen(method, getter)]
    fn reason(this: &GivenMessage) -> Option<String>;

    /// An object that the package creates for one call.
    #[wasm_bindgen(extends = GivenMessage)]
    pub type Call;
    /// The id for [`super::abort`].
    #[wasm_bindgen(method, getter)]
    pub(super) fn id(this: &Call) -> u32;
    /// The id of the client, if the program created one.
    #[wasm_bindgen(method, getter)]
    pub(super) fn client(this: &Call) -> Option<u32>;
    #[wasm_bindgen(method, getter)]
    fn options(this: &Call) -> Object;
    /// The validation options, as JSON text.
    #[wasm_bindgen(method, getter)]
    fn rules(this: &Call) -> Option<String>;
    /// Asks the caller's function for a token; returns a promise for a string.
    #[wasm_bindgen(method, js_name = provideToken)]
    fn provide_token(this: &Call) -> Promise;
    #[wasm_bindgen(method, getter)]
    pub(super) fn file(this: &Call) -> Option<Blob>;
    #[wasm_bindgen(method, getter, js_name = fileName)]
    pub(super) fn file_name(this: &Call) -> String;
    /// The URL of an upload.
    #[wasm_bindgen(method, getter)]
    pub(super) fn url(this: &Call) -> Option<String>;
    /// Notes that a request may leave the machine now.
    #[wasm_bindgen(method)]
    fn dispatched(this: &Call);
    /// Calls the caller's function that this option names.
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Call, listener: &str, info: JsValue);
    /// The package's error for an [`error_value`].
    #[wasm_bindgen(method, js_name = errorOf)]
    pub(super) fn error_of(this: &Call, value: JsValue) -> JsValue;
}

impl GivenMessage {
    pub(super) fn message(&self) -> JsonMessage {
        match self.text() {
            Some(text) => JsonMessage(Ok(text)),
            None => self.without_json(),
        }
    }

    /// A message without JSON.
    pub(super) fn without_json(&self) -> JsonMessage {
        let reason = self.reason().unwrap_or_default();
        JsonMessage(Err(unreadable_reason(reason.as_bytes())))
    }
}

/// The JSON of a message, or the reason why it has none.
pub(super) struct JsonMessage(pub(super) Result<String, Unreadable>);

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

impl Clone for Call {
    fn clone(&self) -> Self {
        self.obj.clone().into()
    }
}

impl Call {
    pub(super) fn option_reader(&self) -> OptionReader {
        OptionReader::new(self.options())
    }

    pub(super) fn token(&self, options: &mut OptionReader) -> AccessToken {
        let wanted = "a string or a function that returns one";
        let token = options.read("accessToken", wanted, |value| match value.as_string() {
            Some(token) => Some(token.into()),
            None => value.is_function().then(|| self.provided_token()),
        });
        token.unwrap_or_else(|| String::new().into())
    }

    fn provided_token(&self) -> AccessToken {
        let call = self.clone();
        AccessToken::from_fn(move || {
            let promise = call.provide_token();
            async move {
                let provided = JsFuture::from(promise).await;
                let token = provided.ok().and_then(|token| token.as_string());
                token.ok_or("the function returned no string")
            }
        })
    }

    /// The validation options.
    ///
    /// # Errors
    /// An invalid one.
    pub(super) fn rule_options(&self) -> Result<RuleOptions, SendError> {
        let rules = rule_options(self.rules().as_deref().map(str::as_bytes));
        match rules.invalid().first() {
            Some(invalid) => Err(SendError::configuration(invalid.message())),
            None => Ok(rules),
        }
    }
}

/// Tells the caller's listeners what happens during a call.
pub(super) struct Observer {
    call: Call,
    /// Whether the package knows that a request may have left.
    is_dispatched: Cell<bool>,
    on_retry: bool,
    on_request: bool,
    on_response: bool,
}

impl Observer {
    pub(super) fn new(call: &Call, options: &mut OptionReader) -> Self {
        Self {
            on_retry: options.function("onRetry").is_some(),
            on_request: options.function("onRequest").is_some(),
            on_response: options.function("onResponse").is_some(),
            is_dispatched: Cell::new(false),
            call: call.clone(),
        }
    }

    pub(super) fn observe(&self, event: &Event<'_>) {
        match event {
            Event::Request(request) => {
                if !self.is_dispatched.replace(true) {
                    self.call.dispatched();
                }
                if self.on_request {
                    let info = to_js(&RequestValue::from(request));
                    self.call.tell("onRequest", info);
                }
            }
            Event::Response(response) if self.on_response => {
                let info = to_js(&ResponseValue {
                    request: (&response.request).into(),
                    status: response.status,
                    usage: response.usage,
                    fbtrace_id: response.fbtrace_id,
                    ok: response.error.is_none(),
                });
                set(&info, "durationMs", milliseconds(response.duration));
                self.call.tell("onResponse", info);
            }
            Event::Retry(retry) if self.on_retry => {
                let info = to_js(&RetryValue {
                    attempt: retry.attempt,
                });
                set(&info, "delayMs", milliseconds(retry.delay));
                let error = self.call.error_of(error_value(retry.error));
                set(&info, "error", error);
                self.call.tell("onRetry", info);
            }
            _ => {}
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RequestValue<'a> {
    page_id: &'a str,
    edge: &'static str,
    attempt: u32,
}

impl<'a> From<&RequestInfo<'a>> for RequestValue<'a> {
    fn from(info: &RequestInfo<'a>) -> Self {
        Self {
            page_id: info.page_id,
            edge: info.edge.as_str(),
            attempt: info.attempt,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResponseValue<'a> {
    #[serde(flatten)]
    request: RequestValue<'a>,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<&'a messenger_send::client::Usage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fbtrace_id: Option<&'a str>,
}

#[derive(Serialize)]
struct RetryValue {
    attempt: u32,
}
