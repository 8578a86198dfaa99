//! The transport for JavaScript platforms: browsers, Workers, Node, Deno and Bun.
//!
//! gloo-net builds the request and reads the response. `fetch` itself is called through a separate
//! import, because gloo-net's call stays pending for ever if `fetch` throws something other than an
//! `Error` or returns something other than a `Response`.

mod failure;
mod js;
mod request;
mod response;

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use gloo_timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{HttpRequest, HttpResponse, MAX_DURATION_MS, Transport, TransportError};
use super::{TransportErrorKind, message::Body};
use js::{Controller, Global, GlobalFetch, Subtle};
use request::Support;
use response::ResponseSource;

/// A transport that uses `fetch`.
///
/// ```no_run
/// use messenger_send::client::{Client, transport::Fetch};
///
/// let client = Client::builder("EAAB...").build(Fetch::new())?;
/// # Ok::<(), messenger_send::client::SendError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Fetch {
    function: Option<Function>,
}

impl Fetch {
    /// The platform's own `fetch`.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A function like `fetch`, such as a Worker's service binding. It is called as `fetch(url,
    /// init)`.
    #[must_use]
    pub fn with_function(function: Function) -> Self {
        Self {
            function: Some(function),
        }
    }

    /// Starts the request. The result may be anything: a promise, a thenable, a value.
    fn call(
        &self,
        request: &HttpRequest,
        support: Support,
        signal: Option<&JsValue>,
    ) -> Result<JsValue, JsValue> {
        let url = request.url.as_str();
        match &self.function {
            Some(function) => {
                let init = request::init(request, signal)?;
                function.call2(&JsValue::UNDEFINED, &url.into(), &init)
            }
            // Node pipes the body of a `Request` through a stream, which takes as long as the rest
            // of a send. A wrapper of `fetch` may forward only one argument, so it gets a
            // `Request`.
            None if support.fetch == GlobalFetch::Node => {
                js::fetch_with_init(url, &request::init(request, signal)?)
            }
            None => js::fetch_request(&request::build(request, signal)?),
        }
    }
}

/// Aborts the request when dropped before the response is complete.
struct AbortOnDrop {
    controller: Option<Controller>,
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            // The controller of another library may throw. The send has ended anyway.
            let _ = controller.abort();
        }
    }
}

impl Transport for Fetch {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let support = request::probe(&request.url, self.function.is_some())?;
        if let Body::Multipart { file, .. } = &request.body {
            request::check_file(file)?;
        }
        let controller = Controller::new().map_err(unsupported)?;
        let signal = controller.signal().ok().filter(|_| support.takes_signal);
        let mut abort = AbortOnDrop {
            controller: Some(controller),
        };
        let answer = match self.call(&request, support, signal.as_ref()) {
            Ok(answer) => answer,
            Err(thrown) => return Err(failure::no_answer(thrown)),
        };
        // A response that comes after the deadline is cancelled to free its connection.
        let late = response::CancelLate::new(&answer);
        let settled = js::settled(&answer);
        let answer = JsFuture::from(settled).await.map_err(failure::no_answer)?;
        late.arrived();
        let source = match support.fetch {
            GlobalFetch::Node | GlobalFetch::Native if signal.is_some() => ResponseSource::Platform,
            _ => ResponseSource::Other,
        };
        let read = response::read(answer, &request, source).await?;
        if matches!(read.body(), super::ResponseBody::Complete(_)) {
            abort.controller = None;
        }
        Ok(read)
    }

    async fn sleep(&self, duration: Duration) {
        // A longer timer fires at once.
        let milliseconds = duration.as_millis().min(MAX_DURATION_MS.into());
        let exact = Duration::from_millis(milliseconds as u64);
        let rounds_up = u32::from(duration > exact);
        TimeoutFuture::new((milliseconds as u32).saturating_add(rounds_up)).await;
    }

    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_millis(js_sys::Date::now().max(0.0) as u64)
    }

    fn monotonic(&self) -> Duration {
        let milliseconds = js::performance_now().unwrap_or_else(|_| js_sys::Date::now());
        Duration::try_from_secs_f64(milliseconds / 1000.0).unwrap_or_default()
    }

    fn random(&self) -> f64 {
        js_sys::Math::random()
    }

    /// Signs with the platform's WebCrypto, which every server platform has.
    async fn hmac_sha256(&self, key: &[u8], message: &[u8]) -> Result<[u8; 32], TransportError> {
        let subtle = Global::get()
            .crypto()
            .ok()
            .and_then(|crypto| js::subtle(&crypto).ok());
        let Some(subtle) = subtle.filter(Subtle::can_sign) else {
            return Err(TransportError::unsupported(
                "appSecret needs WebCrypto (crypto.subtle), which this runtime or insecure page \
                 does not have.",
            ));
        };
        // The platform's error is dropped, since it may quote the secret.
        let refused =
            |_| TransportError::unsupported("WebCrypto could not sign with the appSecret.");
        sign(&subtle, key, message).await.map_err(refused)
    }
}

async fn sign(subtle: &Subtle, key: &[u8], message: &[u8]) -> Result<[u8; 32], JsValue> {
    let algorithm = Object::new();
    js_sys::Reflect::set(&algorithm, &"name".into(), &"HMAC".into())?;
    js_sys::Reflect::set(&algorithm, &"hash".into(), &"SHA-256".into())?;
    let usages = Array::of1(&"sign".into());
    let key = subtle.import_key("raw", &Uint8Array::from(key), &algorithm, false, &usages)?;
    let key = JsFuture::from(js::settled(&key)).await?;
    let signature = subtle.sign("HMAC", &key, &Uint8Array::from(message))?;
    let signature = JsFuture::from(js::settled(&signature)).await?;
    let signature = Uint8Array::new(&signature).to_vec();
    <[u8; 32]>::try_from(signature).map_err(|_| JsValue::UNDEFINED)
}

fn unsupported(_: JsValue) -> TransportError {
    TransportError::unsupported("This runtime has no fetch.")
}

/// The value that the JavaScript platform threw, as the source of a [`TransportError`].
#[derive(Clone, PartialEq)]
pub struct Exception(JsValue);

impl Exception {
    /// The JavaScript value behind an error, if there is one.
    pub(crate) fn of<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a JsValue> {
        error.downcast_ref::<Self>().map(|exception| &exception.0)
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&js::message_of(&self.0))
    }
}

/// Shows the message only: printed as a whole, the value may show the headers of its request.
impl fmt::Debug for Exception {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Exception {}

impl TransportError {
    /// An error with the value that the JavaScript platform threw.
    fn thrown(kind: TransportErrorKind, thrown: JsValue) -> Self {
        let message = js::message_of(&thrown);
        let error = Self::new(kind, message);
        if thrown.is_undefined() {
            error
        } else {
            error.with_source(Exception(thrown))
        }
    }
}
