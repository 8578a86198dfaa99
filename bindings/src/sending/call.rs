//! What JavaScript gives to a call: plain values, and functions of the package that never throw.

use js_sys::{Function, Promise};
use messenger_send::client::{
    AccessToken, Client, ClientBuilder, Event, OptionValues, RequestInfo, SendError, SendOptions,
};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::errors::error_value;
use crate::convert::{from_js, rule_options, to_js};

#[wasm_bindgen]
extern "C" {
    /// An object of the package's own, made for one call.
    pub type Call;
    /// What [`super::abort`] is told.
    #[wasm_bindgen(method, getter)]
    pub(super) fn id(this: &Call) -> u32;
    /// The client that it goes through, if the program made one.
    #[wasm_bindgen(method, getter)]
    pub(super) fn client(this: &Call) -> Option<u32>;
    /// The JSON text of the request.
    #[wasm_bindgen(method, getter)]
    pub(super) fn json(this: &Call) -> String;
    /// [`OptionValues`].
    #[wasm_bindgen(method, getter)]
    fn options(this: &Call) -> JsValue;
    /// Options of the check.
    #[wasm_bindgen(method, getter)]
    fn rules(this: &Call) -> JsValue;
    /// The token; empty where [`Call::token`] is asked for it.
    #[wasm_bindgen(method, getter, js_name = accessToken)]
    fn access_token(this: &Call) -> Option<String>;
    /// Asks the caller's function for a token: a promise for a text.
    #[wasm_bindgen(method, js_name = provideToken)]
    fn provide_token(this: &Call) -> Promise;
    #[wasm_bindgen(method, getter)]
    pub(super) fn fetch(this: &Call) -> Option<Function>;
    #[wasm_bindgen(method, getter)]
    pub(super) fn file(this: &Call) -> Option<Blob>;
    #[wasm_bindgen(method, getter, js_name = fileName)]
    pub(super) fn file_name(this: &Call) -> String;
    /// The address of an upload.
    #[wasm_bindgen(method, getter)]
    pub(super) fn url(this: &Call) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = fileType)]
    pub(super) fn file_type(this: &Call) -> Option<String>;
    #[wasm_bindgen(method, getter, js_name = isReusable)]
    pub(super) fn is_reusable(this: &Call) -> bool;
    /// Whether the caller wants to be told of requests and responses.
    #[wasm_bindgen(method, getter, js_name = isObserved)]
    fn is_observed(this: &Call) -> bool;
    /// A request may leave the machine now.
    #[wasm_bindgen(method)]
    fn dispatched(this: &Call);
    #[wasm_bindgen(method, js_name = onRequest)]
    fn on_request(this: &Call, info: JsValue);
    #[wasm_bindgen(method, js_name = onResponse)]
    fn on_response(this: &Call, info: JsValue);
    #[wasm_bindgen(method, js_name = onRetry)]
    fn on_retry(this: &Call, info: JsValue, error: JsValue);
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
    /// An option that cannot be.
    pub(super) fn send_options(&self) -> Result<SendOptions, SendError> {
        let rules = rule_options(self.rules());
        if let Some(invalid) = rules.invalid().first() {
            return Err(SendError::configuration(invalid.message()));
        }
        from_js::<OptionValues>(self.options()).into_options(rules)
    }

    /// A client with these options, and the token and the listeners of the call.
    pub(super) fn builder(&self, options: SendOptions) -> ClientBuilder {
        let observer = self.clone();
        let builder = Client::builder(self.token()).options(options);
        builder.on_event(move |event| observer.observe(event))
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
                token.ok_or("the function gave no text")
            }
        })
    }

    fn observe(&self, event: &Event<'_>) {
        match event {
            Event::Request(request) => {
                self.dispatched();
                if self.is_observed() {
                    self.on_request(to_js(&RequestValue::from(request)));
                }
            }
            Event::Response(response) if self.is_observed() => {
                self.on_response(to_js(&ResponseValue {
                    request: (&response.request).into(),
                    status: response.status,
                    duration_ms: response.duration.as_secs_f64() * 1000.0,
                    usage: response.usage,
                    fbtrace_id: response.fbtrace_id,
                    ok: response.error.is_none(),
                }));
            }
            Event::Retry(retry) => {
                let info = RetryValue {
                    attempt: retry.attempt,
                    delay_ms: retry.delay.as_secs_f64() * 1000.0,
                };
                self.on_retry(to_js(&info), error_value(retry.error));
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
        Self { page_id: info.page_id, edge: info.edge.as_str(), attempt: info.attempt }
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
    duration_ms: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<&'a messenger_send::client::Usage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fbtrace_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RetryValue {
    attempt: u32,
    delay_ms: f64,
}
