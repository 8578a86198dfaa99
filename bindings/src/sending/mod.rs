//! Sending: one message, many, and uploads.

mod abort;
mod call;
mod errors;

use std::future::Future;

use js_sys::Promise;
use messenger_send::client::transport::Fetch;
use messenger_send::client::{Client, File, SendError, Upload};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

use crate::convert::to_js;
use call::Call;
use errors::error_value;

use abort::Aborted;

/// Sends one message. Resolves with the receipt; rejects with an object that a `SendError` or a
/// `ValidationError` is made of.
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

/// Uploads a file. Resolves with the receipt; rejects as [`send`] does.
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

/// A promise for what a call comes to. The call can be aborted from here on.
fn settled<C, F, R>(id: u32, call: C) -> Promise
where
    C: FnOnce(Aborted) -> F,
    F: Future<Output = Result<R, SendError>> + 'static,
    R: Serialize,
{
    let call = call(abort::register(id));
    future_to_promise(async move {
        let outcome = call.await;
        abort::forget(id);
        outcome.map(|receipt| to_js(&receipt)).map_err(|error| error_value(&error))
    })
}

/// A text without the secrets, for what JavaScript keeps of foreign errors.
#[wasm_bindgen]
pub fn redact(text: &str, secrets: Vec<String>) -> String {
    let mut redactor = messenger_send::client::Redactor::default();
    for secret in &secrets {
        redactor.add(secret);
    }
    redactor.redacted(text)
}

fn client(call: &Call) -> Result<Client<Fetch>, SendError> {
    let transport = match call.fetch() {
        Some(function) => Fetch::with_function(function),
        None => Fetch::new(),
    };
    call.builder()?.build(transport)
}

fn file(call: &Call) -> Option<File> {
    let blob = call.file()?;
    Some(File::from_blob(call.file_name(), blob))
}
