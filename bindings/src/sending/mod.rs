//! Sending: one message, many, and uploads.

mod abort;
mod call;
mod errors;
mod many;

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use messenger_send::client::transport::Fetch;
use messenger_send::client::{Client, File, SendError, SendReceipt, Upload, UploadReceipt};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::convert::to_js;
use crate::validation::unreadable_reason;
use call::Call;
use errors::error_value;

use abort::Aborted;

/// Sends one message. Resolves with the receipt; rejects with the details of a `SendError` or a
/// `ValidationError`.
#[wasm_bindgen]
pub fn send(call: Call) -> Promise {
    settled(call.id(), |aborted| async move {
        let client = client(&call)?;
        let json = call.json();
        let mut send = client.prepare(&json).abort_when(aborted);
        if let Some(file) = file(&call) {
            send = send.file(file);
        }
        send.send().await
    })
}

/// Uploads a file. Resolves with the receipt; rejects like [`send`].
#[wasm_bindgen(js_name = uploadAttachment)]
pub fn upload_attachment(call: Call) -> Promise {
    settled(call.id(), |aborted| async move {
        let client = client(&call)?;
        let mut upload = match (call.url(), file(&call)) {
            (None, Some(file)) => Upload::file(file),
            (url, _) => Upload::url(url.unwrap_or_default()),
        };
        if let Some(name) = call.file_type() {
            upload = upload.file_type(name.parse()?);
        }
        upload = upload.is_reusable(call.is_reusable());
        client.upload_attachment_until(upload, aborted).await
    })
}

/// Returns a promise for the result of a call. From here on the call can be aborted.
fn settled<C, F, R>(id: u32, call: C) -> Promise
where
    C: FnOnce(Aborted) -> F,
    F: Future<Output = Result<R, SendError>> + 'static,
    R: Outcome + 'static,
{
    let call = call(abort::register(id));
    promise_of(id, Box::pin(async move { Ok(call.await?.to_js()) }))
}

/// Takes a boxed future, since each type of future would add a kilobyte of code.
fn promise_of(id: u32, call: Pin<Box<dyn Future<Output = Result<JsValue, SendError>>>>) -> Promise {
    future_to_promise(async move {
        let outcome = call.await;
        abort::forget(id);
        outcome.map_err(|error| error_value(&error))
    })
}

/// The result of a call.
trait Outcome {
    fn to_js(&self) -> JsValue;
}

impl Outcome for SendReceipt {
    fn to_js(&self) -> JsValue {
        to_js(self)
    }
}

impl Outcome for UploadReceipt {
    fn to_js(&self) -> JsValue {
        to_js(self)
    }
}

/// Redacts the secrets in a text that JavaScript took from an untrusted error.
#[wasm_bindgen]
pub fn redact(text: &str, secrets: Vec<String>) -> String {
    let mut redactor = messenger_send::client::Redactor::default();
    for secret in &secrets {
        redactor.add(secret);
    }
    redactor.redacted(text)
}

/// The clients that the program created, by id and Page. All calls of a client share its rate
/// limits. A call without a client has its own limits.
type Clients = Vec<((u32, String), Client<Fetch>)>;

thread_local! {
    static CLIENTS: RefCell<Clients> = const { RefCell::new(Vec::new()) };
}

/// Drops a client that the program has released.
#[wasm_bindgen(js_name = releaseClient)]
pub fn release_client(id: u32) {
    CLIENTS.with_borrow_mut(|clients| clients.retain(|((known, _), _)| *known != id));
}

fn client(call: &Call) -> Result<Client<Fetch>, SendError> {
    let transport = match call.fetch() {
        Some(function) => Fetch::with_function(function),
        None => Fetch::new(),
    };
    let options = call.send_options()?;
    let key = call.client().map(|id| (id, options.page_id.clone()));
    let mut builder = call.builder(options);
    let known = CLIENTS.with_borrow(|clients| {
        let known = clients
            .iter()
            .find(|(known, _)| key.as_ref() == Some(known));
        known.map(|(_, client)| client.clone())
    });
    if let Some(known) = &known {
        builder = builder.rate_limits_of(known);
    }
    let client = builder.build(transport)?;
    if let Some(key) = key.filter(|_| known.is_none()) {
        CLIENTS.with_borrow_mut(|clients| clients.push((key, client.clone())));
    }
    Ok(client)
}

fn file(call: &Call) -> Option<File> {
    let blob = call.file()?;
    Some(File::from_blob(call.file_name(), blob))
}
