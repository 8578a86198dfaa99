//! The input of a call from JavaScript: plain values, and callbacks of the package, which never
//! throw.

use js_sys::{Function, Promise};
use messenger_send::client::{
    AccessToken, Client, ClientBuilder, Event, OptionValues, RequestInfo, RetryValues, SendError,
    SendOptions,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::errors::error_value;
use crate::convert::{milliseconds, rule_options, set, to_js};

#[wasm_bindgen]
extern "C" {
    /// An object that the package creates for one call.
    pub type Call;
    /// The id for [`super::abort`].
    #[wasm_bindgen(method, getter)]
    pub(super) fn id(this: &Call) -> u32;
    /// The id of the client, if the program created one.
    #[wasm_bindgen(method, getter)]
    pub(super) fn client(this: &Call) -> Option<u32>;
    /// The JSON of the request.
    #[wasm_bindgen(method, getter)]
    pub(super) fn json(this: &Call) -> String;
    #[wasm_bindgen(method, getter)]
    fn options(this: &Call) -> CallOptions;
    /// The validation options, as JSON text.
    #[wasm_bindgen(method, getter)]
    fn rules(this: &Call) -> Option<String>;
    /// The token; `None` if [`Call::provide_token`] provides it.
    #[wasm_bindgen(method, getter, js_name = accessToken)]
    fn access_token(this: &Call) -> Option<String>;
    /// Asks the caller's function for a token; returns a promise for a string.
    #[wasm_bindgen(method, js_name = provideToken)]
    fn provide_token(this: &Call) -> Promise;
    #[wasm_bindgen(method, getter)]
    pub(super) fn fetch(this: &Call) -> Option<Function>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn file(this: &Call) -> Option<Blob>;
    #[wasm_bindgen(method, getter, js_name = fileName)]
    pub(super) fn file_name(this: &Call) -> String;
    /// The URL of an upload.
    #[wasm_bindgen(method, getter)]
    pub(super) fn url(this: &Call) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = fileType)]
    pub(super) fn file_type(this: &Call) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = isReusable)]
    pub(super) fn is_reusable(this: &Call) -> bool;
    /// Whether the caller listens to requests and responses.
    #[wasm_bindgen(method, getter, js_name = isObserved)]
    fn is_observed(this: &Call) -> bool;
    /// Notes that a request may leave the machine now.
    #[wasm_bindgen(method)]
    fn dispatched(this: &Call);
    #[wasm_bindgen(method, js_name = onRequest)]
    fn on_request(this: &Call, info: JsValue);
    #[wasm_bindgen(method, js_name = onResponse)]
    fn on_response(this: &Call, info: JsValue);
    #[wasm_bindgen(method, js_name = onRetry)]
    fn on_retry(this: &Call, info: JsValue, error: JsValue);

    /// [`OptionValues`], whose types the package has checked.
    type CallOptions;
    #[wasm_bindgen(method, getter, js_name = pageId)]
    fn page_id(this: &CallOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = apiVersion)]
    fn api_version(this: &CallOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = baseUrl)]
    fn base_url(this: &CallOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = appSecret)]
    fn app_secret(this: &CallOptions) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn encoding(this: &CallOptions) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = timeoutMs)]
    fn timeout_ms(this: &CallOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn stamp(this: &CallOptions) -> Option<bool>;
    #[wasm_bindgen(method, getter)]
    fn retry(this: &CallOptions) -> Option<RetryOptions>;

    /// [`RetryValues`].
    type RetryOptions;
    #[wasm_bindgen(method, getter)]
    fn attempts(this: &RetryOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = baseDelayMs)]
    fn base_delay_ms(this: &RetryOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter, js_name = maxDelayMs)]
    fn max_delay_ms(this: &RetryOptions) -> Option<f64>;
    #[wasm_bindgen(method, getter)]
    fn unknown(this: &RetryOptions) -> Option<bool>;
}

impl From<CallOptions> for OptionValues {
    fn from(options: CallOptions) -> Self {
        Self {
            page_id: options.page_id(),
            api_version: options.api_version(),
            base_url: options.base_url(),
            app_secret: options.app_secret(),
            encoding: options.encoding(),
            timeout_ms: options.timeout_ms(),
            stamp: options.stamp(),
            retry: options.retry().map(RetryValues::from),
        }
    }
}

impl From<RetryOptions> for RetryValues {
    fn from(retry: RetryOptions) -> Self {
        Self {
            attempts: retry.attempts(),
            base_delay_ms: retry.base_delay_ms(),
            max_delay_ms: retry.max_delay_ms(),
            unknown: retry.unknown(),
        }
    }
}

impl Clone for Call {
    fn clone(&self) -> Self {
        self.obj.clone().into()
    }
}

impl Call {
    /// The options of the call.
    ///
    /// # Errors
    /// An invalid option.
    pub(super) fn send_options(&self) -> Result<SendOptions, SendError> {
        let rules = rule_options(self.rules().as_deref().map(str::as_bytes));
        if let Some(invalid) = rules.invalid().first() {
            return Err(SendError::configuration(invalid.message()));
        }
        OptionValues::from(self.options()).into_options(rules)
    }

    /// A client with these options and the token and listeners of the call.
    pub(super) fn builder(&self, options: SendOptions) -> ClientBuilder {
        let observer = self.clone();
        let is_observed = self.is_observed();
        let builder = Client::builder(self.token()).options(options);
        builder.on_event(move |event| observer.observe(event, is_observed))
    }

    fn token(&self) -> AccessToken {
        if let Some(token) = self.access_token() {
            return token.into();
        }
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

    fn observe(&self, event: &Event<'_>, is_observed: bool) {
        match event {
            Event::Request(request) => {
                self.dispatched();
                if is_observed {
                    self.on_request(to_js(&RequestValue::from(request)));
                }
            }
            Event::Response(response) if is_observed => {
                let info = to_js(&ResponseValue {
                    request: (&response.request).into(),
                    status: response.status,
                    usage: response.usage,
                    fbtrace_id: response.fbtrace_id,
                    ok: response.error.is_none(),
                });
                set(&info, "durationMs", milliseconds(response.duration));
                self.on_response(info);
            }
            Event::Retry(retry) => {
                let info = to_js(&RetryValue {
                    attempt: retry.attempt,
                });
                set(&info, "delayMs", milliseconds(retry.delay));
                self.on_retry(info, error_value(retry.error));
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
