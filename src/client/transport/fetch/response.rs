//! Converts the result of `fetch` to an [`HttpResponse`].
//!
//! gloo-net reads a `Response` of the platform. A test double or another library may return
//! something else: its members are read one by one, and any of them may be missing or throw.

use std::cell::RefCell;

use gloo_net::http::{Headers, Response};
use js_sys::{Function, Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ResponseType;

use super::failure;
use super::js::{self, Foreign, Global, member};
use crate::client::transport::message::{
    HttpRequest, HttpResponse, MAX_BODY, RESPONSE_HEADERS, ResponseBody,
};
use crate::client::transport::{TransportError, TransportErrorKind};

/// The number of reads after which other tasks get a turn. A stream that always has a chunk ready,
/// even an empty one, would otherwise starve the deadline.
const READS_PER_TURN: u32 = 1024;

/// Reads a response completely.
pub(super) async fn read(
    answer: JsValue,
    request: &HttpRequest,
    source: ResponseSource,
) -> Result<HttpResponse, TransportError> {
    let Some(status) = genuine_status(&answer) else {
        return read_foreign(&answer, request).await;
    };
    let response = Response::from(answer.unchecked_into::<web_sys::Response>());
    let kind = response.type_();
    if kind == ResponseType::Error {
        return Err(TransportError::new(TransportErrorKind::Unknown, ""));
    }
    request.note_status(status);
    let headers = response.headers();
    let values = RESPONSE_HEADERS
        .iter()
        .filter_map(|name| Some((*name, headers.get(name)?)));
    let head = HttpResponse::new(status, values, Vec::new());
    // Browsers hide the encoding of a response from another origin.
    let states_length = source == ResponseSource::Platform && kind != ResponseType::Cors;
    let body = if states_length && is_short(&headers) {
        short_body(response.into(), status).await?
    } else if let Some(stream) = response.body() {
        stream_body(stream.as_ref(), status).await?
    } else {
        ResponseBody::Complete(Vec::new())
    };
    Ok(head.with_body(body))
}

/// Where a response comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ResponseSource {
    /// The platform's own `fetch`: the body is as long as the headers say, and its reading ends
    /// with an abort of the request.
    Platform,
    /// A wrapper, a function of the caller, or a `fetch` without a signal.
    Other,
}

/// The class `Response`, which test environments replace.
#[derive(Clone)]
struct ResponseClass {
    class: JsValue,
    prototype: JsValue,
    /// Its getter `status`.
    status: Function,
}

thread_local! {
    static LAST_CLASS: RefCell<Option<ResponseClass>> = const { RefCell::new(None) };
}

impl ResponseClass {
    fn current() -> Option<Self> {
        let class = Global::get().response().ok()?;
        let known = LAST_CLASS.with_borrow(|last| {
            let known = last.as_ref().filter(|last| last.class == class);
            known.cloned()
        });
        if known.is_some() {
            return known;
        }
        let current = Self::of(class)?;
        LAST_CLASS.set(Some(current.clone()));
        Some(current)
    }

    fn of(class: JsValue) -> Option<Self> {
        let prototype = Foreign::of(&class)?.prototype().ok()?;
        let status = js::own_property(&prototype, "status").ok()?;
        let getter = Foreign::of(&status)?.getter().ok()?;
        Some(Self {
            status: getter.dyn_into().ok()?,
            prototype,
            class,
        })
    }
}

/// The status, if it is the platform's `Response` without own members that override anything.
fn genuine_status(answer: &JsValue) -> Option<u16> {
    let ResponseClass {
        prototype, status, ..
    } = ResponseClass::current()?;
    // The getter reads a slot that only a `Response` has, and not a proxy.
    let status = status.call0(answer).ok()?.as_f64()?;
    let is_plain = *Reflect::get_prototype_of(answer).ok()? == prototype
        && Object::get_own_property_names(answer.unchecked_ref::<Object>()).length() == 0;
    is_plain.then_some(status as u16)
}

/// Whether the headers show that the body is not longer than the limit.
fn is_short(headers: &Headers) -> bool {
    let length = headers.get("content-length");
    let length = length.and_then(|text| text.parse::<usize>().ok());
    length.is_some_and(|length| length <= MAX_BODY) && headers.get("content-encoding").is_none()
}

