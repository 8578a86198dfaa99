//! Sending: one message, many, and uploads.

mod abort;
mod call;
mod errors;
mod many;
mod options;

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;

use js_sys::Promise;
use messenger_send::client::transport::Fetch;
use messenger_send::client::{Client, File, SendError, Upload};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::convert::to_js;
use call::{Call, Observer};
use errors::error_value;
use options::OptionReader;

use abort::Aborted;

/// Sends one message. Resolves with the receipt; rejects with the details of a `SendError` or a
/// `ValidationError`.
#[wasm_bindgen]
pub fn send(call: Call) -> Promise {
    settled(call.id(), |aborted| async move {
        let mut options = call.option_reader();
        let wanted = "a Blob, a File or a Uint8Array";
        let file = options.read("filedata", wanted, |_| file(&call, None));
        let client = client(&call, options)?;
        let message = call.message();
        let mut send = client.prepare(&message).abort_when(aborted);
        if let Some(file) = file {
            send = send.file(file);
        }
        Ok(to_js(&send.send().await?))
    })
}

/// Uploads a file. Resolves with the receipt; rejects like [`send`].
#[wasm_bindgen(js_name = uploadAttachment)]
pub fn upload_attachment(call: Call) -> Promise {
    settled(call.id(), |aborted| async move {
        let mut options = call.option_reader();
        let file_type = options.string("type");
        let is_reusable = options.boolean("is_reusable").unwrap_or(true);
        let not_empty = |value: &JsValue| value.as_string().filter(|name| !name.is_empty());
        let file_name = options.read("filename", "a non-empty string", not_empty);
        let client = client(&call, options)?;
        let mut upload = match (call.url(), file(&call, file_name)) {
            (Some(url), _) => Upload::url(url),
            (None, Some(file)) => Upload::file(file),
            (None, None) => {
                let message = "The source must be a Blob, a File, a Uint8Array or a URL.";
                return Err(SendError::configuration(message));
            }
        };
        if let Some(name) = file_type {
            upload = upload.file_type(name.parse()?);
        }
        upload = upload.is_reusable(is_reusable);
        let receipt = client.upload_attachment_until(upload, aborted).await?;
        Ok(to_js(&receipt))
    })
}

/// Returns a promise for the result of a call. From here on the call can be aborted.
fn settled<C, F>(id: u32, call: C) -> Promise
where
    C: FnOnce(Aborted) -> F,
    F: Future<Output = Result<JsValue, SendError>> + 'static,
{
    promise_of(id, Box::pin(call(abort::register(id))))
}

/// Takes a boxed future, since each type of future would add a kilobyte of code.
fn promise_of(id: u32, call: Pin<Box<dyn Future<Output = Result<JsValue, SendError>>>>) -> Promise {
    future_to_promise(async move {
        let outcome = call.await;
        abort::forget(id);
        outcome.map_err(|error| error_value(&error))
    })
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

/// A client with the options of a call; those of the call's own kind have been read.
fn client(call: &Call, mut options: OptionReader) -> Result<Client<Fetch>, SendError> {
    // Those that the package reads.
    options.allow(&["platform", "rules", "signal"]);
    let token = call.token(&mut options);
    let values = options.values();
    let fetch = options.function("fetch");
    let observer = Observer::new(call, &mut options);
    options.finish()?;
    let options = values.into_options(call.rule_options()?)?;
    let key = call.client().map(|id| (id, options.page_id.clone()));
    let mut builder = Client::builder(token)
        .options(options)
        .on_event(move |event| observer.observe(event));
    let known = CLIENTS.with_borrow(|clients| {
        let known = clients
            .iter()
            .find(|(known, _)| key.as_ref() == Some(known));
        known.map(|(_, client)| client.clone())
    });
    if let Some(known) = &known {
        builder = builder.rate_limits_of(known);
    }
    let client = builder.build(fetch.map_or_else(Fetch::new, Fetch::with_function))?;
    if let Some(key) = key.filter(|_| known.is_none()) {
        CLIENTS.with_borrow_mut(|clients| clients.push((key, client.clone())));
    }
    Ok(client)
}

/// The file of a call, with its own name unless another is given.
fn file(call: &Call, name: Option<String>) -> Option<File> {
    let blob = call.file()?;
    Some(File::from_blob(
        name.unwrap_or_else(|| call.file_name()),
        blob,
    ))
}
