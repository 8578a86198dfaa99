//! Converts an [`HttpRequest`] to the arguments of `fetch`. Every call gets a new, self-contained
//! object: wrappers of `fetch` modify it, or forward only one argument.

use std::cell::RefCell;

use gloo_net::http::Request;
use js_sys::{JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, FormData, RequestRedirect};

use super::js::{Controller, Foreign, Global, GlobalFetch, member};
use crate::client::files::{File, FileContent};
use crate::client::transport::TransportError;
use crate::client::transport::message::{Body, HttpRequest};

#[wasm_bindgen]
extern "C" {
    type ProbeRequest;
    #[wasm_bindgen(constructor, catch, js_class = "Request")]
    fn new(url: &str, init: &Init) -> Result<ProbeRequest, JsValue>;

    /// The second argument of `fetch`. With a setter for each member, its name does not cross the
    /// boundary as a string.
    #[wasm_bindgen(extends = Object)]
    pub(super) type Init;
    #[wasm_bindgen(method, setter, catch)]
    fn set_method(this: &Init, method: &JsString) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_headers(this: &Init, headers: &HeaderRecord) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_body(this: &Init, body: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_redirect(this: &Init, redirect: &JsString) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_signal(this: &Init, signal: &JsValue) -> Result<(), JsValue>;

    /// Headers as a plain object, the only form that imitations of `fetch` support.
    #[wasm_bindgen(extends = Object)]
    type HeaderRecord;
    #[wasm_bindgen(method, indexing_setter, catch)]
    fn set(this: &HeaderRecord, name: &str, value: &str) -> Result<(), JsValue>;

    type ProbeResponse;
    #[wasm_bindgen(constructor, catch, js_class = "Response")]
    fn new(body: &JsValue) -> Result<ProbeResponse, JsValue>;
}

/// What the platform's `fetch` supports.
#[derive(Clone, Copy)]
pub(super) struct Support {
    /// Whether it accepts a signal of `AbortController`. In a test environment that combines its
    /// own controller with the platform's `fetch`, requests have no signal; they still settle.
    pub takes_signal: bool,
    /// What is called.
    pub fetch: GlobalFetch,
}

/// The last result, and what it holds for: test environments replace globals.
struct Probe {
    server: String,
    /// `null` for a `fetch` of the caller's own.
    globals: [JsValue; 5],
    support: Support,
}

thread_local! {
    /// Texts of every request, which cross the boundary once.
    static POST: JsString = JsString::from("POST");
    static MANUAL: JsString = JsString::from("manual");
    static LAST_PROBE: RefCell<Option<Probe>> = const { RefCell::new(None) };
}

/// Tests once for each server whether the platform accepts such a request. If it does not, and the
/// exception comes from another realm, gloo-net would panic.
pub(super) fn probe(url: &str, has_own_fetch: bool) -> Result<Support, TransportError> {
    let global = Global::get();
    let value = |member: Result<JsValue, JsValue>| member.unwrap_or(JsValue::UNDEFINED);
    let globals = [
        value(global.request()),
        value(global.headers()),
        value(global.url()),
        value(global.abort_controller()),
        match has_own_fetch {
            true => JsValue::NULL,
            false => value(global.fetch_function()),
        },
    ];
    let server = server_of(url);
    let known = LAST_PROBE.with_borrow(|last| {
        let known = last
            .as_ref()
            .filter(|last| last.server == server && last.globals == globals);
        known.map(|known| known.support)
    });
    if let Some(support) = known {
        return Ok(support);
    }
    let is_there = |it: &JsValue| it.is_function() || (has_own_fetch && it.is_null());
    if !globals.iter().all(is_there) {
        return Err(TransportError::unsupported("This runtime has no fetch."));
    }
    let takes = |signal: Option<&JsValue>| {
        post(signal)
            .and_then(|init| ProbeRequest::new(url, &init))
            .is_ok()
    };
    let signal = Controller::new().and_then(|controller| controller.signal());
    let takes_signal = signal.is_ok_and(|signal| takes(Some(&signal)));
    if !takes_signal && !takes(None) {
        let message = "This runtime does not accept baseUrl as a URL.";
        return Err(TransportError::unsupported(message));
    }
    let support = Support {
        takes_signal,
        fetch: match has_own_fetch {
            true => GlobalFetch::Other,
            false => GlobalFetch::current(),
        },
    };
    LAST_PROBE.set(Some(Probe {
        server: server.to_owned(),
        globals,
        support,
    }));
    Ok(support)
}

/// A URL without the Page and what follows, which differ between requests.
fn server_of(url: &str) -> &str {
    url.rsplitn(3, '/').last().unwrap_or(url)
}

/// A complete `Request`, for the global `fetch`.
pub(super) fn build(
    request: &HttpRequest,
    signal: Option<&JsValue>,
) -> Result<web_sys::Request, JsValue> {
    let signal = signal.map(JsCast::unchecked_ref);
    let builder = Request::post(&request.url).redirect(RequestRedirect::Manual);
    let builder = request
        .headers
        .iter()
        .fold(builder, |builder, (name, value)| {
            builder.header(name, value)
        });
    let built = builder.abort_signal(signal).body(body(&request.body)?);
    let refused = |error: gloo_net::Error| JsValue::from(js_sys::Error::new(&error.to_string()));
    built.map(web_sys::Request::from).map_err(refused)
}

/// The second argument of `fetch(url, init)`.
pub(super) fn init(request: &HttpRequest, signal: Option<&JsValue>) -> Result<Init, JsValue> {
    let headers: HeaderRecord = Object::new().unchecked_into();
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let init = post(signal)?;
    init.set_headers(&headers)?;
    init.set_body(&body(&request.body)?)?;
    Ok(init)
}

/// A POST request without headers and body.
fn post(signal: Option<&JsValue>) -> Result<Init, JsValue> {
    let init: Init = Object::new().unchecked_into();
    POST.with(|method| init.set_method(method))?;
    MANUAL.with(|redirect| init.set_redirect(redirect))?;
    if let Some(signal) = signal {
        init.set_signal(signal)?;
    }
    Ok(init)
}

fn body(body: &Body) -> Result<JsValue, JsValue> {
    match body {
        Body::Text(text) => Ok(text.into()),
        Body::Multipart { fields, file } => {
            let form = FormData::new()?;
            for (name, value) in fields {
                form.append_with_str(name, value)?;
            }
            form.append_with_blob_and_filename("filedata", &blob(file)?, &file.name)?;
            Ok(form.into())
        }
    }
}

fn blob(file: &File) -> Result<Blob, JsValue> {
    match &file.content {
        FileContent::Blob(blob) => Ok(blob.clone()),
        FileContent::Bytes(bytes) => {
            let options = web_sys::BlobPropertyBag::new();
            options.set_type(&file.mime);
            let parts = js_sys::Array::of1(&Uint8Array::from(&**bytes));
            Blob::new_with_u8_array_sequence_and_options(&parts, &options)
        }
    }
}

/// Whether the platform's `fetch` accepts a form with this file. A test environment may combine its
/// own `Blob` and `FormData` with the platform's `fetch`, which would send the text "[object
/// FormData]" or never finish reading.
pub(super) fn check_file(file: &File) -> Result<(), TransportError> {
    let refused = || {
        TransportError::unsupported(
            "fetch cannot send this file: Blob or FormData is not this runtime's own, as under jsdom.",
        )
    };
    let content = blob(file).map_err(|_| refused())?;
    // Node's `fetch` reads a file through its `stream` method, which jsdom's files do not have.
    if !Reflect::get(&content, &"stream".into()).is_ok_and(|it| it.is_function()) {
        return Err(refused());
    }
    let form = body(&Body::Multipart {
        fields: Vec::new(),
        file: File::from_blob(file.name(), content),
    });
    let form = form.map_err(|_| refused())?;
    let response = ProbeResponse::new(&form).map_err(|_| refused())?;
    let headers = member(&response, "headers");
    let content_type = headers
        .as_ref()
        .and_then(Foreign::of)
        .and_then(|headers| headers.get_header("content-type").ok()?.as_string());
    match content_type {
        Some(known) if known.starts_with("multipart/form-data") => Ok(()),
        _ => Err(refused()),
    }
}