/// Reads a body of known length at once. In workerd a stream takes three times as long.
async fn short_body(
    response: web_sys::Response,
    status: u16,
) -> Result<ResponseBody, TransportError> {
    let broken = |thrown| failure::broken(thrown, status);
    let response: Foreign = JsValue::from(response).unchecked_into();
    let buffer = response.array_buffer().map_err(broken)?;
    let buffer = JsFuture::from(js::settled(&buffer)).await.map_err(broken)?;
    let body = Uint8Array::from(js::Bytes::new_whole(&buffer).map_err(broken)?);
    if body.length() as usize > MAX_BODY {
        return Ok(ResponseBody::TooLarge);
    }
    Ok(ResponseBody::Complete(body.to_vec()))
}

async fn read_foreign(
    answer: &JsValue,
    request: &HttpRequest,
) -> Result<HttpResponse, TransportError> {
    let no_response = || {
        let message = "fetch returned something that is not a Response.";
        TransportError::new(TransportErrorKind::NoResponse, message)
    };
    let response = Foreign::of(answer).ok_or_else(no_response)?;
    let status = member(answer, "status").and_then(|status| status.as_f64());
    let status = status.filter(|status| status.fract() == 0.0 && (0.0..1000.0).contains(status));
    let status = status.ok_or_else(no_response)? as u16;
    let kind = member(answer, "type").and_then(|kind| kind.as_string());
    if kind.as_deref() == Some("error") {
        return Err(TransportError::new(TransportErrorKind::Unknown, ""));
    }
    request.note_status(status);
    let headers = member(answer, "headers").unwrap_or(JsValue::UNDEFINED);
    let values = RESPONSE_HEADERS.iter().filter_map(|name| {
        let value = Foreign::of(&headers)?.get_header(name).ok()?.as_string()?;
        Some((*name, value))
    });
    let head = HttpResponse::new(status, values, Vec::new());
    let stream = member(answer, "body").unwrap_or(JsValue::UNDEFINED);
    let has_reader = Reflect::get(&stream, &"getReader".into()).is_ok_and(|it| it.is_function());
    let body = if has_reader {
        stream_body(&stream, status).await?
    } else if stream.is_null() {
        ResponseBody::Complete(Vec::new())
    } else {
        text_body(response, status).await?
    };
    Ok(head.with_body(body))
}

/// Reads the bytes of a stream, up to the limit.
async fn stream_body(stream: &JsValue, status: u16) -> Result<ResponseBody, TransportError> {
    let reader = Foreign::of(stream).and_then(|stream| stream.get_reader().ok());
    let Some(reader) = reader.filter(|reader| Foreign::of(reader).is_some()) else {
        // The body has already been read.
        return Ok(ResponseBody::Unreadable);
    };
    let mut guard = CancelOnDrop {
        reader: Some(reader.unchecked_into()),
    };
    let body = read_chunks(guard.reader.as_ref(), status).await?;
    if matches!(body, ResponseBody::Complete(_)) {
        guard.reader = None;
    }
    Ok(body)
}

async fn read_chunks(
    reader: Option<&Foreign>,
    status: u16,
) -> Result<ResponseBody, TransportError> {
    let broken = |thrown| failure::broken(thrown, status);
    let Some(reader) = reader else {
        return Ok(ResponseBody::Unreadable);
    };
    let mut bytes = Vec::new();
    let mut reads: u32 = 0;
    loop {
        let chunk = reader.read().map_err(broken)?;
        let chunk = JsFuture::from(js::settled(&chunk)).await.map_err(broken)?;
        reads = reads.wrapping_add(1);
        if reads.is_multiple_of(READS_PER_TURN) {
            JsFuture::from(js::macrotask()).await.map_err(broken)?;
        }
        let Some(chunk) = Foreign::of(&chunk) else {
            return Ok(ResponseBody::Unreadable);
        };
        if chunk.done().is_ok_and(|done| done.is_truthy()) {
            return Ok(ResponseBody::Complete(bytes));
        }
        let Some(view) = chunk.value().ok().and_then(|value| view_of(&value)) else {
            return Ok(ResponseBody::Unreadable);
        };
        if bytes.len() + view.length() as usize > MAX_BODY {
            return Ok(ResponseBody::TooLarge);
        }
        bytes.extend(view.to_vec());
    }
}

