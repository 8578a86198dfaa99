//! Reads the body of an answer: no more than the cap, and no longer than the caller and the deadline allow.

use super::interrupt::{Cut, Interrupt};
use super::js;
use crate::send::response::MAX_BODY;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// How reading ended, if not well.
pub enum Fault {
    /// It is larger than is read.
    TooLarge,
    /// What `fetch` gave has no body that can be read.
    Unreadable,
    /// The connection broke, with the runtime's error.
    Broken(JsValue),
    /// It was cut short.
    Cut(Cut),
}

/// All bytes of the body. After a fault the rest of it has been cancelled.
pub async fn read(response: &JsValue, interrupt: &Interrupt) -> Result<Vec<u8>, Fault> {
    let stream = js::get(response, "body");
    if js::has_method(&stream, "getReader") {
        // It throws where somebody has read the body before.
        let reader = js::method(&stream, "getReader", &[]).map_err(|_| Fault::Unreadable)?;
        let bytes = chunks(&reader, interrupt).await;
        if bytes.is_err() {
            js::detach(js::method(&reader, "cancel", &[]));
        }
        return bytes;
    }
    if stream.is_null() {
        return Ok(Vec::new());
    }
    whole(response, interrupt).await
}

/// Lets go of a body that nobody reads, so that its connection is free again.
pub fn cancel(response: &JsValue) {
    js::detach(js::method(&js::get(response, "body"), "cancel", &[]));
}

async fn chunks(reader: &JsValue, interrupt: &Interrupt) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    loop {
        let reading = js::method(reader, "read", &[]).map_err(Fault::Broken)?;
        let chunk = interrupt.race(&mut js::settled(&reading)).await.map_err(Fault::Cut)?.map_err(Fault::Broken)?;
        if js::get(&chunk, "done").is_truthy() {
            return Ok(bytes);
        }
        append(&mut bytes, &js::get(&chunk, "value"))?;
    }
}

#[inline(never)]
fn append(bytes: &mut Vec<u8>, chunk: &JsValue) -> Result<(), Fault> {
    // Not `instanceof`: the bytes may be of another realm, as in a test runner.
    if !ArrayBuffer::is_view(chunk) {
        return Err(Fault::Unreadable);
    }
    let size = |name: &str| js::get(chunk, name).as_f64().unwrap_or_default();
    let length = size("byteLength");
    if bytes.len() as f64 + length > MAX_BODY as f64 {
        return Err(Fault::TooLarge);
    }
    // A view whose memory is gone has no length, and a new view onto it would throw.
    if length > 0.0 {
        let view = Uint8Array::new_with_byte_offset_and_length(&js::get(chunk, "buffer"), size("byteOffset") as u32, length as u32);
        bytes.append(&mut view.to_vec());
    }
    Ok(())
}

/// For answers of other libraries, whose body is no stream of the web.
async fn whole(response: &JsValue, interrupt: &Interrupt) -> Result<Vec<u8>, Fault> {
    let reading = js::method(response, "text", &[]).map_err(|_| Fault::Unreadable)?;
    let text = interrupt.race(&mut js::settled(&reading)).await.map_err(Fault::Cut)?.map_err(Fault::Broken)?;
    text_bytes(&text)
}

#[inline(never)]
fn text_bytes(text: &JsValue) -> Result<Vec<u8>, Fault> {
    // The length first: a text that is too long is not copied.
    let length = text.dyn_ref::<js_sys::JsString>().map(js_sys::JsString::length).ok_or(Fault::Unreadable)?;
    if length as usize > MAX_BODY {
        return Err(Fault::TooLarge);
    }
    text.as_string().map(String::into_bytes).ok_or(Fault::Unreadable)
}