/// The bytes of a chunk. Its class is not checked, since it may be from another realm, as in a test
/// runner.
fn view_of(value: &JsValue) -> Option<Uint8Array> {
    if !js::is_view(value).ok()? {
        return None;
    }
    let view = Foreign::of(value)?;
    let offset = view.byte_offset().ok()?.as_f64()? as u32;
    let length = view.byte_length().ok()?.as_f64()? as u32;
    // The buffer of a view may be detached.
    js::Bytes::new(&view.buffer().ok()?, offset, length)
        .ok()
        .map(Uint8Array::from)
}

/// The body of a test double that has `text()`, or only `json()`.
async fn text_body(response: &Foreign, status: u16) -> Result<ResponseBody, TransportError> {
    let broken = |thrown| failure::broken(thrown, status);
    let has = |name: &str| member(response, name).is_some_and(|it| it.is_function());
    let text = if has("text") {
        let text = response.text().map_err(broken)?;
        JsFuture::from(js::settled(&text)).await.map_err(broken)?
    } else if has("json") {
        let value = response.json().map_err(broken)?;
        let value = JsFuture::from(js::settled(&value)).await.map_err(broken)?;
        js::stringify(&value).map_err(broken)?
    } else {
        return Ok(ResponseBody::Unreadable);
    };
    let Some(text) = text.dyn_ref::<js_sys::JsString>() else {
        return Ok(ResponseBody::Unreadable);
    };
    // The length is checked first, so that a text that is too long is not copied.
    if text.length() as usize > MAX_BODY {
        return Ok(ResponseBody::TooLarge);
    }
    let bytes = String::from(text).into_bytes();
    let is_too_large = bytes.len() > MAX_BODY;
    Ok(if is_too_large {
        ResponseBody::TooLarge
    } else {
        ResponseBody::Complete(bytes)
    })
}

/// Cancels a body that is not read to its end, to free its connection.
struct CancelOnDrop {
    reader: Option<Foreign>,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(reader) = &self.reader {
            ignore(reader.cancel());
        }
    }
}

/// Cancels the body of a response that comes after its send has ended.
pub(super) struct CancelLate {
    answer: Option<JsValue>,
}

impl CancelLate {
    pub(super) fn new(answer: &JsValue) -> Self {
        Self {
            answer: Some(answer.clone()),
        }
    }

    /// Notes that the response came in time.
    pub(super) fn arrived(mut self) {
        self.answer = None;
    }
}

impl Drop for CancelLate {
    fn drop(&mut self) {
        if let Some(answer) = self.answer.take() {
            CANCEL_BODY.with(|cancel| IGNORE.with(|ignore| when_settled(&answer, cancel, ignore)));
        }
    }
}

type Callback = Closure<dyn FnMut(JsValue)>;

thread_local! {
    static CANCEL_BODY: Callback = Closure::new(|answer: JsValue| {
        let stream = Foreign::of(&answer).and_then(|answer| answer.body().ok());
        if let Some(stream) = stream.as_ref().and_then(Foreign::of) {
            ignore(stream.cancel());
        }
    });
    /// Shared by all promises whose outcome does not matter. A callback for each of them would
    /// never be freed, since a promise calls only one of its two.
    static IGNORE: Callback = Closure::new(|_: JsValue| {});
}

/// Ignores the outcome of a promise. An unhandled rejection would end a Node process.
fn ignore(outcome: Result<JsValue, JsValue>) {
    if let Ok(promise) = outcome {
        IGNORE.with(|ignore| when_settled(&promise, ignore, ignore));
    }
}

fn when_settled(value: &JsValue, resolved: &Callback, rejected: &Callback) {
    let promise = js::settled(value);
    let then = Reflect::get(&promise, &"then".into()).ok();
    if let Some(then) = then.and_then(|then| then.dyn_into::<js_sys::Function>().ok()) {
        let _ = then.call2(&promise, resolved.as_ref(), rejected.as_ref());
    }
}
